package dev.tursojdbc.sql;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What names a database in ATTACH and VACUUM INTO: a path, or
 *
 * <pre>
 *   file:[//[localhost]]path[?key=value[&amp;key=value ...]][#fragment]
 *
 *   mode=ro|rw|rwc|memory   cache=shared|private   immutable=1   vfs=unix
 * </pre>
 *
 * <p>Other keys mean nothing. {@code %} and two hexadecimal digits stand for a byte; what follows
 * {@code %00} is passed over.
 *
 * @param path empty for a database of no name, which is in memory as one is that says so
 * @param shared whether a shared cache was asked for
 */
record DatabaseUri(
    String path,
    boolean memory,
    boolean shared,
    boolean readOnly,
    boolean create,
    boolean immutable) {
  private static final String SCHEME = "file:";
  private static final String IN_MEMORY = ":memory:";

  static DatabaseUri parse(String name) {
    if (!name.startsWith(SCHEME)) {
      return new DatabaseUri(name, isInMemory(name), false, false, true, false);
    }
    int end = name.indexOf('#') < 0 ? name.length() : name.indexOf('#');
    int question = name.indexOf('?');
    boolean hasQuery = question >= 0 && question < end;
    String path = decode(withoutAuthority(name.substring(5, hasQuery ? question : end)));
    DatabaseUri uri = new DatabaseUri(path, isInMemory(path), false, false, true, false);
    if (hasQuery) {
      int from = question + 1;
      while (from < end) {
        int next = name.indexOf('&', from);
        int to = next < 0 || next > end ? end : next;
        String pair = name.substring(from, to);
        int equals = pair.indexOf('=');
        String key = decode(equals < 0 ? pair : pair.substring(0, equals));
        String value = equals < 0 ? "" : decode(pair.substring(equals + 1));
        uri = uri.with(key, value);
        from = to + 1;
      }
    }
    return uri;
  }

  /** Whether it is in memory, under a name that others may know. */
  boolean isShared() {
    return memory && shared && !path.isEmpty();
  }

  private static boolean isInMemory(String path) {
    return path.isEmpty() || path.equals(IN_MEMORY);
  }

  private static String withoutAuthority(String path) {
    if (!path.startsWith("//")) {
      return path;
    }
    int slash = path.indexOf('/', 2);
    String authority = path.substring(2, slash < 0 ? path.length() : slash);
    if (!authority.isEmpty() && !authority.equals("localhost")) {
      throw error("invalid uri authority: " + authority);
    }
    return slash < 0 ? "" : path.substring(slash);
  }

  private static boolean isShared(String value) {
    return switch (value) {
      case "shared" -> true;
      case "private" -> false;
      default -> throw error("no such cache mode: " + value);
    };
  }

  private DatabaseUri with(String key, String value) {
    return switch (key) {
      case "mode" -> withMode(value);
      case "cache" -> new DatabaseUri(path, memory, isShared(value), readOnly, create, immutable);
      case "vfs" -> requireFileSystem(value);
      case "immutable" -> new DatabaseUri(path, memory, shared, readOnly, create, isTrue(value));
      default -> this;
    };
  }

  /** The names of SQLite's file systems all mean the one there is. */
  private DatabaseUri requireFileSystem(String name) {
    return switch (name) {
      case "", "unix", "unix-none", "unix-dotfile", "unix-excl" -> this;
      default -> throw error("no such vfs: " + name);
    };
  }

  private static boolean isTrue(String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "", "0", "no", "off", "false" -> false;
      default -> true;
    };
  }

  private DatabaseUri withMode(String value) {
    return switch (value) {
      case "ro" -> new DatabaseUri(path, memory, shared, true, false, immutable);
      case "rw" -> new DatabaseUri(path, memory, shared, false, false, immutable);
      case "rwc" -> new DatabaseUri(path, memory, shared, false, true, immutable);
      case "memory" -> new DatabaseUri(path, true, shared, false, true, immutable);
      default -> throw error("no such access mode: " + value);
    };
  }

  private static String decode(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    ByteArrayOutputStream decoded = new ByteArrayOutputStream(bytes.length);
    for (int i = 0; i < bytes.length; i++) {
      int high = bytes[i] == '%' && i + 2 < bytes.length ? digit(bytes[i + 1]) : -1;
      int low = high >= 0 ? digit(bytes[i + 2]) : -1;
      if (low < 0) {
        decoded.write(bytes[i]);
        continue;
      }
      if (high == 0 && low == 0) {
        break;
      }
      decoded.write(high << 4 | low);
      i += 2;
    }
    return decoded.toString(StandardCharsets.UTF_8);
  }

  private static int digit(byte character) {
    return Character.digit(character, 16);
  }

  private static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }
}
