package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Limit;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * {@link DatabaseMetaData} of one connection. It has some two hundred answers; the classes named
 * {@code Dialect…} have those that are always the same, those named {@code MetaData…} the ones that
 * list what is in the database.
 *
 * <p>Public, and built from classes rather than interfaces, because tools ask it what methods it
 * declares and call them by reflection.
 */
public final class JdbcDatabaseMetaData extends MetaDataOthers implements JdbcWrapper {
  private final JdbcConnection connection;

  JdbcDatabaseMetaData(JdbcConnection connection) {
    this.connection = connection;
  }

  @Override
  JdbcConnection jdbc() {
    return connection;
  }

  @Override
  public Connection getConnection() {
    return connection;
  }

  @Override
  public String getURL() {
    return connection.settings().url();
  }

  @Override
  public int getMaxStatementLength() {
    return connection.settings().isSet(ConnectionProperty.LIMIT_SQL_LENGTH)
        ? connection.session().limits().get(Limit.SQL_LENGTH)
        : super.getMaxStatementLength();
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    return connection.isReadOnly();
  }

  @Override
  public String getDatabaseProductVersion() throws SQLException {
    return connection.firstColumn("SELECT sqlite_version()").get(0);
  }

  @Override
  public int getDatabaseMajorVersion() throws SQLException {
    return Integer.parseInt(getDatabaseProductVersion().split("\\.")[0]);
  }

  @Override
  public int getDatabaseMinorVersion() throws SQLException {
    return Integer.parseInt(getDatabaseProductVersion().split("\\.")[1]);
  }

  @Override
  public boolean supportsResultSetType(int type) {
    return type == ResultSet.TYPE_FORWARD_ONLY || type == ResultSet.TYPE_SCROLL_INSENSITIVE;
  }

  @Override
  public boolean supportsResultSetConcurrency(int type, int concurrency) {
    return supportsResultSetType(type) && concurrency == ResultSet.CONCUR_READ_ONLY;
  }

  @Override
  public boolean supportsResultSetHoldability(int holdability) {
    return holdability == ResultSet.CLOSE_CURSORS_AT_COMMIT
        || holdability == ResultSet.HOLD_CURSORS_OVER_COMMIT;
  }

  @Override
  public boolean supportsTransactionIsolationLevel(int level) {
    return level == Connection.TRANSACTION_SERIALIZABLE;
  }
}
