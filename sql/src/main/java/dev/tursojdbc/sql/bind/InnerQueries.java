package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.WindowDefinition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the queries that stand in expressions, in the order in which SQLite walks them: what is
 * left of an operator before what is right of it, the ORDER BY of a call before its arguments, the
 * pattern of a LIKE before what is compared with it. It does not go into the queries.
 */
abstract class InnerQueries implements Expression.Visitor<@Nullable Void> {

  /** A query stands in the expression. */
  abstract void query(SelectStatement query);

  /** A table stands in the expression, right of an IN. */
  abstract void table(TableReference table);

  final void walk(@Nullable Expression expression) {
    if (expression != null) {
      expression.accept(this);
    }
  }

  final void walk(List<Expression> expressions) {
    expressions.forEach(this::walk);
  }

  final void walkTerms(List<OrderingTerm> terms) {
    terms.forEach(term -> walk(term.expression()));
  }

  final void walk(WindowDefinition window, @Nullable Expression filter) {
    walkTerms(window.orderBy());
    walk(window.partitionBy());
    walk(filter);
    if (window.frame() != null) {
      walk(window.frame().start().distance());
      walk(window.frame().end().distance());
    }
  }

  @Override
  public final @Nullable Void visit(Expression.NullLiteral literal) {
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.IntegerLiteral literal) {
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.RealLiteral literal) {
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.StringLiteral literal) {
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.BlobLiteral literal) {
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.CurrentTime literal) {
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.Parameter parameter) {
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.ColumnReference reference) {
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.Unary unary) {
    return unary.operand().accept(this);
  }

  @Override
  public final @Nullable Void visit(Expression.Binary binary) {
    walk(binary.left());
    return binary.right().accept(this);
  }

  @Override
  public final @Nullable Void visit(Expression.IsNull isNull) {
    return isNull.operand().accept(this);
  }

  @Override
  public final @Nullable Void visit(Expression.Between between) {
    walk(between.operand());
    walk(between.low());
    return between.high().accept(this);
  }

  @Override
  public final @Nullable Void visit(Expression.Like like) {
    walk(like.pattern());
    walk(like.operand());
    walk(like.escape());
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.InList in) {
    walk(in.operand());
    walk(in.elements());
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.InQuery in) {
    walk(in.operand());
    query(in.query());
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.InTable in) {
    walk(in.operand());
    table(in.table());
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.Exists exists) {
    query(exists.query());
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.Subquery subquery) {
    query(subquery.query());
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.RowValue rowValue) {
    walk(rowValue.elements());
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.Collate collate) {
    return collate.operand().accept(this);
  }

  @Override
  public final @Nullable Void visit(Expression.Cast cast) {
    return cast.operand().accept(this);
  }

  @Override
  public final @Nullable Void visit(Expression.Case caseExpression) {
    walk(caseExpression.base());
    for (Expression.When branch : caseExpression.branches()) {
      walk(branch.condition());
      walk(branch.result());
    }
    walk(caseExpression.otherwise());
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.FunctionCall call) {
    walkTerms(call.orderBy());
    walk(call.arguments());
    if (call.over() != null) {
      walk(call.over(), call.filter());
    } else {
      walk(call.filter());
    }
    return null;
  }

  @Override
  public final @Nullable Void visit(Expression.Raise raise) {
    walk(raise.message());
    return null;
  }
}
