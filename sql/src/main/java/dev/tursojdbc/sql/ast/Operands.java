package dev.tursojdbc.sql.ast;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The expressions that an expression consists of, from left to right. Queries are none: what stands
 * in them has its own names. Nor are the FILTER, ORDER BY and OVER of a function call.
 */
final class Operands implements Expression.Visitor<List<Expression>> {
  static final Operands VISITOR = new Operands();

  private Operands() {}

  private static List<Expression> and(List<Expression> some, @Nullable Expression last) {
    if (last == null) {
      return some;
    }
    List<Expression> all = new ArrayList<>(some);
    all.add(last);
    return all;
  }

  @Override
  public List<Expression> visit(Expression.NullLiteral literal) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.IntegerLiteral literal) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.RealLiteral literal) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.StringLiteral literal) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.BlobLiteral literal) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.CurrentTime literal) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.Parameter parameter) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.ColumnReference reference) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.Unary unary) {
    return List.of(unary.operand());
  }

  @Override
  public List<Expression> visit(Expression.Binary binary) {
    return List.of(binary.left(), binary.right());
  }

  @Override
  public List<Expression> visit(Expression.IsNull isNull) {
    return List.of(isNull.operand());
  }

  @Override
  public List<Expression> visit(Expression.Between between) {
    return List.of(between.operand(), between.low(), between.high());
  }

  @Override
  public List<Expression> visit(Expression.Like like) {
    return and(List.of(like.operand(), like.pattern()), like.escape());
  }

  @Override
  public List<Expression> visit(Expression.InList in) {
    List<Expression> all = new ArrayList<>();
    all.add(in.operand());
    all.addAll(in.elements());
    return all;
  }

  @Override
  public List<Expression> visit(Expression.InQuery in) {
    return List.of(in.operand());
  }

  @Override
  public List<Expression> visit(Expression.InTable in) {
    return List.of(in.operand());
  }

  @Override
  public List<Expression> visit(Expression.Exists exists) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.Subquery subquery) {
    return List.of();
  }

  @Override
  public List<Expression> visit(Expression.RowValue rowValue) {
    return rowValue.elements();
  }

  @Override
  public List<Expression> visit(Expression.Collate collate) {
    return List.of(collate.operand());
  }

  @Override
  public List<Expression> visit(Expression.Cast cast) {
    return List.of(cast.operand());
  }

  @Override
  public List<Expression> visit(Expression.Case caseExpression) {
    List<Expression> all = new ArrayList<>(and(List.of(), caseExpression.base()));
    for (Expression.When when : caseExpression.branches()) {
      all.add(when.condition());
      all.add(when.result());
    }
    return and(all, caseExpression.otherwise());
  }

  @Override
  public List<Expression> visit(Expression.FunctionCall call) {
    return call.arguments();
  }

  @Override
  public List<Expression> visit(Expression.Raise raise) {
    return and(List.of(), raise.message());
  }
}
