package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Limit;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Everything that may stand in a URL after {@code ?} or in the properties. The names are those that
 * users of SQLite's other JDBC driver already write.
 */
enum ConnectionProperty {
  BUSY_TIMEOUT(
      "busy_timeout",
      Kind.DRIVER,
      PropertyValue.INTEGER,
      "5000",
      "milliseconds to wait for a lock"),
  ENCODING(
      "encoding",
      PropertyValue.oneOf(
          "UTF-8", "UTF-16", "UTF-16LE", "UTF-16BE", "UTF8", "UTF16", "UTF16LE", "UTF16BE"),
      "text encoding of a new database"),
  PAGE_SIZE("page_size", PropertyValue.INTEGER, "page size of a new database"),
  AUTO_VACUUM(
      "auto_vacuum",
      PropertyValue.numbered("NONE", "FULL", "INCREMENTAL"),
      "auto-vacuum mode of a new database"),
  JOURNAL_MODE(
      "journal_mode",
      PropertyValue.oneOf("WAL", "DELETE", "TRUNCATE", "PERSIST", "MEMORY", "OFF"),
      "journal mode, kept in the file"),
  SYNCHRONOUS(
      "synchronous",
      PropertyValue.numbered("OFF", "NORMAL", "FULL", "EXTRA"),
      "when a commit waits for the disk"),
  FOREIGN_KEYS("foreign_keys", PropertyValue.BOOLEAN, "whether foreign keys are enforced"),
  DEFER_FOREIGN_KEYS(
      "defer_foreign_keys", PropertyValue.BOOLEAN, "whether foreign keys are checked at commit"),
  RECURSIVE_TRIGGERS("recursive_triggers", PropertyValue.BOOLEAN, "whether triggers may recurse"),
  CASE_SENSITIVE_LIKE("case_sensitive_like", PropertyValue.BOOLEAN, "whether LIKE heeds case"),
  AUTOMATIC_INDEX(
      "automatic_index", PropertyValue.BOOLEAN, "whether transient indexes may be built"),
  REVERSE_UNORDERED_SELECTS(
      "reverse_unordered_selects", PropertyValue.BOOLEAN, "unordered rows come backwards"),
  CACHE_SIZE("cache_size", PropertyValue.INTEGER, "page cache, in pages or negative KiB"),
  CACHE_SPILL(
      "cache_spill", PropertyValue.booleanOr("true"), "whether changed pages may be spilled"),
  MAX_PAGE_COUNT("max_page_count", PropertyValue.INTEGER, "largest size of the database in pages"),
  INCREMENTAL_VACUUM("incremental_vacuum", PropertyValue.INTEGER, "pages to free at connect"),
  JOURNAL_SIZE_LIMIT("journal_size_limit", PropertyValue.INTEGER, "bytes to which the log is cut"),
  WAL_AUTOCHECKPOINT("wal_autocheckpoint", PropertyValue.INTEGER, "frames that cause a checkpoint"),
  LOCKING_MODE(
      "locking_mode", PropertyValue.oneOf("NORMAL", "EXCLUSIVE"), "how long locks are held"),
  SECURE_DELETE(
      "secure_delete", PropertyValue.booleanOr("fast"), "whether deleted content is overwritten"),
  TEMP_STORE(
      "temp_store",
      PropertyValue.numbered("DEFAULT", "FILE", "MEMORY"),
      "where temporary tables live"),
  USER_VERSION("user_version", PropertyValue.INTEGER, "written to the header at connect"),
  APPLICATION_ID("application_id", PropertyValue.INTEGER, "written to the header at connect"),
  LEGACY_ALTER_TABLE("legacy_alter_table", PropertyValue.BOOLEAN, "old ALTER TABLE semantics"),
  READ_UNCOMMITTED("read_uncommitted", PropertyValue.BOOLEAN, "accepted, without effect"),
  FULL_COLUMN_NAMES("full_column_names", PropertyValue.BOOLEAN, "deprecated in SQLite"),
  SHORT_COLUMN_NAMES("short_column_names", PropertyValue.BOOLEAN, "deprecated in SQLite"),
  QUERY_ONLY("query_only", PropertyValue.BOOLEAN, "refuse changes"),
  OPEN_MODE(
      "open_mode",
      Kind.DRIVER,
      PropertyValue.FLAGS,
      null,
      "flags: 1 read-only, 2 read-write, 4 create"),
  TRANSACTION_MODE(
      "transaction_mode",
      Kind.DRIVER,
      PropertyValue.oneOf("DEFERRED", "IMMEDIATE", "EXCLUSIVE"),
      "DEFERRED",
      "flavour of the implicit BEGIN"),
  GENERATED_KEYS(
      "jdbc.get_generated_keys",
      Kind.DRIVER,
      PropertyValue.BOOLEAN,
      "true",
      "false: never collect keys"),
  DATE_CLASS(
      "date_class",
      Kind.DRIVER,
      PropertyValue.oneOf("TEXT", "INTEGER", "REAL"),
      "TEXT",
      "how dates of java.sql are stored"),
  DATE_PRECISION(
      "date_precision",
      Kind.DRIVER,
      PropertyValue.oneOf("MILLISECONDS", "SECONDS"),
      "MILLISECONDS",
      "unit of INTEGER dates"),
  DATE_STRING_FORMAT(
      "date_string_format",
      Kind.DRIVER,
      PropertyValue.TEXT,
      null,
      "pattern of TEXT dates; ISO without it"),
  INTEGER_AS_LONG(
      "integer_as_long",
      Kind.DRIVER,
      PropertyValue.BOOLEAN,
      "false",
      "getObject gives Long always"),
  ATTACHED_SCHEMAS(
      "attached_schemas",
      Kind.DRIVER,
      PropertyValue.BOOLEAN,
      "false",
      "metadata shows each database as a schema"),
  IGNORE_UNKNOWN(
      "ignore_unknown",
      Kind.DRIVER,
      PropertyValue.BOOLEAN,
      "false",
      "unknown properties are no error"),
  USER("user", Kind.ACCEPTED, PropertyValue.TEXT, null, "accepted, without effect"),
  PASSWORD("password", Kind.DRIVER, PropertyValue.TEXT, null, "must be empty"),
  SHARED_CACHE(
      "shared_cache",
      Kind.ACCEPTED,
      PropertyValue.BOOLEAN,
      null,
      "accepted: the cache is always shared"),
  EXPLICIT_READONLY(
      "jdbc.explicit_readonly", Kind.ACCEPTED, PropertyValue.BOOLEAN, null, "always so"),
  ENABLE_LOAD_EXTENSION(
      "enable_load_extension",
      Kind.ACCEPTED,
      PropertyValue.BOOLEAN,
      null,
      "accepted; there are no extensions"),
  MMAP_SIZE("mmap_size", Kind.ACCEPTED, PropertyValue.INTEGER, null, "accepted, without effect"),
  LEGACY_FILE_FORMAT(
      "legacy_file_format", Kind.ACCEPTED, PropertyValue.BOOLEAN, null, "accepted, without effect"),
  FULLSYNC("fullsync", Kind.ACCEPTED, PropertyValue.BOOLEAN, null, "accepted, without effect"),
  TEMP_STORE_DIRECTORY(
      "temp_store_directory", Kind.ACCEPTED, PropertyValue.TEXT, null, "accepted, without effect"),
  COUNT_CHANGES("count_changes", Kind.IGNORED, PropertyValue.BOOLEAN, null, "ignored"),
  DEFAULT_CACHE_SIZE("default_cache_size", Kind.IGNORED, PropertyValue.INTEGER, null, "ignored"),
  EMPTY_RESULT_CALLBACK(
      "empty_result_callback", Kind.IGNORED, PropertyValue.BOOLEAN, null, "ignored"),
  HEXKEY_MODE("hexkey_mode", Kind.IGNORED, PropertyValue.TEXT, null, "ignored"),
  LIMIT_LENGTH("limit_length", Kind.IGNORED, PropertyValue.INTEGER, null, "ignored"),
  LIMIT_SQL_LENGTH("limit_sql_length", Limit.SQL_LENGTH, "most bytes of a text with statements"),
  LIMIT_COLUMN("limit_column", Kind.IGNORED, PropertyValue.INTEGER, null, "ignored"),
  LIMIT_EXPR_DEPTH("limit_expr_depth", Limit.EXPRESSION_DEPTH, "greatest height of an expression"),
  LIMIT_COMPOUND_SELECT(
      "limit_compound_select", Limit.COMPOUND_SELECT, "most queries in a compound SELECT"),
  LIMIT_VDBE_OP("limit_vdbe_op", Kind.IGNORED, PropertyValue.INTEGER, null, "ignored"),
  LIMIT_FUNCTION_ARG(
      "limit_function_arg", Limit.FUNCTION_ARGUMENTS, "most arguments of a function"),
  LIMIT_ATTACHED("limit_attached", Limit.ATTACHED, "most attached databases"),
  LIMIT_LIKE_PATTERN_LENGTH(
      "limit_like_pattern_length",
      Limit.LIKE_PATTERN_LENGTH,
      "most bytes of a pattern of LIKE or GLOB"),
  LIMIT_VARIABLE_NUMBER(
      "limit_variable_number", Limit.VARIABLE_NUMBER, "largest number of a parameter"),
  LIMIT_TRIGGER_DEPTH("limit_trigger_depth", Kind.IGNORED, PropertyValue.INTEGER, null, "ignored"),
  LIMIT_WORKER_THREADS(
      "limit_worker_threads",
      Kind.ACCEPTED,
      PropertyValue.INTEGER,
      null,
      "accepted: there are none"),
  LIMIT_PAGE_COUNT("limit_page_count", Kind.IGNORED, PropertyValue.INTEGER, null, "ignored");

