package dev.tursojdbc.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.ConnectionPoolDataSource;
import javax.sql.DataSource;
import javax.sql.PooledConnection;
import org.jspecify.annotations.Nullable;

/**
 * A data source for one URL; properties are set by name, see the driver's property list. Pools that
 * want a {@link ConnectionPoolDataSource} can use it, too.
 */
public final class TursoDataSource implements DataSource, ConnectionPoolDataSource {
  private String url = ConnectionSettings.PREFIX + ":memory:";
  private final Properties properties = new Properties();
  private @Nullable PrintWriter logWriter;
  private int loginTimeoutSeconds;

  public TursoDataSource() {}

  public TursoDataSource(String url) {
    this.url = url;
  }

  public String getUrl() {
    return url;
  }

  public void setUrl(String url) {
    this.url = url;
  }

  /** The path of the database file, if the URL has nothing but that. */
  public String getDatabaseName() {
    return url.substring(Math.min(url.length(), ConnectionSettings.PREFIX.length()));
  }

  /** Sets the URL from the path of the database file. */
  public void setDatabaseName(String path) {
    this.url = ConnectionSettings.PREFIX + path;
  }

  /** Sets a connection property, such as {@code busy_timeout}. */
  public void setProperty(String key, String value) {
    properties.setProperty(key, value);
  }

  private void set(ConnectionProperty property, String value) {
    properties.setProperty(property.key(), value);
  }

  /** Milliseconds to wait for a lock. */
  public void setBusyTimeout(int value) {
    set(ConnectionProperty.BUSY_TIMEOUT, String.valueOf(value));
  }

  /** Pages in the cache, or KiB if negative. */
  public void setCacheSize(int value) {
    set(ConnectionProperty.CACHE_SIZE, String.valueOf(value));
  }

  /** Whether foreign keys are enforced. */
  public void setForeignKeys(boolean value) {
    set(ConnectionProperty.FOREIGN_KEYS, String.valueOf(value));
  }

  /** The journal mode, which the file keeps. */
  public void setJournalMode(String value) {
    set(ConnectionProperty.JOURNAL_MODE, value);
  }

  /** OFF, NORMAL, FULL or EXTRA. */
  public void setSynchronous(String value) {
    set(ConnectionProperty.SYNCHRONOUS, value);
  }

  /** The flavour of the implicit BEGIN: DEFERRED, IMMEDIATE or EXCLUSIVE. */
  public void setTransactionMode(String value) {
    set(ConnectionProperty.TRANSACTION_MODE, value);
  }

  /** How dates are stored: TEXT, INTEGER or REAL. */
  public void setDateClass(String value) {
    set(ConnectionProperty.DATE_CLASS, value);
  }

  /** Whether {@code getObject} gives a Long for each INTEGER. */
  public void setIntegerAsLong(boolean value) {
    set(ConnectionProperty.INTEGER_AS_LONG, String.valueOf(value));
  }

  /** Whether the database is only read. */
  public void setReadOnly(boolean value) {
    set(ConnectionProperty.OPEN_MODE, value ? "1" : "6");
  }

  @Override
  public Connection getConnection() throws SQLException {
    return JdbcConnection.open(settings());
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    requireNoPassword(password);
    return getConnection();
  }

  @Override
  public PooledConnection getPooledConnection() throws SQLException {
    ConnectionSettings settings = settings();
    return new JdbcPooledConnection(JdbcConnection.openSession(settings), settings);
  }

  @Override
  public PooledConnection getPooledConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    requireNoPassword(password);
    return getPooledConnection();
  }

  private ConnectionSettings settings() throws SQLException {
    if (!ConnectionSettings.accepts(url)) {
      throw SqlErrors.misuse("not a jdbc:turso: URL: " + url);
    }
    return ConnectionSettings.parse(url, properties);
  }

  private static void requireNoPassword(@Nullable String password) throws SQLException {
    if (password != null && !password.isEmpty()) {
      throw SqlErrors.misuse("not supported yet: encryption; leave the password empty");
    }
  }

  @Override
  public @Nullable PrintWriter getLogWriter() {
    return logWriter;
  }

  @Override
  public void setLogWriter(@Nullable PrintWriter out) {
    logWriter = out;
  }

  @Override
  public void setLoginTimeout(int seconds) {
    loginTimeoutSeconds = seconds;
  }

  @Override
  public int getLoginTimeout() {
    return loginTimeoutSeconds;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.tursojdbc");
  }

  @Override
  public <T> T unwrap(Class<T> type) throws SQLException {
    if (type.isInstance(this)) {
      return type.cast(this);
    }
    throw SqlErrors.misuse("not a wrapper for " + type.getName());
  }

  @Override
  public boolean isWrapperFor(Class<?> type) {
    return type.isInstance(this);
  }
}
