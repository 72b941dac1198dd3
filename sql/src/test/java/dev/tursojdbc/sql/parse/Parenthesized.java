package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.TableReference;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * An expression as SQL, with parentheses around everything that has operands. Without subqueries.
 */
final class Parenthesized implements Expression.Visitor<String> {
  private Parenthesized() {}

  static String text(Expression expression) {
    return expression.accept(new Parenthesized());
  }

  static String of(String sql) {
    return text(SqlParser.parseExpression(sql));
  }

  private String show(@Nullable Expression expression) {
    return expression == null ? "" : expression.accept(this);
  }

  private String list(List<Expression> expressions) {
    return expressions.stream().map(this::show).collect(Collectors.joining(", ", "(", ")"));
  }

  private static String not(boolean negated) {
    return negated ? " NOT" : "";
  }

  @Override
  public String visit(Expression.NullLiteral literal) {
    return "NULL";
  }

  @Override
  public String visit(Expression.IntegerLiteral literal) {
    return literal.text();
  }

  @Override
  public String visit(Expression.RealLiteral literal) {
    return literal.text();
  }

  @Override
  public String visit(Expression.StringLiteral literal) {
    return "'" + literal.value().replace("'", "''") + "'";
  }

  @Override
  public String visit(Expression.BlobLiteral literal) {
    return "x'" + literal.hex() + "'";
  }

  @Override
  public String visit(Expression.CurrentTime literal) {
    return literal.kind().name();
  }

  @Override
  public String visit(Expression.Parameter parameter) {
    return parameter.spelling();
  }

  @Override
  public String visit(Expression.ColumnReference reference) {
    return (reference.schema() == null ? "" : reference.schema() + ".")
        + (reference.table() == null ? "" : reference.table() + ".")
        + reference.column();
  }

  @Override
  public String visit(Expression.Unary unary) {
    return "(" + unary.operator().symbol() + " " + show(unary.operand()) + ")";
  }

  @Override
  public String visit(Expression.Binary binary) {
    return "("
        + show(binary.left())
        + " "
        + binary.operator().symbol()
        + " "
        + show(binary.right())
        + ")";
  }

  @Override
  public String visit(Expression.IsNull isNull) {
    return "(" + show(isNull.operand()) + " IS" + not(isNull.negated()) + " NULL)";
  }

  @Override
  public String visit(Expression.Between between) {
    return "("
        + show(between.operand())
        + not(between.negated())
        + " BETWEEN "
        + show(between.low())
        + " AND "
        + show(between.high())
        + ")";
  }

  @Override
  public String visit(Expression.Like like) {
    String escape = like.escape() == null ? "" : " ESCAPE " + show(like.escape());
    return "("
        + show(like.operand())
        + not(like.negated())
        + " "
        + like.operator().name()
        + " "
        + show(like.pattern())
        + escape
        + ")";
  }

  @Override
  public String visit(Expression.InList in) {
    return "(" + show(in.operand()) + not(in.negated()) + " IN " + list(in.elements()) + ")";
  }

  @Override
  public String visit(Expression.InQuery in) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String visit(Expression.InTable in) {
    TableReference.Table table = (TableReference.Table) in.table();
    return "(" + show(in.operand()) + not(in.negated()) + " IN " + table.name().name() + ")";
  }

  @Override
  public String visit(Expression.Exists exists) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String visit(Expression.Subquery subquery) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String visit(Expression.RowValue rowValue) {
    return list(rowValue.elements());
  }

  @Override
  public String visit(Expression.Collate collate) {
    return "(" + show(collate.operand()) + " COLLATE " + collate.collation() + ")";
  }

  @Override
  public String visit(Expression.Cast cast) {
    return "CAST(" + show(cast.operand()) + " AS " + cast.type() + ")";
  }

  @Override
  public String visit(Expression.Case caseExpression) {
    return "CASE "
        + show(caseExpression.base())
        + caseExpression.branches().stream()
            .map(when -> " WHEN " + show(when.condition()) + " THEN " + show(when.result()))
            .collect(Collectors.joining())
        + (caseExpression.otherwise() == null ? "" : " ELSE " + show(caseExpression.otherwise()))
        + " END";
  }

  @Override
  public String visit(Expression.FunctionCall call) {
    return call.name() + (call.star() ? "(*)" : list(call.arguments()));
  }

  @Override
  public String visit(Expression.Raise raise) {
    return "RAISE(" + raise.action() + ", " + show(raise.message()) + ")";
  }
}
