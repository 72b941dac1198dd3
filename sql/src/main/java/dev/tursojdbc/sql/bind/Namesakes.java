package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;

/**
 * Sources of one name in one FROM. That is no fault in itself, but a star expands to {@code
 * database.source.column}, which must mean one column; databases tell sources apart if they have
 * one, USING makes one column of two.
 *
 * <p>A join in parentheses is a query for all columns of its sources and their rowids too, so there
 * namesakes are refused whether or not anybody asks for such a column. The same holds for several
 * sources after UPDATE … FROM.
 */
final class Namesakes {
  private static final List<String> ROWID_NAMES = List.of("_ROWID_", "ROWID", "OID");

  private Namesakes() {}

  /** Refuses sources of which columns, or rowids, cannot be told apart. */
  static void requireUnambiguous(Scope scope) {
    for (int i = 0; i < scope.entries.size(); i++) {
      Source source = scope.entries.get(i).source();
      for (SourceColumn column : source.columns()) {
        if (!column.hidden() && column.tableName() == null) {
          requireUnambiguous(scope, i, column.name());
        }
      }
      if (source.hasRowid()) {
        requireUnambiguousRowid(scope, i);
      }
    }
  }

  /** Refuses a column of a source if there is another under the same name. */
  static void requireUnambiguous(Scope scope, int position, String column) {
    Source source = scope.entries.get(position).source();
    for (int i = 0; i < scope.entries.size(); i++) {
      if (areNamesakes(scope, position, i)
          && scope.entries.get(i).source().columnIndex(column) >= 0
          && !scope.entries.get(Math.max(i, position)).uses(column)) {
        throw ambiguous(source, column);
      }
      if (position != i && hasInside(scope.entries.get(i).source(), source, column)) {
        throw ambiguous(source, column);
      }
    }
  }

  /**
   * Whether a join in parentheses has a column of that name, of a source of that name. Queries
   * without a name are told apart by where they stand.
   */
  private static boolean hasInside(Source nested, Source source, String column) {
    if (source.name().isEmpty()) {
      return false;
    }
    for (SourceColumn inside : nested.columns()) {
      String table = inside.tableName();
      if (table != null
          && inside.role() == SourceColumn.Role.ORDINARY
          && Names.same(table, source.name())
          && Names.same(inside.innerName(), column)) {
        return true;
      }
    }
    return false;
  }

  /** A column that is called like the rowid comes before rowids, here too. */
  private static void requireUnambiguousRowid(Scope scope, int position) {
    Source source = scope.entries.get(position).source();
    for (String name : ROWID_NAMES) {
      if (source.columnIndex(name) < 0) {
        boolean several = false;
        for (int i = 0; i < scope.entries.size(); i++) {
          if (areNamesakes(scope, position, i)) {
            Source other = scope.entries.get(i).source();
            if (other.columnIndex(name) >= 0) {
              return;
            }
            several |= other.hasRowid();
          }
        }
        if (several) {
          throw ambiguous(source, name);
        }
        return;
      }
    }
  }

  private static boolean areNamesakes(Scope scope, int position, int other) {
    Source source = scope.entries.get(position).source();
    Source second = scope.entries.get(other).source();
    return position != other
        && !source.name().isEmpty()
        && Names.same(source.name(), second.name())
        && schemaOf(source).equals(schemaOf(second));
  }

  private static TursoException ambiguous(Source source, String column) {
    return BindErrors.ambiguousColumn(schemaOf(source) + "." + source.name() + "." + column);
  }

  private static String schemaOf(Source source) {
    if (source instanceof Source.OfFunction) {
      return "main";
    }
    if (source instanceof Source.OfQuery query && query.databaseName() != null) {
      return query.databaseName();
    }
    return source instanceof Source.OfTable table ? table.databaseName() : "*";
  }
}
