package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Chooses a candidate for each source and the order in which the loops nest: for each number of
 * loops the best few paths are kept and extended, as SQLite does it.
 */
final class JoinOrder {
  /** How often the whole query is taken to run at most: 28 times. */
  private static final int MOST_RUNS = 48;

  /** Added to what is sorted, in favour of plans that need not sort. */
  private static final int SORT_PENALTY = 3;

  private final JoinInput input;
  private final Ordering ordering;
  private final CandidateFinder finder;
  private final CandidateSet set = new CandidateSet();
  private final List<Candidate> candidates = set.all();
  private @Nullable Boolean star;

  /** Nested loops, the outermost first. */
  static final class Path {
    final List<Candidate> loops;
    final long sources;
    int rows;
    int cost;
    int unsorted;

    /** Terms of the order that are satisfied; {@link OrderCheck#UNDECIDED}. */
    int ordered;

    /** Loops, by position in the nest, that run backwards. */
    long reversed;

    /** Loops whose NULLs come at the other end. */
    long nullsApart;

    Path(List<Candidate> loops, long sources) {
      this.loops = loops;
      this.sources = sources;
    }
  }

  JoinOrder(JoinInput input, Ordering ordering) {
    this.input = input;
    this.ordering = ordering;
    finder = new CandidateFinder(input, ordering, set);
  }

  private void findCandidates() {
    findAll();
    // What samples tell of a term changes also the estimates that were made before they were asked.
    if (input.terms().stream().anyMatch(Term::wasGuessedWrong)) {
      candidates.clear();
      findAll();
    }
  }

  private void findAll() {
    long before = 0;
    long prerequisites = 0;
    boolean afterRight = false;
    for (int i = 0; i < input.count(); i++) {
      FromItem item = input.item(i);
      boolean leftOfRight = input.isBeforeRightJoin(i);
      boolean fixed =
          afterRight
              || item.join() == JoinKind.CROSS
              || item.join().keepsLeft()
              || item.join().keepsRight()
              || leftOfRight;
      if (fixed) {
        prerequisites |= before;
        afterRight = item.join().keepsRight();
      } else if (!input.hasRightJoin()) {
        prerequisites = 0;
      }
      finder.find(i, item.join() == JoinKind.EXISTS ? input.requiredBeside(i) : prerequisites);
      before |= 1L << i;
    }
  }

  /** The cheapest path over all sources. */
  Path best() {
    Candidate only = input.count() == 1 ? new OneRowFinder(input).find() : null;
    if (only != null) {
      Path path = new Path(List.of(only), only.self);
      path.rows = 1;
      path.ordered = ordering.terms().size();
      return path;
    }
    findCandidates();
    Path best = solve(0);
    if (ordering.terms().isEmpty()) {
      return best;
    }
    keepSearches(best);
    return solve(best.rows < 0 ? 1 : best.rows + 1);
  }

  /**
   * Sources that the best unsorted path searches for equal values, from the outermost loop on, are
   * not to be scanned in order to save the sorting.
   */
  private void keepSearches(Path best) {
    for (Candidate loop : best.loops) {
      if (loop.kind == Candidate.Kind.CALL) {
        continue;
      }
      if (loop.equal.isEmpty() || loop.kind == Candidate.Kind.HASH) {
        break;
      }
      candidates.removeIf(
          other ->
              other.source == loop.source
                  && !other.isSearch()
                  && other.kind != Candidate.Kind.HASH);
    }
  }

  /**
   * @param sortedRows estimate of the rows to be sorted; 0 while it is not known
   */
  private Path solve(int sortedRows) {
    int count = input.count();
    int choices = count <= 1 ? 1 : count == 2 ? 5 : choices();
    List<Path> paths = new ArrayList<>();
    Path empty = new Path(List.of(), 0);
    empty.rows = Math.min(input.runs(), MOST_RUNS);
    empty.ordered =
        ordering.terms().isEmpty() || count == 0 ? ordering.terms().size() : OrderCheck.UNDECIDED;
    paths.add(empty);
    for (int loop = 0; loop < count; loop++) {
      List<Path> longer = new ArrayList<>();
      for (Path path : paths) {
        for (Candidate candidate : candidates) {
          if ((candidate.prerequisites & ~path.sources) == 0
              && (candidate.self & path.sources) == 0) {
            Path next = extend(path, candidate, sortedRows);
            if (next != null) {
              keep(longer, next, choices);
            }
          }
        }
      }
      paths = longer;
    }
    if (paths.isEmpty()) {
      throw new TursoException(ErrorCode.ERROR, "no query solution");
    }
    Path best = paths.get(0);
    for (Path path : paths) {
      if (path.cost < best.cost) {
        best = path;
      }
    }
    return best;
  }

