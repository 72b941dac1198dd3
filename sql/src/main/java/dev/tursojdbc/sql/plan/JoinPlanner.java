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
  private final int runs;

  /**
   * @param runs estimate of how often the query is computed
   */
  JoinPlanner(Planner planner, BoundQuery.Select select, int runs) {
    this.runs = runs;
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
    JoinInput input = new JoinInput(planner, select, runs);
    JoinOrder.Path best = new JoinOrder(input, ordering).best();
    int satisfied = Math.max(best.ordered, 0);
    boolean ordered = !ordering.terms().isEmpty() && best.ordered == ordering.terms().size();
    boolean sorted = direct(input, ordering, best, ordered);
    if (ordering.terms().isEmpty() && planner.rules().reversesUnordered()) {
      best.reversed = -1;
    }
    if (input.hasRightJoin()) {
      // The rows that it adds come at the end, whatever the order before.
      satisfied = 0;
      ordered = false;
      sorted = false;
    }
    JoinOrder.Path path = NeedlessJoins.remove(input, best);
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
    return new JoinPlan(
        placement.constants(),
        levels,
        satisfied,
        ordered,
        sorted,
        ordered && ordering.purpose() == Ordering.Purpose.DISTINCT
            || comeTogether(input, best, distinct),
        path.rows);
  }

  /**
   * Lets loops run backwards as that helps: where groups come together, so that they come in the
   * order asked for too; where rows must be sorted, so that those of the innermost loop come in
   * order.
   *
   * @return whether rows come in the order of all terms
   */
  private static boolean direct(
      JoinInput input, Ordering ordering, JoinOrder.Path path, boolean ordered) {
    if (path.loops.isEmpty() || ordering.terms().isEmpty()) {
      return ordered;
    }
    if (ordered && ordering.purpose() == Ordering.Purpose.GROUP_AND_SORT) {
      OrderCheck check = new OrderCheck(input, ordering.asSort());
      if (check.satisfied(path.loops) != ordering.terms().size()) {
        return false;
      }
      path.reversed = check.reversed();
      path.nullsApart = check.nullsApart();
      return true;
    }
    if (ordering.purpose() == Ordering.Purpose.DISTINCT) {
      // All that matters is whether equal rows come together.
      path.reversed = 0;
      path.nullsApart = 0;
    } else if (path.ordered <= 0) {
      Candidate last = path.loops.get(path.loops.size() - 1);
      OrderCheck check = new OrderCheck(input, ordering.asSort());
      if (!last.oneRow
          && !last.isRowidList()
          && check.satisfiedByLast(path.loops) == ordering.terms().size()) {
        path.reversed = check.reversed();
        path.nullsApart = check.nullsApart();
      }
    }
    return ordered;
  }

  private static boolean comeTogether(
      JoinInput input, JoinOrder.Path path, List<OrderTerm> distinct) {
    if (distinct.isEmpty() || input.hasRightJoin()) {
      return false;
    }
    Ordering wanted =
        new Ordering(
            distinct, Ordering.Purpose.DISTINCT, Ordering.UNLIMITED, distinct.size(), true);
    return new OrderCheck(input, wanted).satisfied(path.loops) == distinct.size();
  }
}
