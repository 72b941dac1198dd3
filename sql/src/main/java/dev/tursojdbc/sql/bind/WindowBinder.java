package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FrameSpec;
import dev.tursojdbc.sql.ast.FrameSpec.Bound;
import dev.tursojdbc.sql.ast.FrameSpec.BoundKind;
import dev.tursojdbc.sql.ast.FrameSpec.Exclusion;
import dev.tursojdbc.sql.ast.FrameSpec.Unit;
import dev.tursojdbc.sql.ast.WindowDefinition;
import dev.tursojdbc.sql.function.FunctionFlag;
import dev.tursojdbc.sql.function.FunctionLookup;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.sql.function.WindowFunction;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Binds calls with OVER. Aggregates may be arguments of window functions, but no window function
 * may be inside of another one.
 */
final class WindowBinder {
  private static final FrameSpec DEFAULT_FRAME =
      frame(Unit.RANGE, BoundKind.UNBOUNDED_PRECEDING, BoundKind.CURRENT_ROW);

  /** Most arguments that a function can have. */
  private static final int MAX_ARGUMENTS = 127;

  private final ExpressionBinder expressions;
  private final Scope scope;
  private final FunctionBinder functions;

  WindowBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.scope = expressions.scope();
    this.functions = new FunctionBinder(expressions);
  }

  private static FrameSpec frame(Unit unit, BoundKind start, BoundKind end) {
    return new FrameSpec(unit, new Bound(start, null), new Bound(end, null), Exclusion.UNWRITTEN);
  }

  BoundExpression bind(Expression.FunctionCall call, WindowDefinition over) {
    String name = call.name().text();
    if (!call.orderBy().isEmpty()) {
      throw at(call, "ORDER BY may not be used with non-aggregate " + name + "()");
    }
    SqlFunction function = find(name, call.arguments().size());
    if (!function.flags().contains(FunctionFlag.WINDOW)) {
      throw at(call, name + "() may not be used as a window function");
    }
    if (!scope.clause.windows) {
      return expressions
          .binder()
          .refusedLater(at(call, "misuse of window function " + name + "()"));
    }
    Scope.Clause clause = scope.clause;
    scope.clause = clause.computesAggregates() ? Scope.Clause.HAVING : Scope.Clause.WHERE_OF_GROUPS;
    WindowCall bound = bind(function, call, over);
    scope.clause = clause;
    int index = scope.windows.indexOf(bound);
    if (index < 0) {
      index = scope.windows.size();
      scope.windows.add(bound);
    }
    return new BoundExpression.Computed(
        scope.windowSource, index, FunctionBinder.explicitCollation(bound.arguments()));
  }

  private TursoException at(Expression.FunctionCall call, String message) {
    return expressions.binder().at(call, BindErrors.error(message));
  }

  /** Of a function that is not for windows, SQLite does not look at the number of arguments. */
  private SqlFunction find(String name, int count) {
    SqlFunction function = lookup().find(name, count);
    for (int i = 0; function == null && i <= MAX_ARGUMENTS; i++) {
      SqlFunction other = lookup().find(name, i);
      if (other != null && !other.flags().contains(FunctionFlag.WINDOW)) {
        return other;
      }
    }
    return functions.find(name, count);
  }

  private FunctionLookup lookup() {
    return expressions.binder().context().functions();
  }

  private WindowCall bind(
      SqlFunction function, Expression.FunctionCall call, WindowDefinition over) {
    List<BoundExpression> arguments = expressions.values(call.arguments());
    WindowDefinition definition = scope.windowDefinitions.resolve(over);
    FrameSpec written = definition.frame() == null ? DEFAULT_FRAME : definition.frame();
    boolean hasDistance = written.start().distance() != null || written.end().distance() != null;
    if (written.unit() == Unit.RANGE && hasDistance && definition.orderBy().size() != 1) {
      throw BindErrors.error(
          "RANGE with offset PRECEDING/FOLLOWING requires one ORDER BY expression");
    }
    FrameSpec frame =
        new FrameSpec(
            written.unit(),
            new Bound(written.start().kind(), null),
            new Bound(written.end().kind(), null),
            written.exclusion());
    BoundExpression frameStart = distance(written.start());
    BoundExpression frameEnd = distance(written.end());
    if (function instanceof WindowFunction own) {
      if (call.filter() != null) {
        throw BindErrors.error("FILTER clause may only be used with aggregate window functions");
      }
      FrameSpec fixed = fixedFrame(own.kind());
      if (fixed != null) {
        frame = fixed;
        frameStart = null;
        frameEnd = null;
      }
    }
    List<BoundExpression> partitionBy = expressions.values(definition.partitionBy());
    List<OrderTerm> orderBy = functions.orderBy(definition.orderBy());
    return new WindowCall(
        function,
        call.star(),
        arguments,
        expressions.optional(call.filter()),
        partitionBy,
        orderBy,
        frame,
        frameStart,
        frameEnd);
  }

  /**
   * The frame that SQLite gives to functions which do not look at any: it decides which functions
   * are computed together, and that shows in the order of rows.
   */
  private static @Nullable FrameSpec fixedFrame(WindowFunction.Kind kind) {
    return switch (kind) {
      case ROW_NUMBER, LAG ->
          frame(Unit.ROWS, BoundKind.UNBOUNDED_PRECEDING, BoundKind.CURRENT_ROW);
      case RANK, DENSE_RANK -> DEFAULT_FRAME;
      case PERCENT_RANK -> frame(Unit.GROUPS, BoundKind.CURRENT_ROW, BoundKind.UNBOUNDED_FOLLOWING);
      case CUME_DIST -> frame(Unit.GROUPS, BoundKind.FOLLOWING, BoundKind.UNBOUNDED_FOLLOWING);
      case NTILE -> frame(Unit.ROWS, BoundKind.CURRENT_ROW, BoundKind.UNBOUNDED_FOLLOWING);
      case LEAD -> frame(Unit.ROWS, BoundKind.UNBOUNDED_PRECEDING, BoundKind.UNBOUNDED_FOLLOWING);
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE -> null;
    };
  }

  private @Nullable BoundExpression distance(Bound bound) {
    Expression distance = bound.distance();
    if (distance == null) {
      return null;
    }
    // What is not constant counts as NULL, which is then no number.
    return FrameDistance.isConstant(distance) ? expressions.value(distance) : Constant.NULL;
  }
}
