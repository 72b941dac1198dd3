package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.BinaryOperator;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.LikeOperator;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.UnaryOperator;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import java.util.ArrayList;
import java.util.List;
import org.antlr.v4.runtime.RuleContext;
import org.antlr.v4.runtime.Token;

/** Builds expressions of operators; what operators stand between is its superclass's. */
abstract class ExpressionBuilder extends PrimaryBuilder {
  /** The databases that stand before names of tables that are read. */
  final List<String> sourceDatabases = new ArrayList<>();

  /**
   * Whether the statement has a NOT before an operand; without one nothing needs to be regrouped.
   */
  private boolean notSeen;

  ExpressionBuilder(TokenBuffer tokens) {
    super(tokens);
  }

  // ---- operators before their operand

  @Override
  public void exitUnary(SqliteParser.UnaryContext context) {
    List<Token> operators = context.operators;
    for (int i = operators.size() - 1; i >= 0; i--) {
      Token token = operators.get(i);
      UnaryOperator operator =
          switch (token.getType()) {
            case SqliteLexer.MINUS -> UnaryOperator.NEGATE;
            case SqliteLexer.PLUS -> UnaryOperator.PLUS;
            case SqliteLexer.TILDE -> UnaryOperator.BIT_NOT;
            default -> UnaryOperator.NOT;
          };
      notSeen |= operator == UnaryOperator.NOT;
      Span span = new Span(token.getStartIndex(), stack.end());
      stack.push(new Expression.Unary(operator, stack.pop(Expression.class), span));
    }
  }

  // ---- operators between operands

  @Override
  public void exitDisjunctionTail(SqliteParser.DisjunctionTailContext context) {
    logical(BinaryOperator.OR);
  }

  @Override
  public void exitConjunctionTail(SqliteParser.ConjunctionTailContext context) {
    logical(BinaryOperator.AND);
  }

  /** AND and OR bind looser than NOT, so their left operand is complete. */
  private void logical(BinaryOperator operator) {
    int end = stack.end();
    Expression right = stack.pop(Expression.class);
    Span span = new Span(stack.start(), end);
    stack.push(new Expression.Binary(operator, stack.pop(Expression.class), right, span));
  }

  @Override
  public void exitEqualTail(SqliteParser.EqualTailContext context) {
    binary(
        context.operator.getType() == SqliteLexer.EQ
            ? BinaryOperator.EQUAL
            : BinaryOperator.NOT_EQUAL);
  }

  @Override
  public void exitIsTail(SqliteParser.IsTailContext context) {
    is(context.distinct != null);
  }

  @Override
  public void exitIsNotTail(SqliteParser.IsNotTailContext context) {
    is(context.distinct == null);
  }

  private void is(boolean negated) {
    if (stack.top() instanceof Expression.NullLiteral) {
      int end = stack.end();
      stack.pop();
      isNull(negated, end);
    } else {
      binary(negated ? BinaryOperator.IS_NOT : BinaryOperator.IS);
    }
  }

  @Override
  public void exitIsNull(SqliteParser.IsNullContext context) {
    isNull(false, end(context));
  }

  @Override
  public void exitNotNullTest(SqliteParser.NotNullTestContext context) {
    isNull(true, end(context));
  }

  @Override
  public void exitNotNull(SqliteParser.NotNullContext context) {
    isNull(true, end(context));
  }

  private void isNull(boolean negated, int end) {
    combine(end, (left, span) -> new Expression.IsNull(left, negated, span));
  }

  @Override
  public void exitInequalityTail(SqliteParser.InequalityTailContext context) {
    binary(
        switch (context.operator.getType()) {
          case SqliteLexer.LT -> BinaryOperator.LESS;
          case SqliteLexer.LE -> BinaryOperator.LESS_OR_EQUAL;
          case SqliteLexer.GT -> BinaryOperator.GREATER;
          default -> BinaryOperator.GREATER_OR_EQUAL;
        });
  }

