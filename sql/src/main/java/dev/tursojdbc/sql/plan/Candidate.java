package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.schema.Index;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One way to compute the loop over one source, with what it costs.
 *
 * <p>Costs are {@link LogEstimate}s for one run of the loop, given the rows of the loops around it.
 */
final class Candidate {

  /** What the loop walks. */
  enum Kind {
    /** The table's own tree by rowid, or the rows of a query. */
    ROWS,
    INDEX,
    /** A hash table that is built first. */
    HASH,
    /** Several searches, for OR. */
    MULTI,
    /** A table-valued function; the equalities are its arguments. */
    CALL
  }

  final int source;
  final long self;
  final Kind kind;

  /** Sources that must be in loops around this one. */
  long prerequisites;

  /** Cost of what is done once, such as building a hash table. */
  int setup;

  /** Cost of a run. */
  int run;

  /** Rows of a run. */
  int rows;

  /** Separates candidates that may come in an order that is asked for; 0 for all others. */
  int order;

  @Nullable Index index;

  /** Whether the index has all columns that are needed. */
  boolean covering;

  /** At most one row comes. */
  boolean oneRow;

  /** Whether conditions on this source alone throw many of its rows away. */
  boolean selfCulling;

  /** How many of the first columns of the index are not constrained: a skip-scan. */
  int skipped;

  /** One for each index column behind those skipped; the rowid for a table's tree. */
  final List<Constraint> equal = new ArrayList<>();

  @Nullable Constraint lower;
  @Nullable Constraint upper;

  /** The OR that is split. */
  @Nullable Term split;

  Candidate(int source, Kind kind) {
    this.source = source;
    this.self = 1L << source;
    this.kind = kind;
  }

  Candidate copy() {
    Candidate copy = new Candidate(source, kind);
    copy.prerequisites = prerequisites;
    copy.setup = setup;
    copy.run = run;
    copy.rows = rows;
    copy.order = order;
    copy.index = index;
    copy.covering = covering;
    copy.oneRow = oneRow;
    copy.selfCulling = selfCulling;
    copy.skipped = skipped;
    copy.equal.addAll(equal);
    copy.lower = lower;
    copy.upper = upper;
    copy.split = split;
    return copy;
  }

  boolean isSearch() {
    return !equal.isEmpty() || lower != null || upper != null;
  }

  /** Whether an equality takes its value from the same row of an IN as one before it. */
  boolean isInSameRow(int position) {
    return equal.subList(0, position).stream()
        .anyMatch(other -> other.isOfSameRow(equal.get(position)));
  }

  /** Whether an equality takes its value from the same row of an IN as one behind it. */
  boolean isInRowThatGoesOn(int position) {
    return equal.subList(position + 1, equal.size()).stream()
        .anyMatch(other -> other.isOfSameRow(equal.get(position)));
  }

  /** How many of the first columns of the index have one value at a time. */
  int keyColumns() {
    return skipped + equal.size();
  }

  /** Whether it looks up the rowids of an IN. */
  boolean isRowidList() {
    return kind == Kind.ROWS
        && equal.stream().anyMatch(constraint -> constraint.kind() == Constraint.Kind.IN);
  }

  boolean hasEquality() {
    return equal.stream().anyMatch(Constraint::isEquality);
  }

  /** All constraints that it sees to. */
  List<Constraint> constraints() {
    List<Constraint> all = new ArrayList<>(equal);
    if (lower != null) {
      all.add(lower);
    }
    if (upper != null) {
      all.add(upper);
    }
    return all;
  }

  /** Whether it sees to a term, or to one that follows from it. */
  boolean uses(Term term) {
    if (split == term) {
      return true;
    }
    for (Constraint constraint : constraints()) {
      if (constraint.term() == term || constraint.term().parent == term) {
        return true;
      }
    }
    return false;
  }
}
