package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FrameSpec;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.FromClause.JoinType;
import dev.tursojdbc.sql.ast.IndexHint;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.NamedWindow;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.WindowDefinition;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import java.util.List;
import java.util.Locale;
import org.antlr.v4.runtime.ParserRuleContext;
import org.jspecify.annotations.Nullable;

/** Builds FROM clauses with their joins, and windows. */
abstract class SourceBuilder extends ExpressionBuilder {
  /**
   * Whether an ON stands behind a FROM clause: SQLite takes it for a join's, never for an upsert's.
   */
  boolean onBehindSources;

  /** How many queries have ended; their numbers. */
  int queries;

  SourceBuilder(TokenBuffer tokens) {
    super(tokens);
  }

  // ---- sources

  @Override
  public void exitSources(SqliteParser.SourcesContext context) {
    List<FromClause.Join> joins = stack.popList(context.joins.size(), FromClause.Join.class);
    if (context.constraint != null) {
      stack.pop();
    }
    onBehindSources |= tokens.LA(1) == SqliteLexer.ON;
    stack.pushFlat(new FromClause(stack.pop(TableReference.class), joins));
  }

  @Override
  public void exitOnConstraint(SqliteParser.OnConstraintContext context) {
    checkJoin(context, "ON");
  }

  @Override
  public void exitUsingConstraint(SqliteParser.UsingConstraintContext context) {
    checkJoin(context, "USING");
  }

  /** A constraint that belongs to the first source has no join. */
  private void checkJoin(ParserRuleContext constraint, String word) {
    if (constraint.getParent() instanceof SqliteParser.SourcesContext) {
      stack.fail("a JOIN clause is required before " + word, start(constraint));
    }
  }

  @Override
  public void exitNamedSource(SqliteParser.NamedSourceContext context) {
    IndexHint hint = stack.popIf(context.hint, IndexHint.class);
    Name alias = stack.popIf(context.alias, Name.class);
    ExpressionList arguments = stack.popIf(context.arguments, ExpressionList.class);
    QualifiedName name = sourceName();
    stack.push(
        arguments == null
            ? new TableReference.Table(name, alias, hint)
            : new TableReference.TableFunction(name, arguments.expressions(), alias));
  }

  @Override
  public void exitNestedSource(SqliteParser.NestedSourceContext context) {
    Name alias = stack.popIf(context.alias, Name.class);
    stack.push(
        context.group == null
            ? new TableReference.Derived(stack.pop(SelectStatement.class), alias)
            : group(stack.pop(FromClause.class), alias));
  }

  /** SQLite counts a join in parentheses as a query, but not a single table. */
  private TableReference group(FromClause from, @Nullable Name alias) {
    boolean counts = alias != null || !from.joins().isEmpty();
    return new TableReference.Group(counts ? ++queries : 0, from, alias);
  }

  @Override
  public void exitIndexedBy(SqliteParser.IndexedByContext context) {
    checkHint(context, "INDEXED BY");
    stack.push(new IndexHint(stack.pop(Name.class)));
  }

  @Override
  public void exitNotIndexed(SqliteParser.NotIndexedContext context) {
    checkHint(context, "NOT INDEXED");
    stack.push(new IndexHint(null));
  }

  private void checkHint(ParserRuleContext context, String clause) {
    if (context.getParent() instanceof SqliteParser.TriggerUpdateContext
        || context.getParent() instanceof SqliteParser.TriggerDeleteContext) {
      stack.fail(
          "the " + clause + " clause is not allowed on UPDATE or DELETE statements within triggers",
          -1);
    }
  }

  // ---- joins

  /** What stands between two tables. */
  private record JoinOperator(JoinType type, boolean natural) {}

  @Override
  public void exitJoinStep(SqliteParser.JoinStepContext context) {
    Object constraint = context.constraint == null ? null : stack.pop();
    Expression on = constraint instanceof Expression expression ? expression : null;
    List<Name> using = constraint instanceof NameList list ? list.names() : List.of();
    TableReference table = stack.pop(TableReference.class);
    JoinOperator operator = stack.pop(JoinOperator.class);
    stack.push(new FromClause.Join(operator.type(), operator.natural(), table, on, using));
  }

  @Override
  public void exitCommaJoin(SqliteParser.CommaJoinContext context) {
    stack.push(new JoinOperator(JoinType.COMMA, false));
  }

  /**
   * SQLite takes up to three words before JOIN, in any order, and then asks whether they make sense
   * together.
   */
  @Override
  public void exitWordJoin(SqliteParser.WordJoinContext context) {
    Name third = stack.popIf(context.third, Name.class);
    Name second = stack.popIf(context.second, Name.class);
    if (context.word == null) {
      stack.push(new JoinOperator(JoinType.INNER, false));
      return;
    }
    JoinWords words = new JoinWords();
    words.add(text(context.word));
    words.add(second == null ? null : text.substring(second.span().start(), second.span().end()));
    words.add(third == null ? null : text.substring(third.span().start(), third.span().end()));
    stack.push(words.operator(stack, start(context)));
  }

  /** The words before a JOIN. */
  private static final class JoinWords {
    private final StringBuilder written = new StringBuilder();
    private boolean unknown;
    private boolean natural;
    private boolean inner;
    private boolean outer;
    private boolean cross;
    private boolean left;
    private boolean right;

