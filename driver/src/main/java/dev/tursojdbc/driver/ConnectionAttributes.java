package dev.tursojdbc.driver;

import dev.tursojdbc.api.TursoConnection;
import java.sql.Array;
import java.sql.ClientInfoStatus;
import java.sql.ResultSet;
import java.sql.SQLClientInfoException;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.SQLXML;
import java.sql.Struct;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What can be set on a connection and asked for again: isolation, holdability, client info and the
 * like. SQLite knows one isolation, so that most of it has no further effect.
 */
abstract class ConnectionAttributes implements TursoConnection, JdbcWrapper {
  private final Map<String, Class<?>> typeMap = new HashMap<>();
  private final Properties clientInfo = new Properties();
  private int isolation = TRANSACTION_SERIALIZABLE;
  private int holdability = ResultSet.CLOSE_CURSORS_AT_COMMIT;
  private volatile int networkTimeoutMillis;
  private @Nullable SQLWarning warnings;

  abstract void checkOpen() throws SQLException;

  abstract boolean isShut();

  /** Notes something that is not as asked for. */
  final void warn(String message) {
    SQLWarning warning = new SQLWarning(message, "01000");
    if (warnings == null) {
      warnings = warning;
    } else {
      warnings.setNextWarning(warning);
    }
  }

  /** The limit of each statement that {@code setNetworkTimeout} has set; 0 for none. */
  final int networkTimeoutMillis() {
    return networkTimeoutMillis;
  }

  @Override
  public void setCatalog(String catalog) throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable String getCatalog() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void setSchema(String schema) throws SQLException {
    checkOpen();
  }

  @Override
  public @Nullable String getSchema() throws SQLException {
    checkOpen();
    return null;
  }

  @Override
  public void setTransactionIsolation(int level) throws SQLException {
    checkOpen();
    switch (level) {
      case TRANSACTION_READ_UNCOMMITTED,
          TRANSACTION_READ_COMMITTED,
          TRANSACTION_REPEATABLE_READ,
          TRANSACTION_SERIALIZABLE ->
          isolation = level;
      default -> throw SqlErrors.misuse("no such isolation level: " + level);
    }
  }

  @Override
  public int getTransactionIsolation() throws SQLException {
    checkOpen();
    return isolation;
  }

  @Override
  public @Nullable SQLWarning getWarnings() throws SQLException {
    checkOpen();
    return warnings;
  }

  @Override
  public void clearWarnings() throws SQLException {
    checkOpen();
    warnings = null;
  }

  @Override
  public Map<String, Class<?>> getTypeMap() throws SQLException {
    checkOpen();
    return typeMap;
  }

  @Override
  public void setTypeMap(@Nullable Map<String, Class<?>> map) throws SQLException {
    checkOpen();
    typeMap.clear();
    if (map != null) {
      typeMap.putAll(map);
    }
  }

  @Override
  public SQLXML createSQLXML() throws SQLException {
    throw SqlErrors.notSupported("SQLXML");
  }

  @Override
  public Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    throw SqlErrors.notSupported("arrays");
  }

  @Override
  public Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    throw SqlErrors.notSupported("structs");
  }

  @Override
  public void setHoldability(int value) throws SQLException {
    checkOpen();
    checkHoldability(value);
    holdability = value;
  }

  static void checkHoldability(int value) throws SQLException {
    if (value != ResultSet.CLOSE_CURSORS_AT_COMMIT && value != ResultSet.HOLD_CURSORS_OVER_COMMIT) {
      throw SqlErrors.misuse("no such holdability: " + value);
    }
  }

  @Override
  public int getHoldability() throws SQLException {
    checkOpen();
    return holdability;
  }

  @Override
  public void setClientInfo(String name, @Nullable String value) throws SQLClientInfoException {
    if (isShut()) {
      throw new SQLClientInfoException(
          "the connection is closed", "08003", Map.of(name, ClientInfoStatus.REASON_UNKNOWN));
    }
    if (value == null) {
      clientInfo.remove(name);
    } else {
      clientInfo.setProperty(name, value);
    }
  }

  @Override
  public void setClientInfo(@Nullable Properties properties) throws SQLClientInfoException {
    clientInfo.clear();
    if (properties == null) {
      return;
    }
    for (String name : properties.stringPropertyNames()) {
      setClientInfo(name, properties.getProperty(name));
    }
  }

  @Override
  public @Nullable String getClientInfo(String name) throws SQLException {
    checkOpen();
    return clientInfo.getProperty(name);
  }

  @Override
  public Properties getClientInfo() throws SQLException {
    checkOpen();
    return (Properties) clientInfo.clone();
  }

  @Override
  public void setNetworkTimeout(Executor executor, int milliseconds) throws SQLException {
    checkOpen();
    if (milliseconds < 0) {
      throw SqlErrors.misuse("negative timeout");
    }
    networkTimeoutMillis = milliseconds;
  }

  @Override
  public int getNetworkTimeout() throws SQLException {
    checkOpen();
    return networkTimeoutMillis;
  }
}