  private enum Kind {
    /** Becomes a pragma of the same name. */
    PRAGMA,
    /** Means something to the driver. */
    DRIVER,
    /** Needs no effect: it asks for what is so, or for what makes no difference. */
    ACCEPTED,
    /** Has no effect here although it should; the connection warns. */
    IGNORED
  }

  private static final Map<String, ConnectionProperty> BY_KEY = new HashMap<>();

  static {
    for (ConnectionProperty property : values()) {
      BY_KEY.put(property.key, property);
    }
  }

  private final String key;
  private final Kind kind;

  @SuppressWarnings("ImmutableEnumChecker") // It copies its list.
  private final PropertyValue value;

  private final @Nullable String defaultValue;
  private final String description;
  private final @Nullable Limit limit;

  ConnectionProperty(
      String key,
      Kind kind,
      PropertyValue value,
      @Nullable String defaultValue,
      String description) {
    this(key, kind, value, defaultValue, description, null);
  }

  ConnectionProperty(
      String key,
      Kind kind,
      PropertyValue value,
      @Nullable String defaultValue,
      String description,
      @Nullable Limit limit) {
    this.key = key;
    this.kind = kind;
    this.value = value;
    this.defaultValue = defaultValue;
    this.description = description;
    this.limit = limit;
  }

