package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.StatementException;
import java.util.ArrayList;
import java.util.List;

/** Makes an {@link Index} of a CREATE INDEX statement. */
public final class IndexBuilder {
  private IndexBuilder() {}

  public static Index build(CreateIndexStatement statement, Table table, int rootPage, String sql) {
    ColumnLimit.require(statement.terms().size(), "columns in index");
    List<IndexColumn> key = new ArrayList<>(statement.terms().size());
    for (OrderingTerm term : statement.terms()) {
      key.add(column(term, table));
    }
    return new Index(
        statement.index().name().text(),
        table.name(),
        rootPage,
        RowLocator.append(key, table.isWithoutRowid() ? table.primaryKey() : null),
        key.size(),
        statement.unique() ? ConflictAction.ABORT : null,
        false,
        statement.where(),
        Index.Origin.CREATE_INDEX,
        sql);
  }

  private static IndexColumn column(OrderingTerm term, Table table) {
    KeyTerm.requireNoNulls(term);
    Expression expression = term.expression();
    String collation = KeyTerm.collation(expression);
    String name = KeyTerm.columnName(expression);
    int index = name == null ? -1 : table.columnIndex(name);
    if (index >= 0) {
      // An INTEGER PRIMARY KEY column is the rowid, under whichever name.
      return new IndexColumn(
          index,
          null,
          collation == null ? table.column(index).collation() : collation,
          term.isDescending());
    }
    if (name != null && !KeyTerm.mayBeConstant(expression)) {
      throw StatementException.at(expression.span(), "no such column: " + name);
    }
    return new IndexColumn(
        IndexColumn.EXPRESSION,
        KeyTerm.withoutCollation(expression),
        collation == null ? "BINARY" : collation,
        term.isDescending());
  }
}
