package dev.tursojdbc.driver;

import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/** A savepoint; an unnamed one has a name of ours below. */
record JdbcSavepoint(int id, @Nullable String name) implements Savepoint {
  /** The name as SQL, quoted. */
  String sqlName() {
    String plain = name == null ? "turso_savepoint_" + id : name;
    return '"' + plain.replace("\"", "\"\"") + '"';
  }

  @Override
  public int getSavepointId() throws SQLException {
    if (name != null) {
      throw SqlErrors.misuse("a named savepoint has no id");
    }
    return id;
  }

  @Override
  public String getSavepointName() throws SQLException {
    if (name == null) {
      throw SqlErrors.misuse("an unnamed savepoint has no name");
    }
    return name;
  }
}
