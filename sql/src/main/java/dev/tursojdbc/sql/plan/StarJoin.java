package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.Source;
import java.util.List;

/**
 * Finds tables that are the middle of a star: three others at least are joined to them by inner
 * joins. Scans of those are made more costly than any loop over the middle, so that the middle
 * becomes the outer loop, as it does in SQLite.
 *
 * <pre>
 *   FROM sales, shops, goods, days, buyers WHERE sales.shop = shops.id AND sales.day = days.id …
 * </pre>
 */
final class StarJoin {
  private static final int LEAST_SOURCES = 5;
  private static final int LEAST_POINTS = 3;

  private final JoinInput input;
  private final List<Candidate> candidates;

  private StarJoin(JoinInput input, List<Candidate> candidates) {
    this.input = input;
    this.candidates = candidates;
  }

  /**
   * Changes the costs of candidates, which are in the order of their sources.
   *
   * @return whether there is a star
   */
  static boolean adjust(JoinInput input, List<Candidate> candidates) {
    return input.count() >= LEAST_SOURCES && new StarJoin(input, candidates).adjust();
  }

  private boolean adjust() {
    boolean found = false;
    int first = 0;
    long selfJoined = 0;
    for (int middle = 0; middle < input.count(); middle++) {
      if (isFixed(middle)) {
        if (middle + 3 > input.count()) {
          break;
        }
        while (first < candidates.size() && candidates.get(first).source <= middle) {
          first++;
        }
      }
      long points = 0;
      for (Candidate candidate : candidates.subList(first, candidates.size())) {
        if (isFixed(candidate.source)) {
          break;
        }
        if ((candidate.prerequisites >> middle & 1) == 0
            || (candidate.self & (points | selfJoined)) != 0) {
          continue;
        }
        if (isSameTable(candidate.source, middle)) {
          selfJoined |= 1L << middle;
        } else {
          points |= candidate.self;
        }
      }
      if (Long.bitCount(points) >= LEAST_POINTS) {
        found = true;
        makeScansCostly(points, middle, first);
      }
    }
    return found;
  }

  private boolean isFixed(int position) {
    JoinKind join = input.item(position).join();
    return join != JoinKind.INNER && join != JoinKind.EXISTS;
  }

  private boolean isSameTable(int position, int other) {
    return input.source(position) instanceof Source.OfTable table
        && input.source(other) instanceof Source.OfTable same
        && table.table().equals(same.table());
  }

  private void makeScansCostly(long points, int middle, int first) {
    int most = Integer.MIN_VALUE;
    for (Candidate candidate : candidates.subList(first, candidates.size())) {
      if (candidate.source == middle) {
        most = Math.max(most, candidate.run);
      }
    }
    if (most == Integer.MIN_VALUE) {
      return;
    }
    for (Candidate candidate : candidates.subList(first, candidates.size())) {
      if ((candidate.self & points) != 0
          && candidate.constraints().isEmpty()
          && candidate.split == null) {
        candidate.run = Math.max(candidate.run, most + 1);
      }
    }
  }
}
