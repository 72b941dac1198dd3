package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;

/**
 * What {@code PRAGMA compile_options} and its functions tell: the options of an SQLite that would
 * behave as this engine does. Those that are not true here are left out, whoever is the reference.
 */
public final class CompileOptions {
  /** Sorted, as SQLite has them. */
  public static final List<String> ALL =
      List.of(
          "DEFAULT_CACHE_SIZE=-2000",
          "DEFAULT_FILE_FORMAT=4",
          "DEFAULT_JOURNAL_SIZE_LIMIT=-1",
          "DEFAULT_MMAP_SIZE=0",
          "DEFAULT_PAGE_SIZE=4096",
          "DEFAULT_SYNCHRONOUS=2",
          "DEFAULT_WAL_AUTOCHECKPOINT=1000",
          "DEFAULT_WAL_SYNCHRONOUS=2",
          "DEFAULT_WORKER_THREADS=0",
          "ENABLE_COLUMN_METADATA",
          "ENABLE_DBSTAT_VTAB",
          "ENABLE_MATH_FUNCTIONS",
          "ENABLE_PERCENTILE",
          "ENABLE_STAT4",
          "ENABLE_UPDATE_DELETE_LIMIT",
          "MAX_ATTACHED=10",
          "MAX_COLUMN=2000",
          "MAX_COMPOUND_SELECT=500",
          "MAX_EXPR_DEPTH=1000",
          "MAX_FUNCTION_ARG=127",
          "MAX_LENGTH=1000000000",
          "MAX_LIKE_PATTERN_LENGTH=50000",
          "MAX_PAGE_COUNT=4294967294",
          "MAX_PAGE_SIZE=65536",
          "MAX_TRIGGER_DEPTH=1000",
          "MAX_VARIABLE_NUMBER=250000",
          "MAX_WORKER_THREADS=8",
          "TEMP_STORE=1",
          "THREADSAFE=1");

  private static final String PREFIX = "SQLITE_";

  private CompileOptions() {}

  static void register(FunctionRegistry registry, Set<FunctionFlag> flags) {
    registry.scalar("sqlite_compileoption_used", 1, 1, flags, CompileOptions::used);
    registry.scalar("sqlite_compileoption_get", 1, 1, flags, CompileOptions::get);
  }

  private static void used(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
    } else {
      Register text = Arguments.text(arguments[0]);
      String option = new String(text.bytes, text.offset, text.length, StandardCharsets.UTF_8);
      result.setInteger(isUsed(option) ? 1 : 0);
    }
  }

  /** Whether an option is there, be it without its value; {@code SQLITE_} may stand before it. */
  static boolean isUsed(String option) {
    String name =
        option.regionMatches(true, 0, PREFIX, 0, PREFIX.length())
            ? option.substring(PREFIX.length())
            : option;
    return ALL.stream()
        .anyMatch(
            known ->
                known.regionMatches(true, 0, name, 0, name.length())
                    && (known.length() == name.length()
                        || !isIdentifier(known.charAt(name.length()))));
  }

  private static boolean isIdentifier(char letter) {
    return Character.isLetterOrDigit(letter) || letter == '_';
  }

  private static void get(FunctionContext context, Register[] arguments, Register result) {
    long index = NumericValue.toInteger(arguments[0]);
    if (index < 0 || index >= ALL.size()) {
      result.setNull();
    } else {
      result.setText(ALL.get((int) index).getBytes(StandardCharsets.UTF_8));
    }
  }
}