  private @Nullable Path extend(Path path, Candidate candidate, int sortedRows) {
    if (candidate.kind == Candidate.Kind.HASH && path.rows < 3) {
      return null;
    }
    List<Candidate> loops = new ArrayList<>(path.loops);
    loops.add(candidate);
    Path next = new Path(loops, path.sources | candidate.self);
    int cost = candidate.run + path.rows;
    if (candidate.setup > 0) {
      cost = LogEstimate.add(candidate.setup, cost);
    }
    next.unsorted = LogEstimate.add(cost, path.unsorted);
    next.rows = path.rows + candidate.rows;
    next.ordered = path.ordered;
    next.reversed = path.reversed;
    next.nullsApart = path.nullsApart;
    if (path.ordered < 0) {
      OrderCheck check = new OrderCheck(input, ordering);
      next.ordered = check.satisfied(loops);
      next.reversed = check.reversed();
      next.nullsApart = check.nullsApart();
    }
    int terms = ordering.terms().size();
    if (next.ordered >= 0 && next.ordered < terms) {
      next.cost =
          LogEstimate.add(next.unsorted, sortingCost(sortedRows, next.ordered)) + SORT_PENALTY;
    } else {
      next.cost = next.unsorted;
      next.unsorted -= 2;
    }
    return next;
  }

  private int sortingCost(int sortedRows, int satisfied) {
    int terms = ordering.terms().size();
    int rows = sortedRows;
    int cost = rows + LogEstimate.of((ordering.resultColumns() + 59) / 30);
    if (satisfied > 0) {
      cost += LogEstimate.of((terms - satisfied) * 100L / terms) - 66;
    }
    if (ordering.isLimited()) {
      cost += 10;
      if (satisfied != 0) {
        cost += 6;
      }
      rows = Math.min(rows, ordering.limit());
    } else if (ordering.distinct() && rows > 10) {
      rows -= 10;
    }
    return cost + LogEstimate.logarithm(rows);
  }

  private void keep(List<Path> paths, Path offered, int choices) {
    boolean decided = offered.ordered >= 0;
    for (int i = 0; i < paths.size(); i++) {
      Path known = paths.get(i);
      if (known.sources == offered.sources && (known.ordered >= 0) == decided) {
        if (isBetter(offered, known)) {
          paths.set(i, offered);
        }
        return;
      }
    }
    if (paths.size() < choices) {
      paths.add(offered);
      return;
    }
    // That the first path is judged by its rows is as in SQLite, whose choice is wanted.
    int worst = 0;
    int worstCost = paths.get(0).cost;
    int worstUnsorted = paths.get(0).rows;
    for (int i = 1; i < paths.size(); i++) {
      Path path = paths.get(i);
      if (path.cost > worstCost || (path.cost == worstCost && path.unsorted > worstUnsorted)) {
        worst = i;
        worstCost = path.cost;
        worstUnsorted = path.unsorted;
      }
    }
    if (offered.cost < worstCost
        || (offered.cost == worstCost && offered.unsorted < worstUnsorted)) {
      paths.set(worst, offered);
    }
  }

  private boolean isBetter(Path offered, Path known) {
    if (offered.cost != known.cost) {
      return offered.cost < known.cost;
    }
    if (offered.rows != known.rows) {
      return offered.rows < known.rows;
    }
    if (offered.unsorted != known.unsorted) {
      return offered.unsorted < known.unsorted;
    }
    int last = offered.loops.size() - 1;
    return isNarrower(offered.loops.get(last), known.loops.get(last));
  }

  /** Whether both loops walk indexes and the first one's entries are smaller. */
  private boolean isNarrower(Candidate offered, Candidate known) {
    if (offered.index == null || known.index == null) {
      return false;
    }
    return entryWidth(offered, offered.index) < entryWidth(known, known.index);
  }

  private int entryWidth(Candidate candidate, Index index) {
    Source.OfTable source = (Source.OfTable) input.source(candidate.source);
    return input.sourceStatistics(source).entryWidth(index);
  }

  /**
   * How many paths are kept. Where one table has conditions with three others at least, it is taken
   * for the middle of a star, scans of the others are made as costly as the scan of the middle, so
   * that this comes first, and more paths are kept.
   */
  private int choices() {
    if (star == null) {
      star = StarJoin.adjust(input, candidates);
    }
    return star ? 18 : 12;
  }
}
