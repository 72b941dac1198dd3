package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * The result columns that name a row: the rowid, the columns of the primary key, or all columns of
 * a view.
 */
final class RowKeys {
  private static final List<String> ROWID_NAMES = List.of("rowid", "_rowid_", "oid");

  private RowKeys() {}

  /**
   * @param qualifier the name under which the table stands in the query
   */
  static List<ResultColumn> of(Table table, String qualifier) {
    List<ResultColumn> columns = new ArrayList<>();
    if (table.hasRowid()) {
      columns.add(column(qualifier, rowidName(table)));
      return columns;
    }
    if (table.primaryKey() == null) {
      table.columns().forEach(column -> columns.add(column(qualifier, column.name())));
      return columns;
    }
    Index key = Objects.requireNonNull(table.primaryKey());
    for (int i = 0; i < key.keyColumnCount(); i++) {
      columns.add(column(qualifier, table.column(key.column(i).column()).name()));
    }
    return columns;
  }

  /** The same of the first table of FROM, whatever else there has its name. */
  static List<ResultColumn> ofFirst(Table table) {
    List<ResultColumn> columns = new ArrayList<>();
    if (table.hasRowid()) {
      columns.add(new ResultColumn.OfFirst(-1, Span.NONE));
    } else if (table.primaryKey() == null) {
      for (int i = 0; i < table.columnCount(); i++) {
        columns.add(new ResultColumn.OfFirst(i, Span.NONE));
      }
    } else {
      Index key = table.primaryKey();
      for (int i = 0; i < key.keyColumnCount(); i++) {
        columns.add(new ResultColumn.OfFirst(key.column(i).column(), Span.NONE));
      }
    }
    return columns;
  }

  /** A name of the rowid that no column has taken. */
  private static String rowidName(Table table) {
    if (table.rowidColumn() >= 0) {
      return table.column(table.rowidColumn()).name();
    }
    for (String name : ROWID_NAMES) {
      if (table.columnIndex(name) < 0) {
        return name;
      }
    }
    throw TursoException.notSupported("changing a table whose columns hide all names of its rowid");
  }

  private static ResultColumn column(String qualifier, String name) {
    return of(
        new Expression.ColumnReference(null, quoted(qualifier), quoted(name), Span.NONE), name);
  }

  static ResultColumn of(Expression expression, String text) {
    return new ResultColumn.Of(expression, null, text, Span.NONE);
  }

  private static Name quoted(String name) {
    return new Name(name, Name.Quote.BRACKET, Span.NONE);
  }
}
