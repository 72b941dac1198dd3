package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether an expression can be a DEFAULT: literals, operators and calls of functions, but no
 * columns, parameters or subqueries. A name in double quotes is a column here, too: only where it
 * is the whole DEFAULT, without parentheses, is it a string, and the parser has made it one.
 */
final class ConstantExpression implements Expression.Visitor<Boolean> {
  private static final ConstantExpression VISITOR = new ConstantExpression();

  private ConstantExpression() {}

  static boolean isConstant(Expression expression) {
    return expression.accept(VISITOR);
  }

  private boolean all(List<Expression> expressions) {
    return expressions.stream().allMatch(ConstantExpression::isConstant);
  }

  private static boolean optional(@Nullable Expression expression) {
    return expression == null || isConstant(expression);
  }

  @Override
  public Boolean visit(Expression.NullLiteral literal) {
    return true;
  }

  @Override
  public Boolean visit(Expression.IntegerLiteral literal) {
    return true;
  }

  @Override
  public Boolean visit(Expression.RealLiteral literal) {
    return true;
  }

  @Override
  public Boolean visit(Expression.StringLiteral literal) {
    return true;
  }

  @Override
  public Boolean visit(Expression.BlobLiteral literal) {
    return true;
  }

  @Override
  public Boolean visit(Expression.CurrentTime literal) {
    return true;
  }

  @Override
  public Boolean visit(Expression.Parameter parameter) {
    return false;
  }

  /** TRUE and FALSE. */
  @Override
  public Boolean visit(Expression.ColumnReference reference) {
    return reference.table() == null
        && !reference.column().isQuoted()
        && (Names.same(reference.column().text(), "true")
            || Names.same(reference.column().text(), "false"));
  }

  @Override
  public Boolean visit(Expression.Unary unary) {
    return isConstant(unary.operand());
  }

  @Override
  public Boolean visit(Expression.Binary binary) {
    return isConstant(binary.left()) && isConstant(binary.right());
  }

  @Override
  public Boolean visit(Expression.IsNull isNull) {
    return isConstant(isNull.operand());
  }

  @Override
  public Boolean visit(Expression.Between between) {
    return isConstant(between.operand()) && isConstant(between.low()) && isConstant(between.high());
  }

  @Override
  public Boolean visit(Expression.Like like) {
    return isConstant(like.operand()) && isConstant(like.pattern()) && optional(like.escape());
  }

  @Override
  public Boolean visit(Expression.InList in) {
    return isConstant(in.operand()) && all(in.elements());
  }

  @Override
  public Boolean visit(Expression.InQuery in) {
    return false;
  }

  @Override
  public Boolean visit(Expression.InTable in) {
    return false;
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
    return all(rowValue.elements());
  }

  @Override
  public Boolean visit(Expression.Collate collate) {
    return isConstant(collate.operand());
  }

  @Override
  public Boolean visit(Expression.Cast cast) {
    return isConstant(cast.operand());
  }

  @Override
  public Boolean visit(Expression.Case caseExpression) {
    return optional(caseExpression.base())
        && optional(caseExpression.otherwise())
        && caseExpression.branches().stream()
            .allMatch(when -> isConstant(when.condition()) && isConstant(when.result()));
  }

  @Override
  public Boolean visit(Expression.FunctionCall call) {
    return call.over() == null && call.filter() == null && all(call.arguments());
  }

  @Override
  public Boolean visit(Expression.Raise raise) {
    return false;
  }
}
