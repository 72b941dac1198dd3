package dev.tursojdbc.driver;

import java.sql.Connection;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Answers {@code jdbc:turso:} URLs. Registered through the service loader, and by itself when the
 * class is loaded by name.
 */
public final class TursoDriver implements Driver {
  static final int MAJOR_VERSION = 0;
  static final int MINOR_VERSION = 1;
  static final String VERSION = "0.1.0";

  static {
    try {
      DriverManager.registerDriver(new TursoDriver());
    } catch (SQLException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  @Override
  public @Nullable Connection connect(@Nullable String url, @Nullable Properties info)
      throws SQLException {
    if (url == null) {
      throw SqlErrors.badUrl("no URL");
    }
    return acceptsURL(url) ? JdbcConnection.open(ConnectionSettings.parse(url, info)) : null;
  }

  @Override
  public boolean acceptsURL(String url) {
    return ConnectionSettings.accepts(url);
  }

  @Override
  public DriverPropertyInfo[] getPropertyInfo(String url, @Nullable Properties info)
      throws SQLException {
    ConnectionSettings settings = acceptsURL(url) ? ConnectionSettings.parse(url, info) : null;
    List<DriverPropertyInfo> infos = new ArrayList<>();
    for (ConnectionProperty property : ConnectionProperty.values()) {
      String value = settings == null ? property.defaultValue() : settings.get(property);
      DriverPropertyInfo propertyInfo = new DriverPropertyInfo(property.key(), value);
      propertyInfo.description = property.description();
      propertyInfo.choices =
          property.choices().isEmpty() ? null : property.choices().toArray(new String[0]);
      infos.add(propertyInfo);
    }
    return infos.toArray(new DriverPropertyInfo[0]);
  }

  @Override
  public int getMajorVersion() {
    return MAJOR_VERSION;
  }

  @Override
  public int getMinorVersion() {
    return MINOR_VERSION;
  }

  @Override
  public boolean jdbcCompliant() {
    return false;
  }

  @Override
  public Logger getParentLogger() {
    return Logger.getLogger("dev.tursojdbc");
  }
}
