package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.WindowDefinition;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Builds what operators stand between: literals, columns, calls, parameters, CASE, subqueries. */
abstract class PrimaryBuilder extends AstBuilder {
  /** Most arguments of a call: what connections of sqlite-jdbc are limited to. */
  private static final int MAX_ARGUMENTS = 100;

  /** Arguments of the longest call so far, and its function. */
  int mostArguments;

  String longestCall = "";

  final Parameters parameters = new Parameters(stack);

  /** Where the last call with OVER begins, or -1. */
  int lastWindowCall = -1;

  PrimaryBuilder(TokenBuffer tokens) {
    super(tokens);
  }

  /** Several expressions, as one thing on the stack. */
  record ExpressionList(List<Expression> expressions) {}

  /** Several terms of an ORDER BY, as one thing on the stack. */
  record OrderingTerms(List<OrderingTerm> terms) {}

  List<OrderingTerm> popTerms(@Nullable Object part) {
    return part == null ? List.of() : stack.pop(OrderingTerms.class).terms();
  }

  String upperText(Token token) {
    return text(token).toUpperCase(Locale.ROOT);
  }

  // ---- literals and parameters

  @Override
  public void exitLiteral(SqliteParser.LiteralContext context) {
    Token token = context.getStart();
    Span span = span(token);
    stack.push(
        switch (token.getType()) {
          case SqliteLexer.INTEGER -> new Expression.IntegerLiteral(text(token), span);
          case SqliteLexer.REAL -> new Expression.RealLiteral(text(token), span);
          case SqliteLexer.SEPARATED -> separatedNumber(text(token), span);
          case SqliteLexer.BLOB -> {
            String written = text(token);
            yield new Expression.BlobLiteral(written.substring(2, written.length() - 1), span);
          }
          default -> new Expression.NullLiteral(span);
        });
  }

  /** A number with underscores, of which each must stand between two digits. */
  private Expression separatedNumber(String written, Span span) {
    boolean hexadecimal = written.length() > 1 && Character.toLowerCase(written.charAt(1)) == 'x';
    int radix = hexadecimal ? 16 : 10;
    for (int i = written.indexOf('_'); i >= 0; i = written.indexOf('_', i + 1)) {
      if (!isDigit(written, i - 1, radix) || !isDigit(written, i + 1, radix)) {
        stack.fail("unrecognized token: \"" + written + "\"", span.start());
      }
    }
    String digits = written.replace("_", "");
    boolean real =
        !hexadecimal
            && (digits.indexOf('.') >= 0 || digits.indexOf('e') >= 0 || digits.indexOf('E') >= 0);
    return real
        ? new Expression.RealLiteral(digits, span)
        : new Expression.IntegerLiteral(digits, span);
  }

  private static boolean isDigit(String written, int at, int radix) {
    return at < written.length() && Character.digit(written.charAt(at), radix) >= 0;
  }

  @Override
  public void exitString(SqliteParser.StringContext context) {
    stack.push(new Expression.StringLiteral(unquote(text(context)), span(context)));
  }

  @Override
  public void exitCurrentTime(SqliteParser.CurrentTimeContext context) {
    Expression.CurrentTime.Kind kind =
        switch (context.getStart().getType()) {
          case SqliteLexer.CURRENT_DATE -> Expression.CurrentTime.Kind.CURRENT_DATE;
          case SqliteLexer.CURRENT_TIME -> Expression.CurrentTime.Kind.CURRENT_TIME;
          default -> Expression.CurrentTime.Kind.CURRENT_TIMESTAMP;
        };
    stack.push(new Expression.CurrentTime(kind, span(context)));
  }

  @Override
  public void exitVariablePrimary(SqliteParser.VariablePrimaryContext context) {
    String spelling = text(context);
    int number = parameters.number(spelling, start(context));
    stack.push(new Expression.Parameter(spelling, number, span(context)));
  }

  // ---- names and calls

  @Override
  public void exitNamePrimary(SqliteParser.NamePrimaryContext context) {
    if (stack.top() instanceof Name name) {
      stack.pop();
      stack.push(new Expression.ColumnReference(null, null, name, name.span()));
    }
  }

  @Override
  public void exitQualification(SqliteParser.QualificationContext context) {
    Name third = stack.popIf(context.third, Name.class);
    Name second = stack.pop(Name.class);
    Object before = stack.pop();
    Name first =
        before instanceof Expression.StringLiteral string
            ? new Name(string.value(), Name.Quote.SINGLE, string.span())
            : (Name) before;
    Span span = new Span(first.span().start(), end(context));
    stack.push(
        third == null
            ? new Expression.ColumnReference(null, first, second, span)
            : new Expression.ColumnReference(first, second, third, span));
  }

