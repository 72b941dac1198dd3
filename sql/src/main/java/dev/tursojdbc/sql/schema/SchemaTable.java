package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.value.Affinity;
import java.util.ArrayList;
import java.util.List;

/**
 * The table that describes all others: its tree begins on page 1 of every database.
 *
 * <p>Its true name is sqlite_master, sqlite_temp_master in the temp database; sqlite_schema and
 * sqlite_temp_schema are other names for it.
 */
public final class SchemaTable {
  public static final int ROOT_PAGE = 1;
  private static final String MAIN_NAME = "sqlite_master";
  private static final String TEMP_NAME = "sqlite_temp_master";

  private SchemaTable() {}

  static Table create(boolean temporary) {
    String name = temporary ? TEMP_NAME : MAIN_NAME;
    String sql =
        "CREATE TABLE "
            + name
            + "(\n  type text,\n  name text,\n  tbl_name text,\n  rootpage int,\n  sql text\n)";
    List<Column> columns = new ArrayList<>();
    columns.add(column("type", "TEXT", Affinity.TEXT, 0));
    columns.add(column("name", "TEXT", Affinity.TEXT, 1));
    columns.add(column("tbl_name", "TEXT", Affinity.TEXT, 2));
    columns.add(column("rootpage", "INT", Affinity.INTEGER, 3));
    columns.add(column("sql", "TEXT", Affinity.TEXT, 4));
    return new Table(
        name, ROOT_PAGE, columns, -1, null, false, false, false, List.of(), List.of(), List.of(),
        sql);
  }

  private static Column column(String name, String type, Affinity affinity, int storageIndex) {
    return new Column(
        name,
        type,
        affinity,
        "BINARY",
        null,
        null,
        null,
        null,
        Column.Generation.NONE,
        0,
        storageIndex);
  }

  /** Whether a relation is this table, in main or temp. */
  public static boolean is(Relation relation) {
    return relation instanceof Table table && table.rootPage() == ROOT_PAGE;
  }

  /** Whether a name before a column means this table though it is not its true name. */
  public static boolean isCalled(Table table, String name, boolean withDatabase) {
    if (!is(table)) {
      return false;
    }
    return Names.same(table.name(), TEMP_NAME)
        ? Names.same(name, "sqlite_temp_schema") || (withDatabase && isMainName(name))
        : Names.same(name, "sqlite_schema");
  }

  /** The true name behind any of the four, in the given database; others are left as they are. */
  static String canonicalName(String name, boolean temporary) {
    if (!Names.startsWith(name, "sqlite_")) {
      return name;
    }
    if (temporary) {
      return Names.same(name, "sqlite_temp_schema")
              || Names.same(name, "sqlite_schema")
              || Names.same(name, MAIN_NAME)
          ? TEMP_NAME
          : name;
    }
    return Names.same(name, "sqlite_schema") ? MAIN_NAME : name;
  }

  static boolean isTemporaryName(String name) {
    return Names.same(name, "sqlite_temp_schema") || Names.same(name, TEMP_NAME);
  }

  static boolean isMainName(String name) {
    return Names.same(name, "sqlite_schema") || Names.same(name, MAIN_NAME);
  }
}
