package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.ComparisonOperator;

/** Whether one condition being true makes another one true, as far as their form shows it. */
final class Implication {
  private Implication() {}

  static boolean holds(BoundExpression premise, BoundExpression conclusion) {
    if (premise.equals(conclusion)) {
      return true;
    }
    if (conclusion instanceof BoundExpression.Or or) {
      return holds(premise, or.left()) || holds(premise, or.right());
    }
    return conclusion instanceof BoundExpression.IsNull isNull
        && isNull.negated()
        && rejectsNull(premise, isNull.operand());
  }

  /** Whether a condition cannot be true while an expression is NULL. */
  static boolean rejectsNull(BoundExpression condition, BoundExpression expression) {
    if (condition.equals(expression)) {
      return true;
    }
    if (condition instanceof BoundExpression.Comparison comparison) {
      return comparison.operator() != ComparisonOperator.IS
          && comparison.operator() != ComparisonOperator.IS_NOT
          && (carriesNull(comparison.left(), expression)
              || carriesNull(comparison.right(), expression));
    }
    if (condition instanceof BoundExpression.And and) {
      return rejectsNull(and.left(), expression) || rejectsNull(and.right(), expression);
    }
    if (condition instanceof BoundExpression.Between between) {
      return carriesNull(between.operand(), expression);
    }
    if (condition instanceof BoundExpression.InList in) {
      return carriesNull(in.operand(), expression);
    }
    if (condition instanceof BoundExpression.InQuery in) {
      return in.operands().size() == 1 && carriesNull(in.operands().get(0), expression);
    }
    return condition instanceof BoundExpression.IsNull isNull
        && isNull.negated()
        && carriesNull(isNull.operand(), expression);
  }

  /** Whether an expression is NULL where another one is. */
  static boolean carriesNull(BoundExpression whole, BoundExpression part) {
    if (whole.equals(part)) {
      return true;
    }
    if (whole instanceof BoundExpression.Arithmetic
        || whole instanceof BoundExpression.Unary
        || whole instanceof BoundExpression.Collate
        || whole instanceof BoundExpression.Cast) {
      return whole.children().stream().anyMatch(child -> carriesNull(child, part));
    }
    return false;
  }
}