  @Override
  public void exitArgumentList(SqliteParser.ArgumentListContext context) {
    stack.push(new ExpressionList(stack.popList(context.arguments.size(), Expression.class)));
  }

  @Override
  public void exitCall(SqliteParser.CallContext context) {
    WindowDefinition over = stack.popIf(context.over, WindowDefinition.class);
    Expression filter = stack.popIf(context.filter, Expression.class);
    boolean star = context.star != null;
    List<OrderingTerm> order = popTerms(context.order);
    List<Expression> arguments = star ? List.of() : stack.pop(ExpressionList.class).expressions();
    Name name = stack.pop(Name.class);
    if (arguments.size() > mostArguments) {
      mostArguments = arguments.size();
      longestCall = text.substring(name.span().start(), name.span().end());
    }
    if (arguments.size() > MAX_ARGUMENTS) {
      throw new SqlSyntaxException(
          "too many arguments on function "
              + text.substring(name.span().start(), name.span().end()),
          name.span().start());
    }
    if (over != null && context.distinct != null) {
      throw new SqlSyntaxException(
          "DISTINCT is not supported for window functions", name.span().start());
    }
    if (over != null) {
      lastWindowCall = name.span().start();
    }
    stack.push(
        new Expression.FunctionCall(
            name,
            context.distinct != null,
            star,
            arguments,
            order,
            filter,
            over,
            new Span(name.span().start(), end(context))));
  }

  @Override
  public void exitCastPrimary(SqliteParser.CastPrimaryContext context) {
    String type = stack.popIf(context.type, String.class);
    Expression operand = stack.pop(Expression.class);
    stack.push(new Expression.Cast(operand, type == null ? "" : type, span(context)));
  }

  // ---- compounds

  @Override
  public void exitGroup(SqliteParser.GroupContext context) {
    int count = context.elements.size();
    if (count == 1) {
      stack.widen(start(context), end(context));
    } else {
      stack.push(new Expression.RowValue(stack.popList(count, Expression.class), span(context)));
    }
  }

  @Override
  public void exitSubquery(SqliteParser.SubqueryContext context) {
    stack.push(new Expression.Subquery(stack.pop(SelectStatement.class), span(context)));
  }

  @Override
  public void exitExistsPrimary(SqliteParser.ExistsPrimaryContext context) {
    stack.push(new Expression.Exists(stack.pop(SelectStatement.class), span(context)));
  }

  @Override
  public void exitWhenBranch(SqliteParser.WhenBranchContext context) {
    Expression result = stack.pop(Expression.class);
    stack.push(new Expression.When(stack.pop(Expression.class), result));
  }

  @Override
  public void exitCasePrimary(SqliteParser.CasePrimaryContext context) {
    Expression otherwise = stack.popIf(context.otherwise, Expression.class);
    List<Expression.When> branches = stack.popList(context.branches.size(), Expression.When.class);
    Expression base = stack.popIf(context.base, Expression.class);
    stack.push(new Expression.Case(base, branches, otherwise, span(context)));
  }

  @Override
  public void exitRaisePrimary(SqliteParser.RaisePrimaryContext context) {
    Expression message = stack.popIf(context.message, Expression.class);
    ConflictAction action = ConflictAction.valueOf(upperText(context.action));
    stack.push(new Expression.Raise(action, message, span(context)));
  }

  // ---- ordering, which calls have too

  @Override
  public void exitOrderingTerm(SqliteParser.OrderingTermContext context) {
    OrderingTerm.Nulls nulls =
        context.nulls == null
            ? null
            : context.nulls.getType() == SqliteLexer.FIRST
                ? OrderingTerm.Nulls.FIRST
                : OrderingTerm.Nulls.LAST;
    stack.push(new OrderingTerm(stack.pop(Expression.class), direction(context.direction), nulls));
  }

  static OrderingTerm.@Nullable Direction direction(@Nullable Token token) {
    if (token == null) {
      return null;
    }
    return token.getType() == SqliteLexer.ASC
        ? OrderingTerm.Direction.ASCENDING
        : OrderingTerm.Direction.DESCENDING;
  }

  @Override
  public void exitOrderingTerms(SqliteParser.OrderingTermsContext context) {
    stack.push(new OrderingTerms(stack.popList(context.terms.size(), OrderingTerm.class)));
  }
}
