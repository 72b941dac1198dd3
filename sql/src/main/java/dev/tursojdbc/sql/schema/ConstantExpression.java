package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.Expression;

/**
 * Whether an expression can be a DEFAULT: literals, operators and calls of functions, but no
 * columns, parameters or subqueries. A name in double quotes is a column here, too: only where it
 * is the whole DEFAULT, without parentheses, is it a string, and the parser has made it one.
 */
final class ConstantExpression {
  private ConstantExpression() {}

  /**
   * @param mayHaveParameters as those in definitions that are there, where parameters are NULL
   */
  static boolean isConstant(Expression expression, boolean mayHaveParameters) {
    return isInNothing(expression)
        || mayStand(expression, mayHaveParameters)
            && expression.operands().stream()
                .allMatch(operand -> isConstant(operand, mayHaveParameters));
  }

  /** {@code x IN ()} is FALSE, whatever x is, if it calls no function. */
  private static boolean isInNothing(Expression expression) {
    return expression instanceof Expression.InList in
        && in.elements().isEmpty()
        && !in.operand().hasCall();
  }

  private static boolean mayStand(Expression expression, boolean mayHaveParameters) {
    if (expression instanceof Expression.FunctionCall call) {
      return call.over() == null && call.filter() == null;
    }
    boolean isName =
        expression instanceof Expression.ColumnReference && !expression.isTruthLiteral();
    return !isName
        && !expression.readsRows()
        && (mayHaveParameters || !(expression instanceof Expression.Parameter))
        && !(expression instanceof Expression.Raise);
  }
}
