package dev.tursojdbc.driver;

import dev.tursojdbc.sql.TableInfo;
import java.sql.DatabaseMetaData;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the parts of {@link DatabaseMetaData} that give rows have in common.
 *
 * <p>There are no catalogs. By default there are no schemas either, because tools qualify names
 * with what they find; then the tables of main and temp are shown. With {@code attached_schemas}
 * each database is a schema.
 */
abstract class MetaDataRows extends DialectTransactions {
  abstract JdbcConnection jdbc();

  /**
   * A result set of its own statement, which goes with it.
   *
   * @param columns names as JDBC gives them, each with a colon and a type if it is not VARCHAR
   */
  final ResultSet rows(String columns, List<@Nullable Object[]> rows) throws SQLException {
    List<String> labels = new ArrayList<>();
    List<String> types = new ArrayList<>();
    for (String column : columns.split(" ")) {
      int colon = column.indexOf(':');
      labels.add(colon < 0 ? column : column.substring(0, colon));
      types.add(colon < 0 ? "VARCHAR" : column.substring(colon + 1));
    }
    JdbcStatement statement = (JdbcStatement) jdbc().createStatement();
    statement.closeOnCompletion();
    return statement.metadata(new StoredRows(new NamedColumns(labels, types), rows));
  }

  final ResultSet nothing(String columns) throws SQLException {
    return rows(columns, List.of());
  }

  /** The schema that a table is shown in, or null. */
  final @Nullable String schemaOf(TableInfo table) {
    return jdbc().attachedSchemas() ? table.database() : null;
  }

  /** Whether tables without a catalog are asked for. */
  private static boolean isNoCatalog(@Nullable String catalog) {
    return catalog == null || catalog.isEmpty();
  }

  private boolean isShown(TableInfo table) {
    return jdbc().attachedSchemas()
        || table.database().equals("main")
        || table.database().equals("temp");
  }

  private boolean isInSchema(TableInfo table, @Nullable String pattern) {
    String schema = schemaOf(table);
    if (pattern == null) {
      return true;
    }
    return schema == null ? pattern.isEmpty() : matches(pattern, schema);
  }

  /** The tables and views whose names match a pattern, by name. */
  final List<TableInfo> tables(
      @Nullable String catalog, @Nullable String schema, @Nullable String pattern)
      throws SQLException {
    return isNoCatalog(catalog)
        ? jdbc().tables().stream()
            .filter(this::isShown)
            .filter(table -> isInSchema(table, schema))
            .filter(table -> matches(pattern, table.name()))
            .sorted(Comparator.comparing(TableInfo::database).thenComparing(TableInfo::name))
            .toList()
        : List.of();
  }

  /**
   * The tables of a name, where JDBC knows no patterns: an underscore means itself. Tools pass a
   * percent sign for all the same.
   */
  final List<TableInfo> tablesNamed(
      @Nullable String catalog, @Nullable String schema, @Nullable String name)
      throws SQLException {
    if (name == null || name.indexOf('%') >= 0) {
      return tables(catalog, schema, name);
    }
    return tables(catalog, schema, null).stream()
        .filter(table -> table.name().equalsIgnoreCase(name))
        .toList();
  }

  /**
   * Whether a name matches a pattern of JDBC, letter case aside: percent, underscore, backslash
   * before a character that means itself; null matches all.
   */
  static boolean matches(@Nullable String pattern, String name) {
    return pattern == null
        || matches(pattern.toLowerCase(Locale.ROOT), 0, name.toLowerCase(Locale.ROOT), 0);
  }

  private static boolean matches(String pattern, int p, String name, int n) {
    while (p < pattern.length()) {
      char c = pattern.charAt(p);
      if (c == '%') {
        for (int at = n; at <= name.length(); at++) {
          if (matches(pattern, p + 1, name, at)) {
            return true;
          }
        }
        return false;
      }
      if (c == '\\' && p + 1 < pattern.length()) {
        c = pattern.charAt(++p);
      } else if (c == '_' && n < name.length()) {
        c = name.charAt(n);
      }
      if (n >= name.length() || name.charAt(n) != c) {
        return false;
      }
      p++;
      n++;
    }
    return n == name.length();
  }
}