  @Override
  public void exitBitwiseTail(SqliteParser.BitwiseTailContext context) {
    binary(
        switch (context.operator.getType()) {
          case SqliteLexer.AMPERSAND -> BinaryOperator.BIT_AND;
          case SqliteLexer.BAR -> BinaryOperator.BIT_OR;
          case SqliteLexer.SHIFT_LEFT -> BinaryOperator.SHIFT_LEFT;
          default -> BinaryOperator.SHIFT_RIGHT;
        });
  }

  @Override
  public void exitSumTail(SqliteParser.SumTailContext context) {
    binary(
        context.operator.getType() == SqliteLexer.PLUS
            ? BinaryOperator.ADD
            : BinaryOperator.SUBTRACT);
  }

  @Override
  public void exitProductTail(SqliteParser.ProductTailContext context) {
    binary(
        switch (context.operator.getType()) {
          case SqliteLexer.STAR -> BinaryOperator.MULTIPLY;
          case SqliteLexer.SLASH -> BinaryOperator.DIVIDE;
          default -> BinaryOperator.REMAINDER;
        });
  }

  @Override
  public void exitConcatenationTail(SqliteParser.ConcatenationTailContext context) {
    binary(
        switch (context.operator.getType()) {
          case SqliteLexer.CONCAT -> BinaryOperator.CONCATENATE;
          case SqliteLexer.ARROW -> BinaryOperator.EXTRACT_JSON;
          default -> BinaryOperator.EXTRACT_VALUE;
        });
  }

  private void binary(BinaryOperator operator) {
    int end = stack.end();
    Expression right = stack.pop(Expression.class);
    combine(end, (left, span) -> new Expression.Binary(operator, left, right, span));
  }

  @Override
  public void exitCollationTail(SqliteParser.CollationTailContext context) {
    Name collation = stack.pop(Name.class);
    combine(end(context), (left, span) -> new Expression.Collate(left, collation, span));
  }

  // ---- operators with a NOT of their own

  @Override
  public void exitLikeTail(SqliteParser.LikeTailContext context) {
    LikeOperator operator =
        switch (context.operator.getType()) {
          case SqliteLexer.LIKE -> LikeOperator.LIKE;
          case SqliteLexer.GLOB -> LikeOperator.GLOB;
          case SqliteLexer.REGEXP -> LikeOperator.REGEXP;
          default -> LikeOperator.MATCH;
        };
    boolean negated = isNegated(context);
    int end = stack.end();
    Expression escape = stack.popIf(context.escape, Expression.class);
    Expression pattern = stack.pop(Expression.class);
    combine(
        end, (left, span) -> new Expression.Like(operator, left, pattern, escape, negated, span));
  }

  @Override
  public void exitBetweenTail(SqliteParser.BetweenTailContext context) {
    boolean negated = isNegated(context);
    int end = stack.end();
    Expression high = stack.pop(Expression.class);
    Expression low = stack.pop(Expression.class);
    combine(end, (left, span) -> new Expression.Between(left, low, high, negated, span));
  }

  @Override
  public void exitInSelect(SqliteParser.InSelectContext context) {
    boolean negated = isNegated(context.getParent());
    SelectStatement query = stack.pop(SelectStatement.class);
    combine(end(context), (left, span) -> new Expression.InQuery(left, query, negated, span));
  }

  @Override
  public void exitInList(SqliteParser.InListContext context) {
    boolean negated = isNegated(context.getParent());
    List<Expression> elements = stack.pop(ExpressionList.class).expressions();
    if (elements.size() == 1 && elements.get(0) instanceof Expression.Subquery only) {
      // All rows of a query that is alone in the list count, not its first one.
      combine(
          end(context), (left, span) -> new Expression.InQuery(left, only.query(), negated, span));
      return;
    }
    combine(
        end(context),
        (left, span) -> {
          if (left instanceof Expression.RowValue row) {
            requireRows(elements, row.elements().size());
          }
          return new Expression.InList(left, elements, negated, span);
        });
  }

