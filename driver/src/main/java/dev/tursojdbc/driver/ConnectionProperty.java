package dev.tursojdbc.driver;

import java.sql.SQLException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may stand in a URL after {@code ?} or in the properties. The names are those that
 * users of SQLite's other JDBC driver already write.
 */
enum ConnectionProperty {
  BUSY_TIMEOUT("busy_timeout", Kind.PRAGMA, "5000", "milliseconds to wait for a lock"),
  ENCODING("encoding", Kind.PRAGMA, null, "text encoding of a new database"),
  PAGE_SIZE("page_size", Kind.PRAGMA, null, "page size of a new database"),
  AUTO_VACUUM("auto_vacuum", Kind.PRAGMA, null, "auto-vacuum mode of a new database"),
  JOURNAL_MODE("journal_mode", Kind.PRAGMA, null, "journal mode, kept in the file"),
  SYNCHRONOUS("synchronous", Kind.PRAGMA, null, "OFF, NORMAL, FULL or EXTRA"),
  FOREIGN_KEYS("foreign_keys", Kind.PRAGMA, null, "whether foreign keys are enforced"),
  DEFER_FOREIGN_KEYS("defer_foreign_keys", Kind.PRAGMA, null, "check foreign keys at commit"),
  RECURSIVE_TRIGGERS("recursive_triggers", Kind.PRAGMA, null, "whether triggers may recurse"),
  CASE_SENSITIVE_LIKE("case_sensitive_like", Kind.PRAGMA, null, "whether LIKE heeds case"),
  AUTOMATIC_INDEX("automatic_index", Kind.PRAGMA, null, "whether transient indexes may be built"),
  REVERSE_UNORDERED_SELECTS("reverse_unordered_selects", Kind.PRAGMA, null, "test aid"),
  CACHE_SIZE("cache_size", Kind.PRAGMA, null, "page cache, in pages or negative KiB"),
  CACHE_SPILL("cache_spill", Kind.PRAGMA, null, "whether dirty pages may be spilled"),
  MAX_PAGE_COUNT("max_page_count", Kind.PRAGMA, null, "largest size of the database in pages"),
  INCREMENTAL_VACUUM("incremental_vacuum", Kind.PRAGMA, null, "pages to free at connect"),
  JOURNAL_SIZE_LIMIT("journal_size_limit", Kind.PRAGMA, null, "bytes to which the log is cut"),
  WAL_AUTOCHECKPOINT("wal_autocheckpoint", Kind.PRAGMA, null, "frames that cause a checkpoint"),
  LOCKING_MODE("locking_mode", Kind.PRAGMA, null, "NORMAL or EXCLUSIVE"),
  SECURE_DELETE("secure_delete", Kind.PRAGMA, null, "overwrite what is deleted"),
  TEMP_STORE("temp_store", Kind.PRAGMA, null, "where temporary tables live"),
  USER_VERSION("user_version", Kind.PRAGMA, null, "written to the header at connect"),
  APPLICATION_ID("application_id", Kind.PRAGMA, null, "written to the header at connect"),
  LEGACY_ALTER_TABLE("legacy_alter_table", Kind.PRAGMA, null, "old ALTER TABLE semantics"),
  READ_UNCOMMITTED("read_uncommitted", Kind.PRAGMA, null, "accepted, without effect"),
  QUERY_ONLY("query_only", Kind.PRAGMA, null, "refuse changes"),
  MMAP_SIZE("mmap_size", Kind.ACCEPTED, null, "accepted, without effect"),
  LEGACY_FILE_FORMAT("legacy_file_format", Kind.ACCEPTED, null, "accepted, without effect"),
  FULLSYNC("fullsync", Kind.ACCEPTED, null, "accepted, without effect"),
  COUNT_CHANGES("count_changes", Kind.ACCEPTED, null, "accepted, without effect"),
  TEMP_STORE_DIRECTORY("temp_store_directory", Kind.ACCEPTED, null, "accepted, without effect"),
  SHARED_CACHE("shared_cache", Kind.ACCEPTED, null, "accepted: the cache is always shared"),
  ENABLE_LOAD_EXTENSION("enable_load_extension", Kind.ACCEPTED, null, "accepted, without effect"),
  EXPLICIT_READONLY("jdbc.explicit_readonly", Kind.ACCEPTED, null, "accepted: always so"),
  OPEN_MODE("open_mode", Kind.DRIVER, null, "flags: 1 read-only, 2 read-write, 4 create"),
  TRANSACTION_MODE("transaction_mode", Kind.DRIVER, "DEFERRED", "flavour of the implicit BEGIN"),
  GENERATED_KEYS("jdbc.get_generated_keys", Kind.DRIVER, "true", "false: never collect keys"),
  DATE_CLASS("date_class", Kind.DRIVER, "TEXT", "how dates are stored: TEXT, INTEGER, REAL"),
  DATE_PRECISION("date_precision", Kind.DRIVER, "MILLISECONDS", "unit of INTEGER dates"),
  INTEGER_AS_LONG("integer_as_long", Kind.DRIVER, "false", "getObject gives Long always"),
  IGNORE_UNKNOWN("ignore_unknown", Kind.DRIVER, "false", "unknown properties are no error"),
  USER("user", Kind.ACCEPTED, null, "accepted, without effect"),
  PASSWORD("password", Kind.DRIVER, null, "must be empty");

  private enum Kind {
    PRAGMA,
    DRIVER,
    ACCEPTED
  }

  private static final Map<String, ConnectionProperty> BY_KEY = new HashMap<>();

  static {
    for (ConnectionProperty property : values()) {
      BY_KEY.put(property.key, property);
    }
  }

  private final String key;
  private final Kind kind;
  private final @Nullable String defaultValue;
  private final String description;

  ConnectionProperty(String key, Kind kind, @Nullable String defaultValue, String description) {
    this.key = key;
    this.kind = kind;
    this.defaultValue = defaultValue;
    this.description = description;
  }

  static @Nullable ConnectionProperty find(String key) {
    return BY_KEY.get(key.toLowerCase(Locale.ROOT));
  }

  /** Pragmas take a word, a signed number or nothing; anything else could smuggle SQL in. */
  void check(String value) throws SQLException {
    if (kind == Kind.PRAGMA && !value.matches("[-+]?[A-Za-z0-9_\\-]*")) {
      throw SqlErrors.misuse("bad value for " + key + ": " + value);
    }
  }

  String key() {
    return key;
  }

  boolean isPragma() {
    return kind == Kind.PRAGMA;
  }

  @Nullable String defaultValue() {
    return defaultValue;
  }

  String description() {
    return description;
  }

  String @Nullable [] choices() {
    return switch (this) {
      case SYNCHRONOUS -> new String[] {"OFF", "NORMAL", "FULL", "EXTRA"};
      case JOURNAL_MODE -> new String[] {"WAL", "DELETE"};
      case TRANSACTION_MODE -> new String[] {"DEFERRED", "IMMEDIATE", "EXCLUSIVE"};
      case DATE_CLASS -> new String[] {"TEXT", "INTEGER", "REAL"};
      case FOREIGN_KEYS, INTEGER_AS_LONG, IGNORE_UNKNOWN, GENERATED_KEYS ->
          new String[] {"true", "false"};
      default -> null;
    };
  }
}
