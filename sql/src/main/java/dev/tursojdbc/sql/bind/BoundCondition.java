package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;

/** A bound expression that is true, false or NULL. */
public sealed interface BoundCondition extends BoundExpression {
  /** Logical negation. */
  record Not(BoundExpression operand) implements BoundCondition, BoundExpression.OneOperand {
    @Override
    public Not withOperand(BoundExpression newOperand) {
      return new Not(newOperand);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Two values compared.
   *
   * @param conversion what both sides are converted to before; see {@link Affinity#ofComparison}
   * @param comparisonCollation for texts
   */
  record Comparison(
      ComparisonOperator operator,
      BoundExpression left,
      BoundExpression right,
      Affinity conversion,
      Collation comparisonCollation)
      implements BoundCondition, BoundExpression.TwoOperands {
    @Override
    public Comparison withOperands(BoundExpression newLeft, BoundExpression newRight) {
      return new Comparison(operator, newLeft, newRight, conversion, comparisonCollation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Two row values compared, from left to right. */
  record RowComparison(
      ComparisonOperator operator,
      List<BoundExpression> left,
      List<BoundExpression> right,
      List<Affinity> conversions,
      List<Collation> collations)
      implements BoundCondition {
    public RowComparison {
      left = List.copyOf(left);
      right = List.copyOf(right);
      conversions = List.copyOf(conversions);
      collations = List.copyOf(collations);
    }

    @Override
    public List<BoundExpression> children() {
      List<BoundExpression> children = new ArrayList<>(left);
      children.addAll(right);
      return children;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      int count = left.size();
      return new RowComparison(
          operator,
          children.subList(0, count),
          children.subList(count, children.size()),
          conversions,
          collations);
    }

    /** The comparison of one pair of elements. */
    public Comparison element(int index) {
      return new Comparison(
          operator,
          left.get(index),
          right.get(index),
          conversions.get(index),
          collations.get(index));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Conjunction; the right side is not evaluated if the left one is false. */
  record And(BoundExpression left, BoundExpression right)
      implements BoundCondition, BoundExpression.TwoOperands {
    @Override
    public And withOperands(BoundExpression newLeft, BoundExpression newRight) {
      return new And(newLeft, newRight);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Disjunction; the right side is not evaluated if the left one is true. */
  record Or(BoundExpression left, BoundExpression right)
      implements BoundCondition, BoundExpression.TwoOperands {
    @Override
    public Or withOperands(BoundExpression newLeft, BoundExpression newRight) {
      return new Or(newLeft, newRight);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** IS NULL, or NOT NULL if negated. */
  record IsNull(BoundExpression operand, boolean negated)
      implements BoundCondition, BoundExpression.OneOperand {
    @Override
    public IsNull withOperand(BoundExpression newOperand) {
      return new IsNull(newOperand, negated);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** IS [NOT] TRUE, IS [NOT] FALSE. */
  record IsTruth(BoundExpression operand, boolean truth, boolean negated)
      implements BoundCondition, BoundExpression.OneOperand {
    @Override
    public IsTruth withOperand(BoundExpression newOperand) {
      return new IsTruth(newOperand, truth, negated);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** operand &gt;= low AND operand &lt;= high, with the operand evaluated once. */
  record Between(
      BoundExpression operand,
      BoundExpression low,
      BoundExpression high,
      Affinity lowConversion,
      Affinity highConversion,
      Collation lowCollation,
      Collation highCollation)
      implements BoundCondition {
    @Override
    public List<BoundExpression> children() {
      return List.of(operand, low, high);
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new Between(
          children.get(0),
          children.get(1),
          children.get(2),
          lowConversion,
          highConversion,
          lowCollation,
          highCollation);
    }

    public Comparison lowComparison() {
      return new Comparison(
          ComparisonOperator.GREATER_OR_EQUAL, operand, low, lowConversion, lowCollation);
    }

    public Comparison highComparison() {
      return new Comparison(
          ComparisonOperator.LESS_OR_EQUAL, operand, high, highConversion, highCollation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * operand IN (elements).
   *
   * @param conversion the operand's affinity; elements have none of their own here
   */
  record InList(
      BoundExpression operand,
      List<BoundExpression> elements,
      Affinity conversion,
      Collation comparisonCollation)
      implements BoundCondition {
    public InList {
      elements = List.copyOf(elements);
    }

    @Override
    public List<BoundExpression> children() {
      List<BoundExpression> children = new ArrayList<>(elements.size() + 1);
      children.add(operand);
      children.addAll(elements);
      return children;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new InList(
          children.get(0), children.subList(1, children.size()), conversion, comparisonCollation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** operands IN (query), with as many columns as operands. */
  record InQuery(
      List<BoundExpression> operands,
      BoundQuery query,
      List<Affinity> conversions,
      List<Collation> collations)
      implements BoundCondition {
    public InQuery {
      operands = List.copyOf(operands);
      conversions = List.copyOf(conversions);
      collations = List.copyOf(collations);
    }

    @Override
    public List<BoundExpression> children() {
      return operands;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new InQuery(children, query, conversions, collations);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Whether the query has a row. */
  record Exists(BoundQuery query) implements BoundCondition, BoundExpression.Leaf {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