    void add(@Nullable String word) {
      if (word == null) {
        return;
      }
      written.append(written.isEmpty() ? "" : " ").append(word);
      switch (word.toUpperCase(Locale.ROOT)) {
        case "NATURAL" -> natural = true;
        case "LEFT" -> left = true;
        case "RIGHT" -> right = true;
        case "FULL" -> {
          left = true;
          right = true;
        }
        case "OUTER" -> outer = true;
        case "INNER" -> inner = true;
        case "CROSS" -> cross = true;
        default -> unknown = true;
      }
    }

    JoinOperator operator(AstStack stack, int offset) {
      boolean sided = left || right;
      if (unknown || ((inner || cross) && (outer || sided)) || (outer && !sided)) {
        stack.fail("unknown join type: " + written, offset);
      }
      JoinType type =
          left && right
              ? JoinType.FULL
              : left
                  ? JoinType.LEFT
                  : right ? JoinType.RIGHT : cross ? JoinType.CROSS : JoinType.INNER;
      return new JoinOperator(type, natural);
    }
  }

  // ---- windows

  @Override
  public void exitNamedWindow(SqliteParser.NamedWindowContext context) {
    WindowDefinition definition = stack.pop(WindowDefinition.class);
    stack.pushFlat(new NamedWindow(stack.pop(Name.class), definition));
  }

  @Override
  public void exitOverClause(SqliteParser.OverClauseContext context) {
    if (context.reference != null) {
      stack.push(new WindowDefinition(stack.pop(Name.class), true, List.of(), List.of(), null));
    }
  }

  @Override
  public void exitWindow(SqliteParser.WindowContext context) {
    FrameSpec frame = stack.popIf(context.spec, FrameSpec.class);
    List<OrderingTerm> order = popTerms(context.order);
    List<Expression> partitions = stack.popList(context.partitions.size(), Expression.class);
    Name base = stack.popIf(context.base, Name.class);
    stack.pushFlat(new WindowDefinition(base, false, partitions, order, frame));
  }

  @Override
  public void exitFrame(SqliteParser.FrameContext context) {
    FrameSpec.Exclusion exclusion =
        context.exclusion == null
            ? FrameSpec.Exclusion.UNWRITTEN
            : stack.pop(FrameSpec.Exclusion.class);
    FrameSpec.Bound end =
        context.end == null
            ? new FrameSpec.Bound(FrameSpec.BoundKind.CURRENT_ROW, null)
            : stack.pop(FrameSpec.Bound.class);
    FrameSpec.Bound start = stack.pop(FrameSpec.Bound.class);
    checkBound(start, FrameSpec.BoundKind.UNBOUNDED_FOLLOWING, context.bound);
    if (context.end != null) {
      checkBound(end, FrameSpec.BoundKind.UNBOUNDED_PRECEDING, context.end);
    }
    if (endsBeforeItStarts(start.kind(), end.kind())) {
      stack.fail("unsupported frame specification", -1);
    }
    stack.push(
        new FrameSpec(FrameSpec.Unit.valueOf(upperText(context.unit)), start, end, exclusion));
  }

  /** The cases that can be told without knowing the distances. */
  private static boolean endsBeforeItStarts(FrameSpec.BoundKind start, FrameSpec.BoundKind end) {
    return switch (start) {
      case FOLLOWING ->
          end == FrameSpec.BoundKind.PRECEDING || end == FrameSpec.BoundKind.CURRENT_ROW;
      case CURRENT_ROW -> end == FrameSpec.BoundKind.PRECEDING;
      case UNBOUNDED_PRECEDING, PRECEDING, UNBOUNDED_FOLLOWING -> false;
    };
  }

  /** A frame cannot begin with its last row or end with its first. */
  private void checkBound(
      FrameSpec.Bound bound, FrameSpec.BoundKind forbidden, ParserRuleContext context) {
    if (bound.kind() == forbidden) {
      throw SqlSyntaxException.near(text(context.getStop()), context.getStop().getStartIndex());
    }
  }

  @Override
  public void exitUnboundedBound(SqliteParser.UnboundedBoundContext context) {
    stack.push(
        new FrameSpec.Bound(
            context.direction.getType() == SqliteLexer.PRECEDING
                ? FrameSpec.BoundKind.UNBOUNDED_PRECEDING
                : FrameSpec.BoundKind.UNBOUNDED_FOLLOWING,
            null));
  }

  @Override
  public void exitCurrentRowBound(SqliteParser.CurrentRowBoundContext context) {
    stack.push(new FrameSpec.Bound(FrameSpec.BoundKind.CURRENT_ROW, null));
  }

  @Override
  public void exitDistanceBound(SqliteParser.DistanceBoundContext context) {
    stack.push(
        new FrameSpec.Bound(
            context.direction.getType() == SqliteLexer.PRECEDING
                ? FrameSpec.BoundKind.PRECEDING
                : FrameSpec.BoundKind.FOLLOWING,
            stack.pop(Expression.class)));
  }

  @Override
  public void exitExcludeNoOthers(SqliteParser.ExcludeNoOthersContext context) {
    stack.push(FrameSpec.Exclusion.NO_OTHERS);
  }

  @Override
  public void exitExcludeCurrentRow(SqliteParser.ExcludeCurrentRowContext context) {
    stack.push(FrameSpec.Exclusion.CURRENT_ROW);
  }

  @Override
  public void exitExcludeGroup(SqliteParser.ExcludeGroupContext context) {
    stack.push(FrameSpec.Exclusion.GROUP);
  }

  @Override
  public void exitExcludeTies(SqliteParser.ExcludeTiesContext context) {
    stack.push(FrameSpec.Exclusion.TIES);
  }
}