  ConnectionProperty(String key, PropertyValue value, String description) {
    this(key, Kind.PRAGMA, value, null, description);
  }

  ConnectionProperty(String key, Limit limit, String description) {
    this(key, Kind.DRIVER, PropertyValue.INTEGER, null, description, limit);
  }

  static @Nullable ConnectionProperty find(String key) {
    return BY_KEY.get(key.toLowerCase(Locale.ROOT));
  }

  /**
   * The value as it is meant. The configuration class of SQLite's other driver writes some as
   * literals of SQL, in single quotes.
   *
   * @throws SQLException if the property cannot have it
   */
  String accepted(String text) throws SQLException {
    if (text.isEmpty() || value.allows(text)) {
      return text;
    }
    boolean quoted = text.length() > 1 && text.startsWith("'") && text.endsWith("'");
    String bare = quoted ? text.substring(1, text.length() - 1) : text;
    if (!value.allows(bare)) {
      throw SqlErrors.badSetting(key, text, value.offered());
    }
    return bare;
  }

  String key() {
    return key;
  }

  boolean isPragma() {
    return kind == Kind.PRAGMA;
  }

  /** What it limits, or null. */
  @Nullable Limit limit() {
    return limit;
  }

  boolean isIgnored() {
    return kind == Kind.IGNORED;
  }

  @Nullable String defaultValue() {
    return defaultValue;
  }

  String description() {
    return description;
  }

  /** The values that a tool may offer; empty if there are too many. */
  List<String> choices() {
    return value.offered();
  }
}
