package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.KeySamples;
import org.jspecify.annotations.Nullable;

/**
 * Finds the searches by one index, or by rowid: each prefix of its columns that terms constrain.
 *
 * <p>A prefix may end with a range, and columns at its beginning that have few values may be
 * skipped. Estimates of rows are SQLite's, from samples if ANALYZE has taken some.
 */
final class SearchFinder {
  /** Rows of a query in IN: 25. */
  private static final int IN_QUERY_ROWS = 46;

  /** Each end of a range leaves a quarter of the rows, or so many at least: 2. */
  private static final int RANGE_FACTOR = 20;

  private static final int LEAST_RANGE = 10;

  /** A column may be skipped if that many entries agree in it on average: 18. */
  private static final int LEAST_SKIPPED = 42;

  /** Makes skipping a bit less likely, since its estimate is doubtful: 1.375. */
  private static final int SKIP_FACTOR = 5;

  private final JoinInput input;
  private final CandidateSet found;
  private final ConstraintFinder constraints;
  private final TestedTerms tested;
  private final int position;
  private final int tableRows;
  private final int depth;
  private final @Nullable Index index;
  private final SourceStatistics statistics;
  private final Source.OfTable source;
  private final @Nullable SampledIndex sampled;

  /** Whether all columns of a unique key were constrained. */
  private boolean byUniqueKey;

  /** Whether others were. */
  private boolean byOtherKey;

  /**
   * @param index null for the rowid
   */
  SearchFinder(
      JoinInput input,
      CandidateSet found,
      ConstraintFinder constraints,
      TestedTerms tested,
      int position,
      @Nullable Index index,
      SourceStatistics statistics) {
    this.input = input;
    this.found = found;
    this.constraints = constraints;
    this.tested = tested;
    this.position = position;
    this.tableRows = index == null ? statistics.rows() : statistics.rowsPerKey(index, 0);
    this.depth = LogEstimate.logarithm(tableRows);
    this.index = index;
    this.statistics = statistics;
    this.source = (Source.OfTable) input.source(position);
    this.sampled = sampled();
  }

  /** Whether terms constrain the index, but never all of a unique key. */
  boolean isByManyKeysOnly() {
    return byOtherKey && !byUniqueKey;
  }

  private @Nullable SampledIndex sampled() {
    KeySamples samples = index == null ? null : statistics.samples(index);
    return index == null || samples == null
        ? null
        : new SampledIndex(source, index, samples, input.encoding(source));
  }

  private BoundExpression target(int column) {
    if (index == null) {
      return OrderCheck.rowid(source);
    }
    return source.expressions().indexed(source, index.column(column));
  }

  private int columnCount() {
    if (index == null) {
      return 1;
    }
    boolean isTable = source.table().isStoredIn(index);
    return isTable ? index.keyColumnCount() : index.columns().size();
  }

  /**
   * Adds all searches that constrain the column behind those of the candidate, and more.
   *
   * @param inRows how often each is done: once for each value of an IN, or of a skipped column
   */
  void extend(Candidate base, int inRows) {
    int column = base.keyColumns();
    if (column >= columnCount()) {
      return;
    }
    IndexColumn indexed = index == null ? null : index.column(column);
    for (Constraint constraint : constraints.on(position, target(column), indexed, source)) {
      if ((constraint.required() & base.self) != 0
          || (base.lower != null && !constraint.kind().isUpper())
          || (constraint.isAboutNull() && isNotNull(column))
          || (constraint.kind().isRange() && index != null && statistics.isUnordered(index))) {
        continue;
      }
      add(base, constraint, column, inRows);
    }
    if (index != null && maySkip(base, index, column)) {
      skip(base, column, inRows);
    }
  }

  /** Whether to look for each value of a column is better than to read all entries. */
  private boolean maySkip(Candidate base, Index index, int column) {
    return !base.isSearch()
        && column + 1 < index.keyColumnCount()
        && statistics.isSkippable(index)
        && rowsPerKey(column + 1) >= LEAST_SKIPPED
        && input.item(position).join() != JoinKind.EXISTS;
  }

  private void skip(Candidate base, int column, int inRows) {
    int values = rowsPerKey(column) - rowsPerKey(column + 1);
    Candidate next = base.copy();
    next.skipped++;
    next.rows -= values;
    extend(next, inRows + values + SKIP_FACTOR);
  }

  private boolean isNotNull(int column) {
    if (index == null) {
      return true;
    }
    return index.column(column).isNotNull(source.table());
  }

