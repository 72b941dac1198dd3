package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.ComparisonOperator;

/** Whether one condition being true makes another one true, as far as their form shows it. */
final class Implication {
  private Implication() {}

  static boolean holds(BoundExpression premise, BoundExpression conclusion) {
    if (premise.equals(conclusion)) {
      return true;
    }
    if (conclusion instanceof BoundCondition.Or or) {
      return holds(premise, or.left()) || holds(premise, or.right());
    }
    return conclusion instanceof BoundCondition.IsNull isNull
        && isNull.negated()
        && rejectsNull(premise, isNull.operand());
  }

  /** Whether a condition cannot be true while an expression is NULL. */
  static boolean rejectsNull(BoundExpression condition, BoundExpression expression) {
    if (condition.equals(expression)) {
      return true;
    }
    if (condition instanceof BoundCondition.Comparison comparison) {
      return comparison.operator() != ComparisonOperator.IS
          && comparison.operator() != ComparisonOperator.IS_NOT
          && (carriesNull(comparison.left(), expression)
              || carriesNull(comparison.right(), expression));
    }
    if (condition instanceof BoundCondition.And and) {
      return rejectsNull(and.left(), expression) || rejectsNull(and.right(), expression);
    }
    if (condition instanceof BoundCondition.Between between) {
      return carriesNull(between.operand(), expression);
    }
    if (condition instanceof BoundCondition.InList in) {
      return carriesNull(in.operand(), expression);
    }
    if (condition instanceof BoundCondition.InQuery in) {
      return in.operands().size() == 1 && carriesNull(in.operands().get(0), expression);
    }
    return condition instanceof BoundCondition.IsNull isNull
        && isNull.negated()
        && carriesNull(isNull.operand(), expression);
  }

  /** Whether an expression is NULL where another one is. */
  static boolean carriesNull(BoundExpression whole, BoundExpression part) {
    if (whole.equals(part)) {
      return true;
    }
    if (whole instanceof BoundValue.Arithmetic
        || whole instanceof BoundValue.Unary
        || whole instanceof BoundValue.Collate
        || whole instanceof BoundValue.Cast) {
      return whole.children().stream().anyMatch(child -> carriesNull(child, part));
    }
    return false;
  }
}
