package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.FrameSpec;
import dev.tursojdbc.sql.ast.FrameSpec.BoundKind;
import dev.tursojdbc.sql.ast.FrameSpec.Unit;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.sql.function.WindowFunction;
import dev.tursojdbc.sql.plan.WindowPlan;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Builds the functions over one window. */
final class WindowBuilder {
  private final EvaluatorBuilder outer;
  private final WindowPlan plan;
  private final WindowRows rows;
  private final WindowPeers peers;
  private final int firstTerm;

  /** Those of the frame's end, then its start, if they have one. */
  private final List<WindowDistance> distances = new ArrayList<>();

  private final WindowFrame frameRows;
  private final Map<BoundExpression, Evaluator> computed = new HashMap<>();

  WindowBuilder(QueryBuilder queries, EvaluatorBuilder outer, WindowPlan plan) {
    this.outer = outer;
    this.plan = plan;
    int firstKey = plan.kept().size();
    this.firstTerm = firstKey + plan.partition().size();
    List<KeyOrder.Column> keys = new ArrayList<>();
    for (Collation collation : plan.partition()) {
      keys.add(new KeyOrder.Column(collation, false, false));
    }
    this.rows = new WindowRows(queries.build(plan.input(), outer), firstKey, keys);
    this.peers = new WindowPeers(rows, firstTerm, QueryBuilder.order(plan.order()));
    FrameSpec frame = plan.frame();
    WindowBound end = bound(frame.end().kind(), plan.frameEnd(), true);
    WindowBound start = bound(frame.start().kind(), plan.frameStart(), false);
    this.frameRows = new WindowFrame(start, end, peers, frame.exclusion());
  }

  WindowOperator build() {
    WindowRows.Cursor currentRow = rows.cursor();
    for (int i = 0; i < plan.kept().size(); i++) {
      computed.put(plan.kept().get(i), new WindowOperator.CurrentColumn(currentRow, i));
    }
    WindowValue[] values = new WindowValue[plan.calls().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = value(plan.calls().get(i));
      computed.put(plan.calls().get(i).result(), new RegisterEvaluator(values[i].result()));
    }
    return new WindowOperator(
        rows, peers, frameRows, distances.toArray(WindowDistance[]::new), values, currentRow);
  }

  /** Where the columns of the rows and the functions are, after {@link #build}. */
  Bindings bindings() {
    return outer.bindings().withComputed(computed);
  }

  private WindowBound bound(BoundKind kind, @Nullable BoundExpression expression, boolean end) {
    Unit unit = plan.frame().unit();
    return switch (kind) {
      case UNBOUNDED_PRECEDING -> new WindowBound.First();
      case UNBOUNDED_FOLLOWING -> new WindowBound.Last(rows);
      case CURRENT_ROW ->
          unit == Unit.ROWS ? new WindowBound.OfRow(end) : new WindowBound.OfPeers(peers, end);
      case PRECEDING, FOLLOWING -> distant(unit, kind == BoundKind.PRECEDING, expression, end);
    };
  }

  private WindowBound distant(
      Unit unit, boolean preceding, @Nullable BoundExpression expression, boolean end) {
    if (expression == null) {
      // Functions that look at no frame have one without a number.
      return new WindowBound.First();
    }
    WindowDistance distance =
        new WindowDistance(outer.build(expression), end, preceding, unit == Unit.RANGE);
    distances.add(distance);
    return switch (unit) {
      case ROWS -> new WindowBound.OfRows(rows, distance::rows, end);
      case GROUPS -> new WindowBound.OfGroups(rows, peers, distance::rows, end);
      case RANGE ->
          new WindowRangeBound(rows, firstTerm, plan.order().get(0), distance, end, preceding);
    };
  }

  private WindowValue value(WindowPlan.Call call) {
    if (call.function() instanceof AggregateFunction aggregate) {
      return aggregate(aggregate, call);
    }
    WindowFunction.Kind kind = ((WindowFunction) call.function()).kind();
    return switch (kind) {
      case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST ->
          new RankValues.Rank(kind, rows, peers);
      case NTILE -> new RankValues.Ntile(rows, call.firstArgument());
      case LAG -> new OtherRowValues.Shifted(call, false, rows);
      case LEAD -> new OtherRowValues.Shifted(call, true, rows);
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE ->
          new OtherRowValues.OfFrame(kind, call, rows, frameRows);
    };
  }

  private WindowValue aggregate(AggregateFunction function, WindowPlan.Call call) {
    WindowArguments arguments = new WindowArguments(rows, call, outer);
    boolean onlyGrows = plan.frame().start().kind() == BoundKind.UNBOUNDED_PRECEDING;
    if (!frameRows.isRecomputed()) {
      String name = function.name();
      if (!onlyGrows && (name.equals("min") || name.equals("max"))) {
        return new SlidingExtreme(rows, call, arguments, frameRows);
      }
      if (onlyGrows || function.start().isInvertible()) {
        return new SlidingAggregate(
            function, call.collation(), arguments, frameRows, comeInFirst(), trail());
      }
    }
    return new RecomputedAggregate(function, call.collation(), arguments, frameRows);
  }

  /** Whether rows come into a frame before others leave it. */
  private boolean comeInFirst() {
    BoundKind start = plan.frame().start().kind();
    BoundKind end = plan.frame().end().kind();
    return plan.frame().unit() == Unit.RANGE
        ? start == end && start != BoundKind.CURRENT_ROW
        : end == BoundKind.UNBOUNDED_FOLLOWING || bothFollow();
  }

  private boolean bothFollow() {
    return plan.frame().start().kind() == BoundKind.FOLLOWING
        && plan.frame().end().kind() == BoundKind.FOLLOWING;
  }

  private @Nullable WindowTrail trail() {
    if (!bothFollow() || plan.frame().unit() == Unit.RANGE) {
      return null;
    }
    WindowDistance far = distances.get(0);
    WindowDistance near = distances.get(1);
    LongSupplier width = () -> Math.min(near.rows() - far.rows(), 0);
    if (plan.frame().unit() == Unit.ROWS) {
      return new WindowTrail(null, new WindowBound.OfRows(rows, width, false));
    }
    WindowPeers followed = new WindowPeers(rows, firstTerm, QueryBuilder.order(plan.order()));
    return new WindowTrail(followed, new WindowBound.OfGroups(rows, followed, width, false));
  }
}
