package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expressions in the definition of a table and its indexes, bound over one source that stands
 * for a row of the table. They are bound when they are asked for: most queries need none.
 */
public final class TableExpressions {
  private final BindingContext context;
  private final Table table;

  public TableExpressions(BindingContext context, Table table) {
    this.context = context;
    this.table = table;
  }

  /** The value of a virtual or stored generated column, without its affinity. */
  public BoundExpression generated(Source row, int column) {
    Expression expression = table.column(column).generated();
    if (expression == null) {
      throw new IllegalStateException(table.column(column).name() + " is not generated");
    }
    return bind(expression, row, Restriction.GENERATED_COLUMN);
  }

  /**
   * The default value of a column where a record lacks it, without its affinity; NULL if it has
   * none.
   */
  public BoundExpression missing(int column) {
    return table.column(column).defaultValue() == null
        ? Constant.NULL
        : new Binder(context).storedDefault(table.column(column));
  }

  /** What a column of an index holds: a column, the rowid, or an expression. */
  public BoundExpression indexed(Source row, IndexColumn column) {
    if (column.column() == IndexColumn.EXPRESSION && column.expression() != null) {
      return bind(column.expression(), row, Restriction.INDEX_EXPRESSION);
    }
    return column.column() == IndexColumn.ROWID
        ? NameResolver.rowid(row)
        : NameResolver.column(row, column.column());
  }

  /** The WHERE of a partial index, or null. */
  public @Nullable BoundExpression predicate(Source row, Index index) {
    return index.predicate() == null
        ? null
        : bind(index.predicate(), row, Restriction.PARTIAL_INDEX);
  }

  public Collation collation(IndexColumn column) {
    Collation collation = context.collations().find(column.collation());
    if (collation == null) {
      throw BindErrors.error("no such collation sequence: " + column.collation());
    }
    return collation;
  }

  /** The definition of a column. */
  public Column column(int index) {
    return table.column(index);
  }

  private BoundExpression bind(Expression expression, Source row, Restriction restriction) {
    return new Binder(context)
        .expression(expression, Scope.of(List.of(row)).restrictedTo(restriction));
  }
}