  /** A row is looked for among rows of as many values. */
  private static void requireRows(List<Expression> elements, int count) {
    for (Expression element : elements) {
      int found = element instanceof Expression.RowValue row ? row.elements().size() : 1;
      if (found != count) {
        throw new SqlSyntaxException(
            "IN(...) element has "
                + found
                + (found == 1 ? " term" : " terms")
                + " - expected "
                + count,
            element.span().start());
      }
    }
  }

  /** Takes the name of a table that is read. */
  final QualifiedName sourceName() {
    QualifiedName name = stack.pop(QualifiedName.class);
    if (name.schema() != null) {
      sourceDatabases.add(name.schema().text());
    }
    return name;
  }

  @Override
  public void exitInTable(SqliteParser.InTableContext context) {
    boolean negated = isNegated(context.getParent());
    ExpressionList arguments = stack.popIf(context.arguments, ExpressionList.class);
    QualifiedName name = sourceName();
    TableReference table =
        arguments == null
            ? new TableReference.Table(name, null, null)
            : new TableReference.TableFunction(name, arguments.expressions(), null);
    combine(end(context), (left, span) -> new Expression.InTable(left, table, negated, span));
  }

  private static boolean isNegated(RuleContext negatable) {
    return negatable.parent instanceof SqliteParser.NotNegatableContext;
  }

  // ---- how far a NOT reaches

  /** What an operator makes of the operand before it; the rest of the operator is known already. */
  private interface Tail {
    Expression after(Expression left, Span span);
  }

  /**
   * Gives the last expression to an operator that follows it.
   *
   * <p>All operators here bind tighter than NOT. So if the expression ends in the operand of a NOT,
   * that operand is what the operator gets, and the NOT reaches over the operator:
   *
   * <pre>
   *   1 + NOT a  then  = b      becomes      1 + (NOT (a = b))
   * </pre>
   */
  private void combine(int end, Tail tail) {
    Span span = new Span(stack.start(), end);
    boolean open = notSeen && endsInNot((Expression) stack.top(), stack.end());
    Expression left = stack.pop(Expression.class);
    stack.push(open ? intoNot(left, end, tail) : tail.after(left, span));
  }

  /** Whether the expression's last part is the operand of a NOT, with no parenthesis behind it. */
  private static boolean endsInNot(Expression expression, int end) {
    if (expression.span().end() != end) {
      return false;
    }
    if (expression instanceof Expression.Unary unary) {
      return unary.operator() == UnaryOperator.NOT || endsInNot(unary.operand(), end);
    }
    if (expression instanceof Expression.Binary binary) {
      return endsInNot(binary.right(), end);
    }
    if (expression instanceof Expression.Between between) {
      return endsInNot(between.high(), end);
    }
    if (expression instanceof Expression.Like like) {
      return endsInNot(like.escape() == null ? like.pattern() : like.escape(), end);
    }
    return false;
  }

  /**
   * The expression, which {@linkplain #endsInNot ends in NOT}, with the innermost such operand
   * changed.
   */
  private static Expression intoNot(Expression expression, int end, Tail tail) {
    Span span = new Span(expression.span().start(), end);
    if (expression instanceof Expression.Unary unary) {
      Expression operand = unary.operand();
      boolean inner = endsInNot(operand, unary.span().end());
      Expression changed =
          inner
              ? intoNot(operand, end, tail)
              : tail.after(operand, new Span(operand.span().start(), end));
      return new Expression.Unary(unary.operator(), changed, span);
    }
    if (expression instanceof Expression.Binary binary) {
      return new Expression.Binary(
          binary.operator(), binary.left(), intoNot(binary.right(), end, tail), span);
    }
    if (expression instanceof Expression.Between between) {
      return new Expression.Between(
          between.operand(),
          between.low(),
          intoNot(between.high(), end, tail),
          between.negated(),
          span);
    }
    Expression.Like like = (Expression.Like) expression;
    boolean escaped = like.escape() != null;
    return new Expression.Like(
        like.operator(),
        like.operand(),
        escaped ? like.pattern() : intoNot(like.pattern(), end, tail),
        escaped ? intoNot(like.escape(), end, tail) : null,
        like.negated(),
        span);
  }
}
