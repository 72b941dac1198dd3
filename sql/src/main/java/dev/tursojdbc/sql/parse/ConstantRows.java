package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Expression;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of VALUES that SQLite computes while it still reads the statement, as nothing that they mean
 * can depend on anything else: the second row and those that follow it, as long as all consist of
 * literals and operators. Such a row with more or fewer terms than the first is refused at once.
 *
 * <p>Where the first row has a CAST, whose affinity counts for the whole column, or anything else
 * than literals and operators, all rows wait until their names are resolved.
 */
final class ConstantRows implements Expression.Visitor<Boolean> {
  private static final ConstantRows FIRST = new ConstantRows(true);
  private static final ConstantRows OTHER = new ConstantRows(false);

  /** Whether it is the first row, which may have anything in it that has a meaning by itself. */
  private final boolean isFirst;

  private ConstantRows(boolean isFirst) {
    this.isFirst = isFirst;
  }

  /** Whether a row is refused as soon as it is read. */
  static boolean differ(List<List<Expression>> rows) {
    List<Expression> first = rows.get(0);
    if (areOfOneSize(rows)
        || !FIRST.areConstant(first)
        || first.stream().anyMatch(ConstantRows::hasAffinity)) {
      return false;
    }
    for (List<Expression> row : rows.subList(1, rows.size())) {
      if (!OTHER.areConstant(row)) {
        return false;
      }
      if (row.size() != first.size()) {
        return true;
      }
    }
    return false;
  }

  /** Nearly always. */
  static boolean areOfOneSize(List<List<Expression>> rows) {
    int size = rows.get(0).size();
    return rows.stream().allMatch(row -> row.size() == size);
  }

  private static boolean hasAffinity(Expression expression) {
    return expression instanceof Expression.Collate collate
        ? hasAffinity(collate.operand())
        : expression instanceof Expression.Cast;
  }

  private boolean areConstant(List<Expression> expressions) {
    return expressions.stream().allMatch(expression -> expression.accept(this));
  }

  private boolean isConstant(@Nullable Expression expression) {
    return expression == null || expression.accept(this);
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
    return isFirst;
  }

  @Override
  public Boolean visit(Expression.Parameter parameter) {
    return true;
  }

  @Override
  public Boolean visit(Expression.ColumnReference reference) {
    String name = reference.column().text();
    return reference.table() == null
        && !reference.column().isQuoted()
        && (name.equalsIgnoreCase("true") || name.equalsIgnoreCase("false"));
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
    return isFirst
        && isConstant(like.operand())
        && isConstant(like.pattern())
        && isConstant(like.escape());
  }

  @Override
  public Boolean visit(Expression.InList in) {
    return isConstant(in.operand()) && areConstant(in.elements());
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
    return !isFirst && areConstant(rowValue.elements());
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
    for (Expression.When branch : caseExpression.branches()) {
      if (!isConstant(branch.condition()) || !isConstant(branch.result())) {
        return false;
      }
    }
    return isConstant(caseExpression.base()) && isConstant(caseExpression.otherwise());
  }

  @Override
  public Boolean visit(Expression.FunctionCall call) {
    return false;
  }

  @Override
  public Boolean visit(Expression.Raise raise) {
    return false;
  }
}
