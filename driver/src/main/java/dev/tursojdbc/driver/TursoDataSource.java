package dev.tursojdbc.driver;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Properties;
import java.util.logging.Logger;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** A data source for one URL; properties are set by name, see the driver's property list. */
public final class TursoDataSource implements DataSource {
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

  /** Sets the URL from the path of the database file. */
  public void setDatabaseName(String path) {
    this.url = ConnectionSettings.PREFIX + path;
  }

  /** Sets a connection property, such as {@code busy_timeout}. */
  public void setProperty(String key, String value) {
    properties.setProperty(key, value);
  }

  @Override
  public Connection getConnection() throws SQLException {
    if (!ConnectionSettings.accepts(url)) {
      throw SqlErrors.misuse("not a jdbc:turso: URL: " + url);
    }
    return JdbcConnection.open(ConnectionSettings.parse(url, properties));
  }

  @Override
  public Connection getConnection(@Nullable String user, @Nullable String password)
      throws SQLException {
    if (password != null && !password.isEmpty()) {
      throw SqlErrors.misuse("not supported yet: encryption; leave the password empty");
    }
    return getConnection();
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
