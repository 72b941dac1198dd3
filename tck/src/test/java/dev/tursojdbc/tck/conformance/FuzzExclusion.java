package dev.tursojdbc.tck.conformance;

import java.util.regex.Pattern;

/**
 * Which statements of a fuzz script are not compared, by their text.
 *
 * <p>{@link #STATEMENT}: the statement is passed over, as it changes nothing: EXPLAIN (the
 * reference shows its byte code, and plans have tests of their own), a text without a statement,
 * and what the build decides: compile options, lists of functions and modules.
 *
 * <p>{@link #THE_REST}: nothing from here on is compared, as the databases may differ behind it:
 * random values, the current time, versions, modules that only the reference has (full text search,
 * R-Tree, statistics of pages), databases in files, extensions, limits of memory, and the reference
 * driver's own commands.
 */
enum FuzzExclusion {
  NONE,
  STATEMENT,
  THE_REST;

  private static final Pattern COMMENT = Pattern.compile("(?s)/\\*.*?(\\*/|$)|--[^\n]*");

  private static final Pattern PASSED_OVER =
      Pattern.compile(
          "(?i)\\bexplain\\b|sqlite_compileoption|compile_options|function_list|module_list"
              + "|pragma_list|sqlite_offset");

  private static final Pattern ENDS =
      Pattern.compile(
          "(?is)\\brandom\\W|randomblob|\\bcurrent_|['\"]now['\"]|sqlite_version|sqlite_source_id"
              + "|sqlite_log|\\bload_extension|\\bfts[345]|\\brtree|geopoly|dbstat|sqlite_dbpage"
              + "|sqlite_stmt|\\bvacuum\\b.*\\binto\\b|heap_limit|temp_store_directory"
              + "|data_store_directory|\\b(date|time|datetime|julianday|unixepoch)\\s*\\(\\s*\\)"
              + "|\\bstrftime\\s*\\([^,()]*\\)"
              + "|\\battach\\b(?!\\s+(database\\s+)?(':memory:'|'')\\s+as\\b)");

  private static final Pattern DRIVER_COMMAND = Pattern.compile("(?i)^\\s*(backup|restore)\\b");

  static FuzzExclusion of(String sql) {
    if (COMMENT.matcher(sql).replaceAll("").replace(';', ' ').isBlank()) {
      return STATEMENT;
    }
    if (ENDS.matcher(sql).find() || DRIVER_COMMAND.matcher(sql).find()) {
      return THE_REST;
    }
    return PASSED_OVER.matcher(sql).find() ? STATEMENT : NONE;
  }
}
