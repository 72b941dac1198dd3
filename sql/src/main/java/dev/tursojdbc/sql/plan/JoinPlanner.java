package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;

/** Plans the join of a SELECT: order of the loops, access paths, where each condition is tested. */
final class JoinPlanner {
  /** Sources fit into the bits of a long. */
  static final int MAX_SOURCES = 64;

  private final Planner planner;
  private final BoundQuery.Select select;

  JoinPlanner(Planner planner, BoundQuery.Select select) {
    this.planner = planner;
    this.select = select;
    if (select.from().size() > MAX_SOURCES) {
      throw new TursoException(ErrorCode.ERROR, "at most " + MAX_SOURCES + " tables in a join");
    }
  }

  /**
   * @param distinct columns of which it is of interest whether equal rows come together; empty if
   *     it is not
   */
  JoinPlan plan(Ordering ordering, List<OrderTerm> distinct) {
    JoinInput input = new JoinInput(planner, select);
    JoinOrder.Path path = NeedlessJoins.remove(input, new JoinOrder(input, ordering).best());
    ConditionPlacement placement = new ConditionPlacement(input, path.loops);
    List<JoinLevel> levels = new ArrayList<>();
    for (int i = 0; i < path.loops.size(); i++) {
      Candidate loop = path.loops.get(i);
      boolean reverse = (path.reversed >> i & 1) != 0;
      boolean nullsApart = (path.nullsApart >> i & 1) != 0;
      AccessPath access = new PathBuilder(input, placement).build(loop, i, reverse, nullsApart);
      levels.add(
          new JoinLevel(
              input.source(loop.source),
              input.item(loop.source).join(),
              access,
              loop.run,
              placement.matches(i),
              placement.conditions(i)));
    }
    boolean ordered = !ordering.terms().isEmpty() && path.ordered == ordering.terms().size();
    return new JoinPlan(
        placement.constants(),
        levels,
        ordered,
        ordered && ordering.purpose() == Ordering.Purpose.DISTINCT
            || comeTogether(input, path, distinct),
        path.rows);
  }

  private static boolean comeTogether(
      JoinInput input, JoinOrder.Path path, List<OrderTerm> distinct) {
    if (distinct.isEmpty()) {
      return false;
    }
    Ordering wanted =
        new Ordering(distinct, Ordering.Purpose.DISTINCT, Ordering.UNLIMITED, distinct.size());
    return new OrderCheck(input, wanted).satisfied(path.loops) == distinct.size();
  }
}
