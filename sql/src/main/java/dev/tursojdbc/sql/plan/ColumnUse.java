package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.bind.Subtypes;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Which columns of one source a query uses, and whether an index has them all. */
final class ColumnUse {
  private final Source source;
  private final BoundQuery.Select query;
  private final Set<Integer> columns = new LinkedHashSet<>();

  ColumnUse(Source source, BoundQuery.Select query) {
    this.source = source;
    this.query = query;
    References.walkBesideFrom(query, this::collect);
  }

  private void collect(BoundExpression expression) {
    if (expression instanceof Column column && column.source() == source.id()) {
      add(column.column());
    }
  }

  /** A virtual column stands for the columns it is computed from. */
  private void add(int column) {
    if (!columns.add(column)) {
      return;
    }
    if (column >= 0
        && source instanceof Source.OfTable of
        && of.table().column(column).isVirtual()) {
      References.walk(of.expressions().generated(of, column), this::collect);
    }
  }

  /** Positions of the columns that are used; {@link Column#ROWID} among them. */
  Set<Integer> columns() {
    return columns;
  }

  /**
   * Whether the entries of an index of the source, which is a table, have all columns.
   *
   * @param nullable whether an outer join can put the source on a null row; an indexed expression
   *     must then be computed, as it need not be NULL there
   */
  boolean isCovering(Index index, boolean nullable) {
    Source.OfTable of = (Source.OfTable) source;
    for (int column : columns) {
      if (!has(of, index, column)
          && !(!nullable && index.isOnExpressions() && isCoveredByExpressions(of, index))) {
        return false;
      }
    }
    return true;
  }

  /**
   * Whether the entries have all of the source's columns that an expression needs; what queries
   * inside of it need does not count.
   */
  boolean isCovering(Index index, BoundExpression expression) {
    Source.OfTable of = (Source.OfTable) source;
    return isCovering(of, index, expression, indexedExpressions(of, index));
  }

  private boolean isCovering(
      Source.OfTable of, Index index, BoundExpression expression, Set<BoundExpression> indexed) {
    if (indexed.contains(expression)) {
      return true;
    }
    if (expression instanceof Column column && column.source() == source.id()) {
      return has(of, index, column.column());
    }
    return expression.children().stream().allMatch(child -> isCovering(of, index, child, indexed));
  }

  private static boolean has(Source.OfTable of, Index index, int column) {
    if (column == Column.ROWID) {
      return of.hasRowid();
    }
    return index.positionOf(column) >= 0 || of.table().column(column).isVirtual();
  }

  /** Whether each column that the entries lack is used inside of indexed expressions only. */
  private boolean isCoveredByExpressions(Source.OfTable of, Index index) {
    Set<BoundExpression> indexed = indexedExpressions(of, index);
    List<BoundExpression> missing = new ArrayList<>();
    References.walkOutside(
        query,
        indexed,
        e -> {
          if (e instanceof Column column
              && column.source() == source.id()
              && !has(of, index, column.column())) {
            missing.add(e);
          }
        });
    return missing.isEmpty();
  }

  private static Set<BoundExpression> indexedExpressions(Source.OfTable of, Index index) {
    Set<BoundExpression> indexed = new HashSet<>();
    for (int i = 0; i < index.keyColumnCount(); i++) {
      IndexColumn column = index.column(i);
      if (column.column() == IndexColumn.EXPRESSION) {
        BoundExpression expression = of.expressions().indexed(of, column);
        if (!Subtypes.mayBear(expression)) {
          indexed.add(expression);
        }
      }
    }
    return indexed;
  }
}
