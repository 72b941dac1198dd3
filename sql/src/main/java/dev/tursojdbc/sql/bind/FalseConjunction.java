package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.BinaryOperator;
import dev.tursojdbc.sql.ast.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Tells which conjunctions SQLite takes for the literal 0 as soon as it has read them: those with a
 * literal 0 on one side, unless a function is called on either.
 *
 * <p>Names in them are never looked up, so they may be wrong: {@code SELECT 0 AND nosuch} is 0.
 * What is called inside of a query does not count.
 */
final class FalseConjunction implements Expression.Visitor<Boolean> {
  private static final FalseConjunction CALLS = new FalseConjunction();

  private FalseConjunction() {}

  static boolean is(Expression.Binary binary) {
    return binary.operator() == BinaryOperator.AND
        && (isFalse(binary.left()) || isFalse(binary.right()))
        && !hasCall(binary.left())
        && !hasCall(binary.right());
  }

  private static boolean isFalse(Expression expression) {
    if (expression instanceof Expression.IntegerLiteral literal) {
      return literal.isLong() && literal.value() == 0;
    }
    return expression instanceof Expression.Binary binary && is(binary);
  }

  private static boolean hasCall(@Nullable Expression expression) {
    return expression != null && expression.accept(CALLS);
  }

  private static boolean hasCall(List<Expression> expressions) {
    return expressions.stream().anyMatch(FalseConjunction::hasCall);
  }

  @Override
  public Boolean visit(Expression.NullLiteral literal) {
    return false;
  }

  @Override
  public Boolean visit(Expression.IntegerLiteral literal) {
    return false;
  }

  @Override
  public Boolean visit(Expression.RealLiteral literal) {
    return false;
  }

  @Override
  public Boolean visit(Expression.StringLiteral literal) {
    return false;
  }

  @Override
  public Boolean visit(Expression.BlobLiteral literal) {
    return false;
  }

  @Override
  public Boolean visit(Expression.CurrentTime literal) {
    return true;
  }

  @Override
  public Boolean visit(Expression.Parameter parameter) {
    return false;
  }

  @Override
  public Boolean visit(Expression.ColumnReference reference) {
    return false;
  }

  @Override
  public Boolean visit(Expression.Unary unary) {
    return hasCall(unary.operand());
  }

  @Override
  public Boolean visit(Expression.Binary binary) {
    boolean isCall =
        binary.operator() == BinaryOperator.EXTRACT_JSON
            || binary.operator() == BinaryOperator.EXTRACT_VALUE;
    return isCall || hasCall(binary.left()) || hasCall(binary.right());
  }

  @Override
  public Boolean visit(Expression.IsNull isNull) {
    return hasCall(isNull.operand());
  }

  @Override
  public Boolean visit(Expression.Between between) {
    return hasCall(between.operand()) || hasCall(between.low()) || hasCall(between.high());
  }

  @Override
  public Boolean visit(Expression.Like like) {
    return true;
  }

  @Override
  public Boolean visit(Expression.InList in) {
    return hasCall(in.operand()) || hasCall(in.elements());
  }

  @Override
  public Boolean visit(Expression.InQuery in) {
    return hasCall(in.operand());
  }

  @Override
  public Boolean visit(Expression.InTable in) {
    return hasCall(in.operand());
  }

  @Override
  public Boolean visit(Expression.Exists exists) {
    return false;
  }

  @Override
  public Boolean visit(Expression.Subquery subquery) {
    return false;
  }

  @Override
  public Boolean visit(Expression.RowValue rowValue) {
    return hasCall(rowValue.elements());
  }

  @Override
  public Boolean visit(Expression.Collate collate) {
    return hasCall(collate.operand());
  }

  @Override
  public Boolean visit(Expression.Cast cast) {
    return hasCall(cast.operand());
  }

  @Override
  public Boolean visit(Expression.Case caseExpression) {
    return hasCall(caseExpression.base())
        || hasCall(caseExpression.otherwise())
        || caseExpression.branches().stream()
            .anyMatch(when -> hasCall(when.condition()) || hasCall(when.result()));
  }

  @Override
  public Boolean visit(Expression.FunctionCall call) {
    return true;
  }

  @Override
  public Boolean visit(Expression.Raise raise) {
    return false;
  }
}
