package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;

/**
 * Gives comparisons their conversion and their collation.
 *
 * <p>The collation is that of a COLLATE on the left side, else on the right side, else the left
 * side's column's, else the right side's, else BINARY.
 */
public final class Comparisons {
  private Comparisons() {}

  /** A comparison of two values or of two row values of the same size. */
  public static BoundExpression of(
      ComparisonOperator operator, BoundExpression left, BoundExpression right) {
    if (left instanceof BoundValue.Row leftRow) {
      if (right instanceof BoundValue.Row rightRow
          && leftRow.elements().size() == rightRow.elements().size()) {
        return rows(operator, leftRow.elements(), rightRow.elements());
      }
      throw BindErrors.rowValueMisused();
    }
    if (right instanceof BoundValue.Row) {
      throw BindErrors.rowValueMisused();
    }
    return new BoundCondition.Comparison(
        operator,
        left,
        right,
        Affinity.ofComparison(left.affinity(), right.affinity()),
        collation(left, right));
  }

  private static BoundExpression rows(
      ComparisonOperator operator, List<BoundExpression> left, List<BoundExpression> right) {
    List<Affinity> conversions = new ArrayList<>();
    List<Collation> collations = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      conversions.add(Affinity.ofComparison(left.get(i).affinity(), right.get(i).affinity()));
      collations.add(collation(left.get(i), right.get(i)));
    }
    return new BoundCondition.RowComparison(operator, left, right, conversions, collations);
  }

  static BoundExpression between(
      BoundExpression operand, BoundExpression low, BoundExpression high) {
    if (operand instanceof BoundValue.Row
        || low instanceof BoundValue.Row
        || high instanceof BoundValue.Row) {
      return new BoundCondition.And(
          of(ComparisonOperator.GREATER_OR_EQUAL, operand, low),
          of(ComparisonOperator.LESS_OR_EQUAL, operand, high));
    }
    return new BoundCondition.Between(
        operand,
        low,
        high,
        Affinity.ofComparison(operand.affinity(), low.affinity()),
        Affinity.ofComparison(operand.affinity(), high.affinity()),
        collation(operand, low),
        collation(operand, high));
  }

  static BoundExpression inQuery(List<BoundExpression> operands, BoundQuery query) {
    List<Affinity> conversions = new ArrayList<>();
    List<Collation> collations = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      BoundExpression operand = operands.get(i);
      BoundExpression column = last(query).columns().get(i).expression();
      conversions.add(Affinity.ofComparison(operand.affinity(), column.affinity()));
      collations.add(collation(operand, column));
    }
    return new BoundCondition.InQuery(operands, query, conversions, collations);
  }

  /** Of several queries the last decides how values are compared. */
  private static BoundQuery last(BoundQuery query) {
    return query instanceof BoundQuery.Compound compound
        ? compound.terms().get(compound.terms().size() - 1).query()
        : query;
  }

  /** The collation that a comparison of the two uses. */
  public static Collation collation(BoundExpression left, BoundExpression right) {
    Collation explicit = left.explicitCollation();
    if (explicit == null) {
      explicit = right.explicitCollation();
    }
    if (explicit != null) {
      return UnknownCollation.required(explicit);
    }
    Collation collation = left.collation();
    if (collation == null) {
      collation = right.collation();
    }
    return collation == null ? Collation.BINARY : UnknownCollation.required(collation);
  }

  /** The collation of an expression by itself, as in ORDER BY. */
  public static Collation collation(BoundExpression expression) {
    Collation collation = expression.collation();
    return collation == null ? Collation.BINARY : collation;
  }
}
