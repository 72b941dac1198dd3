package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;

/**
 * Whether the rows of a query over one table are distinct by themselves: the result has its rowid,
 * or all columns of a unique key but those that WHERE fixes, none of them NULL.
 */
final class DistinctKeys {
  private final BoundQuery.Select query;
  private final Source.OfTable source;

  private DistinctKeys(BoundQuery.Select query, Source.OfTable source) {
    this.query = query;
    this.source = source;
  }

  static boolean areIn(BoundQuery.Select query) {
    return query.from().size() == 1
        && query.from().get(0).source() instanceof Source.OfTable source
        && new DistinctKeys(query, source).areIn();
  }

  private boolean areIn() {
    for (ResultColumn result : query.columns()) {
      if (bare(result.expression()) instanceof Column column
          && column.source() == source.id()
          && column.isRowid()) {
        return true;
      }
    }
    for (Index index : source.table().indexes()) {
      if (index.isUnique() && !index.isPartial() && isCovered(index)) {
        return true;
      }
    }
    return false;
  }

  private boolean isCovered(Index index) {
    for (int i = 0; i < index.keyColumnCount(); i++) {
      int column = index.column(i).column();
      if (column < 0) {
        return false;
      }
      Collation collation = source.expressions().collation(index.column(i));
      boolean given =
          source.table().column(column).notNull() != null && isResult(column, collation);
      if (!given && !isFixed(column, collation)) {
        return false;
      }
    }
    return true;
  }

  private boolean isResult(int column, Collation collation) {
    return query.columns().stream()
        .map(ResultColumn::expression)
        .anyMatch(e -> isColumn(bare(e), column) && Comparisons.collation(e) == collation);
  }

  private boolean isFixed(int column, Collation collation) {
    List<BoundExpression> terms = TermAnalyzer.conjuncts(query.where());
    for (BoundExpression term : terms) {
      if (term instanceof BoundCondition.Comparison comparison
          && comparison.operator() == ComparisonOperator.EQUAL
          && comparison.comparisonCollation() == collation
          && (isColumn(comparison.left(), column) && isForeign(comparison.right())
              || isColumn(comparison.right(), column) && isForeign(comparison.left()))) {
        return true;
      }
    }
    return false;
  }

  private boolean isForeign(BoundExpression expression) {
    return !References.sources(expression).contains(source.id());
  }

  private boolean isColumn(BoundExpression expression, int column) {
    return expression instanceof Column of && of.source() == source.id() && of.column() == column;
  }

  private static BoundExpression bare(BoundExpression expression) {
    BoundExpression bare = expression;
    while (bare instanceof BoundValue.Collate collate) {
      bare = collate.operand();
    }
    return bare;
  }
}
