package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.BinaryOperator;
import dev.tursojdbc.sql.ast.Expression;

/**
 * Tells which conjunctions SQLite takes for the literal 0 as soon as it has read them: those with a
 * literal 0 on one side, unless a function is called on either.
 *
 * <p>Names in them are never looked up, so they may be wrong: {@code SELECT 0 AND nosuch} is 0.
 * What is called inside of a query does not count.
 */
final class FalseConjunction {
  private FalseConjunction() {}

  static boolean is(Expression.Binary binary) {
    return binary.operator() == BinaryOperator.AND
        && (isFalse(binary.left()) || isFalse(binary.right()))
        && !binary.left().hasCall()
        && !binary.right().hasCall();
  }

  private static boolean isFalse(Expression expression) {
    if (expression instanceof Expression.IntegerLiteral literal) {
      return literal.isLong() && literal.value() == 0;
    }
    return expression instanceof Expression.Binary binary && is(binary);
  }
}