  private void add(Candidate base, Constraint constraint, int column, int inRows) {
    Candidate next = base.copy();
    next.prerequisites = (base.prerequisites | constraint.required()) & ~base.self;
    int values = 0;
    int rowsBefore = base.rows;
    if (index != null && index.isUnique() && column == index.keyColumnCount() - 1) {
      byUniqueKey = true;
    } else {
      byOtherKey = true;
    }
    int known = sampled == null ? 0 : sampled.known();
    switch (constraint.kind()) {
      case LESS, LESS_OR_EQUAL -> next.upper = constraint;
      case GREATER, GREATER_OR_EQUAL -> {
        next.lower = constraint;
        if (constraint.term().patternEnd != null) {
          next.upper = constraint.term().patternEnd;
        }
      }
      default -> {
        next.equal.add(constraint);
        if (constraint.kind() == Constraint.Kind.IN) {
          values = inValues(next, constraint, column, inRows);
          if (values < 0) {
            return;
          }
        } else if (constraint.isEquality()) {
          next.oneRow = isUnique(constraint, column, inRows, next.skipped > 0);
        }
      }
    }
    boolean range = next.lower != null || next.upper != null;
    if (range) {
      next.rows = rangeRows(next, column, rowsBefore);
    } else {
      next.rows = equalRows(rowsBefore, constraint, column, inRows, values);
    }
    int visit = LogEstimate.add(depth, next.rows + entryCost());
    next.run = visit;
    if (index != null && !next.covering) {
      next.run = LogEstimate.add(visit, next.rows + CandidateFinder.SCAN_FACTOR);
    }
    int unadjusted = next.rows;
    next.run += inRows + values;
    next.rows += inRows + values;
    tested.reduceRows(next, tableRows);
    found.add(next);

    next.rows = range ? rowsBefore : unadjusted;
    if (next.upper == null) {
      extend(next, inRows + values);
    }
    if (sampled != null) {
      sampled.setKnown(known);
    }
  }

  /** Estimate of the rows for one value of a column. */
  private int equalRows(int before, Constraint constraint, int column, int inRows, int values) {
    long matching = inRows == 0 ? sampledRows(constraint, column + 1) : 0;
    if (matching > 0) {
      int rows = LogEstimate.of(matching);
      if (column == 0 && rows + 10 > rowsPerKey(0)) {
        constraint.term().setLikely();
      }
      return Math.min(rows, before) - values;
    }
    int rows = before + rowsPerKey(column + 1) - rowsPerKey(column);
    return constraint.kind() == Constraint.Kind.IS_NULL ? rows + 10 : rows;
  }

  /** Rows that the samples promise; 0 if they do not tell. */
  private long sampledRows(Constraint constraint, int columns) {
    BoundExpression value = constraint.value();
    if (sampled == null) {
      return 0;
    }
    if (constraint.kind() == Constraint.Kind.IS_NULL) {
      return sampled.equalToNull(columns);
    }
    if (value != null) {
      return sampled.equal(columns, value);
    }
    return constraint.term().expression instanceof BoundCondition.InList list
        ? sampled.equalToAny(columns, list.elements(), LogEstimate.toLong(rowsPerKey(0)))
        : 0;
  }

  private int entryCost() {
    return index == null
        ? CandidateFinder.SCAN_FACTOR
        : 1 + 15 * statistics.entryWidth(index) / statistics.rowWidth();
  }

  private int rowsPerKey(int columns) {
    if (index == null) {
      return columns == 0 ? tableRows : 0;
    }
    return statistics.rowsPerKey(index, columns);
  }

  /**
   * Estimate of the number of values of an IN; -1 if a scan would be better than seeking each,
   * which is not asked for the first IN of a search.
   */
  private int inValues(Candidate next, Constraint constraint, int column, int inRows) {
    int values =
        constraint.term().expression instanceof BoundCondition.InList list
            ? LogEstimate.of(list.elements().size())
            : next.isInSameRow(next.equal.size() - 1) ? 0 : IN_QUERY_ROWS;
    if (index != null && inRows >= 2 && statistics.isKnown(index) && depth >= 10) {
      int matching = statistics.rowsPerKey(index, column);
      int advantage = matching + LogEstimate.logarithm(values) + 10 - (values + depth);
      if (advantage < 0) {
        return -1;
      }
    }
    return values;
  }

  private boolean isUnique(Constraint constraint, int column, int inRows, boolean skipped) {
    if (index == null) {
      return true;
    }
    if (index.column(column).column() == IndexColumn.ROWID) {
      return true;
    }
    if (inRows != 0 || skipped || column != index.keyColumnCount() - 1 || !index.isUnique()) {
      return false;
    }
    if (index.keyColumnCount() == 1 && constraint.kind() == Constraint.Kind.EQUAL) {
      return true;
    }
    for (int i = 0; i < index.keyColumnCount(); i++) {
      if (!isNotNull(i)) {
        return false;
      }
    }
    return true;
  }

  /** Estimate of the rows in a range: each end that is not known leaves a quarter of the rows. */
  private int rangeRows(Candidate next, int column, int before) {
    Constraint lower = next.lower;
    Constraint upper = next.upper;
    int rows = before;
    if (sampled != null) {
      SampledIndex.Range range = sampled.range(column, before, lower, upper);
      rows = range.rows();
      if (range.decided()) {
        return rows;
      }
      lower = range.lower();
      upper = range.upper();
    }
    int bounds = (lower == null ? 0 : 1) + (upper == null ? 0 : 1);
    int estimate = rows;
    if (lower != null && !lower.isAboutNull()) {
      estimate -= RANGE_FACTOR;
    }
    if (upper != null) {
      estimate -= RANGE_FACTOR;
    }
    if (bounds == 2) {
      estimate -= RANGE_FACTOR;
    }
    return Math.min(rows - bounds, Math.max(estimate, LEAST_RANGE));
  }
}
