package dev.tursojdbc.sql.plan;

import java.util.ArrayList;
import java.util.List;

/** What it costs to find the rows of some sides of an OR: the best few combinations. */
final class SideCosts {
  private static final int KEPT = 3;

  /**
   * @param prerequisites sources that must be in loops around
   */
  record Cost(long prerequisites, int run, int rows) {}

  private final List<Cost> costs = new ArrayList<>();

  boolean isEmpty() {
    return costs.isEmpty();
  }

  List<Cost> all() {
    return costs;
  }

  /** Adds a combination unless one is as good; it takes the place of one that is worse. */
  void add(long prerequisites, int run, int rows) {
    int place = -1;
    for (int i = 0; i < costs.size() && place < 0; i++) {
      Cost known = costs.get(i);
      if (run <= known.run && (prerequisites & known.prerequisites) == prerequisites) {
        place = i;
      } else if (known.run <= run && (known.prerequisites & prerequisites) == known.prerequisites) {
        return;
      }
    }
    if (place < 0 && costs.size() < KEPT) {
      costs.add(new Cost(prerequisites, run, rows));
      return;
    }
    if (place < 0) {
      place = 0;
      for (int i = 1; i < costs.size(); i++) {
        place = costs.get(place).run > costs.get(i).run ? i : place;
      }
      if (costs.get(place).run <= run) {
        return;
      }
    }
    costs.set(place, new Cost(prerequisites, run, Math.min(costs.get(place).rows, rows)));
  }

  /** The costs of these sides and of another one. */
  SideCosts plus(SideCosts other) {
    SideCosts sum = new SideCosts();
    for (Cost left : costs) {
      for (Cost right : other.costs) {
        sum.add(
            left.prerequisites | right.prerequisites,
            LogEstimate.add(left.run, right.run),
            LogEstimate.add(left.rows, right.rows));
      }
    }
    return sum;
  }
}
