package dev.tursojdbc.sql.function;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The table-valued functions by name. */
public final class TableFunctions {
  private static final Map<String, TableFunction> BY_NAME = new TreeMap<>();

  static {
    add(new DbStat());
    add(new JsonEach("json_each", false, false));
    add(new JsonEach("json_tree", true, false));
    add(new JsonEach("jsonb_each", false, true));
    add(new JsonEach("jsonb_tree", true, true));
  }

  private TableFunctions() {}

  private static void add(TableFunction function) {
    BY_NAME.put(function.name(), function);
  }

  /** The names of those that are no pragmas. */
  public static Set<String> modules() {
    return Set.copyOf(BY_NAME.keySet());
  }

  /** The function of a name, in whatever letter case; null if there is none. */
  public static @Nullable TableFunction find(String name) {
    String key = name.toLowerCase(Locale.ROOT);
    TableFunction function = BY_NAME.get(key);
    return function == null ? PragmaFunction.find(key) : function;
  }
}
