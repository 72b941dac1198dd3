package dev.tursojdbc.driver;

import java.sql.SQLException;
import java.sql.Wrapper;

/** {@link Wrapper} for everything here: an object is a wrapper for what it is itself. */
interface JdbcWrapper extends Wrapper {
  @Override
  default <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw SqlErrors.misuse("not a wrapper for " + type.getName());
  }

  @Override
  default boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
