package dev.tursojdbc.driver;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a URL and its properties ask for.
 *
 * <pre>
 *   jdbc:turso:[sqlite:] path [?key=value&amp;...]
 *   jdbc:turso::memory:
 *   jdbc:turso:file:[//[localhost]]path?mode=ro|rw|rwc|memory&amp;cache=shared&amp;immutable=1[#fragment]
 * </pre>
 *
 * <p>Of a URI's other parameters {@code vfs} has to name one of SQLite's file systems; {@code
 * psow}, {@code nolock} and {@code modeof} are taken and mean nothing here.
 *
 * <p>Properties win over the URL. Values are percent-decoded; the path of a plain URL is taken as
 * it is. An unknown key is an error that names it, unless {@code ignore_unknown=true}.
 */
final class ConnectionSettings {
  static final String PREFIX = "jdbc:turso:";
  private static final String ALIAS = "sqlite:";

  /** What SQLite calls its file systems on Unix; all mean the one there is. */
  private static final Set<String> FILE_SYSTEMS =
      Set.of("", "unix", "unix-none", "unix-dotfile", "unix-excl");

  private final String url;
  private final String path;
  private final boolean uri;
  private final Map<ConnectionProperty, String> values = new LinkedHashMap<>();
  private boolean memory;
  private boolean readOnly;
  private boolean create = true;
  private boolean readOnlyByFlags;
  private boolean createByFlags = true;
  private boolean immutable;
  private boolean sharedCache;

  private ConnectionSettings(String url, String path, boolean uri) {
    this.url = url;
    this.path = path;
    this.uri = uri;
  }

  static boolean accepts(@Nullable String url) {
    return url != null && url.regionMatches(true, 0, PREFIX, 0, PREFIX.length());
  }

  static ConnectionSettings parse(String url, @Nullable Properties properties) throws SQLException {
    String rest = url.substring(PREFIX.length());
    if (rest.regionMatches(true, 0, ALIAS, 0, ALIAS.length())) {
      rest = rest.substring(ALIAS.length());
    }
    boolean uri = rest.startsWith("file:");
    if (uri && rest.indexOf('#') >= 0) {
      rest = rest.substring(0, rest.indexOf('#'));
    }
    int question = rest.indexOf('?');
    String name = question < 0 ? rest : rest.substring(0, question);
    ConnectionSettings settings = new ConnectionSettings(url, uri ? uriPath(name) : name, uri);
    settings.memory = settings.path.equals(":memory:") || settings.path.isEmpty();
    Map<String, String> unknown = new LinkedHashMap<>();
    if (question >= 0) {
      for (String pair : rest.substring(question + 1).split("&")) {
        if (!pair.isEmpty()) {
          int equals = pair.indexOf('=');
          String key = equals < 0 ? pair : pair.substring(0, equals);
          String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
          settings.put(decode(key), value, unknown);
        }
      }
    }
    if (properties != null) {
      for (String key : properties.stringPropertyNames()) {
        settings.put(key, properties.getProperty(key), unknown);
      }
    }
    settings.finish(unknown);
    return settings;
  }

  private static String uriPath(String name) throws SQLException {
    String path = name.substring("file:".length());
    if (path.startsWith("//")) {
      int slash = path.indexOf('/', 2);
      String authority = path.substring(2, slash < 0 ? path.length() : slash);
      if (!authority.isEmpty() && !authority.equals("localhost")) {
        throw SqlErrors.badUri("invalid uri authority: " + authority);
      }
      path = slash < 0 ? "" : path.substring(slash);
    }
    return decode(path);
  }

  private static String decode(String text) throws SQLException {
    try {
      return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw SqlErrors.badUrl("bad percent-encoding in the URL: \"" + text + "\"");
    }
  }

  private void put(String key, String value, Map<String, String> unknown) throws SQLException {
    switch (key.toLowerCase(Locale.ROOT)) {
      case "mode" -> setMode(value);
      case "cache" -> {
        checkUri("no such cache mode: ", key, value, PropertyValue.oneOf("shared", "private"));
        sharedCache = value.equalsIgnoreCase("shared");
      }
      case "immutable" -> {
        if (!PropertyValue.BOOLEAN.allows(value)) {
          throw SqlErrors.badSetting(key, value, PropertyValue.BOOLEAN.offered());
        }
        immutable = isTrue(value);
      }
      default -> {
        ConnectionProperty property = ConnectionProperty.find(key);
        if (uri && isUriParameter(key, value)) {
          return;
        }
        if (property == null) {
          unknown.put(key, value);
        } else {
          values.put(property, property.accepted(value));
        }
      }
    }
  }

  /** Parameters that SQLite's URIs have and that change nothing here. */
  private static boolean isUriParameter(String key, String value) throws SQLException {
    return switch (key) {
      case "psow", "nolock", "modeof" -> true;
      case "vfs" -> {
        if (!FILE_SYSTEMS.contains(value)) {
          throw SqlErrors.badUri("no such vfs: " + value);
        }
        yield true;
      }
      default -> false;
    };
  }

  /**
   * @param complaint how SQLite begins its message about a URI
   */
  private void checkUri(String complaint, String key, String value, PropertyValue allowed)
      throws SQLException {
    if (!allowed.allows(value)) {
      throw uri
          ? SqlErrors.badUri(complaint + value)
          : SqlErrors.badSetting(key, value, allowed.offered());
    }
  }

  private void setMode(String value) throws SQLException {
    checkUri(
        "no such access mode: ", "mode", value, PropertyValue.oneOf("ro", "rw", "rwc", "memory"));
    switch (value) {
      case "ro" -> {
        readOnly = true;
        create = false;
      }
      case "rw" -> create = false;
      case "rwc" -> create = true;
      default -> memory = true;
    }
  }

  private void finish(Map<String, String> unknown) throws SQLException {
    if (!unknown.isEmpty() && !isTrue(get(ConnectionProperty.IGNORE_UNKNOWN))) {
      throw SqlErrors.badUrl("unknown connection property: " + unknown.keySet().iterator().next());
    }
    String password = values.get(ConnectionProperty.PASSWORD);
    if (password != null && !password.isEmpty()) {
      throw SqlErrors.badUrl("not supported yet: encryption; leave the password empty");
    }
    String openMode = values.get(ConnectionProperty.OPEN_MODE);
    if (openMode != null && !openMode.isEmpty()) {
      int flags = Integer.decode(openMode);
      readOnlyByFlags = (flags & 1) != 0 && (flags & 2) == 0;
      createByFlags = (flags & 4) != 0;
      readOnly |= readOnlyByFlags;
      create &= createByFlags;
    }
  }

  static boolean isTrue(@Nullable String value) {
    return value != null
        && (value.equalsIgnoreCase("true")
            || value.equalsIgnoreCase("on")
            || value.equalsIgnoreCase("yes")
            || value.equals("1"));
  }

  /** The value that was set, or the property's default, or null if it has none. */
  @Nullable String get(ConnectionProperty property) {
    String value = values.get(property);
    return value == null || value.isEmpty() ? property.defaultValue() : value;
  }

  boolean isTrue(ConnectionProperty property) {
    return isTrue(get(property));
  }

  /** Whether the value was set by the user. */
  boolean isSet(ConnectionProperty property) {
    String value = values.get(property);
    return value != null && !value.isEmpty();
  }

  /** Whether the user has set nothing. */
  boolean areDefault() {
    return values.isEmpty();
  }

  /** The properties that were set and will have no effect. */
  List<ConnectionProperty> ignored() {
    return values.isEmpty()
        ? List.of()
        : values.keySet().stream().filter(ConnectionProperty::isIgnored).toList();
  }

  String url() {
    return url;
  }

  /** The database file; for a database in memory, its name or nothing. */
  String path() {
    return path;
  }

  boolean memory() {
    return memory;
  }

  /** Whether a database in memory is shared by all who name it. */
  boolean sharedMemory() {
    return memory && sharedCache && !path.isEmpty() && (uri || !path.equals(":memory:"));
  }

  boolean readOnly() {
    return readOnly;
  }

  boolean create() {
    return create;
  }

  /**
   * Whether the flags, not the URI, ask for read-only databases; then attached ones are so, too.
   */
  boolean readOnlyByFlags() {
    return readOnlyByFlags;
  }

  /** Whether the flags allow files to be made. */
  boolean createByFlags() {
    return createByFlags;
  }

  boolean immutable() {
    return immutable;
  }
}
