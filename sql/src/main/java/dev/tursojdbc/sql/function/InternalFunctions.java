package dev.tursojdbc.sql.function;

import java.util.Locale;
import java.util.Map;

/**
 * Functions that SQLite has for itself, for ALTER TABLE and for tests. Nobody may call them, but a
 * call with a wrong number of arguments gives away that they exist, as in SQLite.
 */
public final class InternalFunctions {
  private static final Map<String, Integer> ARGUMENT_COUNTS =
      Map.ofEntries(
          Map.entry("sqlite_rename_column", 9),
          Map.entry("sqlite_rename_table", 7),
          Map.entry("sqlite_rename_test", 7),
          Map.entry("sqlite_rename_quotefix", 2),
          Map.entry("sqlite_drop_column", 3),
          Map.entry("sqlite_drop_constraint", 2),
          Map.entry("sqlite_add_constraint", 3),
          Map.entry("sqlite_find_constraint", 2),
          Map.entry("sqlite_fail", 2),
          Map.entry("expr_compare", 2),
          Map.entry("expr_implies_expr", 2),
          Map.entry("implies_nonnull_row", 2),
          Map.entry("affinity", 1));

  private InternalFunctions() {}

  /** Whether there is one of this name that takes another number of arguments. */
  public static boolean takesOther(String name, int argumentCount) {
    Integer count = ARGUMENT_COUNTS.get(name.toLowerCase(Locale.ROOT));
    return count != null && count != argumentCount;
  }
}
