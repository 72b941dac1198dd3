package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.function.TableFunction;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.KeySamples;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the candidates for the loop over one source: scan of the table, searches by rowid and by
 * each index with every prefix of its columns that terms constrain, a hash table.
 *
 * <p>The estimates are SQLite's, since which plan is chosen shows in the order of rows.
 */
final class CandidateFinder {
  /** A full scan costs three times its rows, to favour searches where statistics may be wrong. */
  private static final int SCAN_FACTOR = 16;

  /** Rows that a lookup in an automatic index is taken to give: 20. */
  private static final int HASH_ROWS = 43;

  /** Rows of a query in IN: 25. */
  private static final int IN_QUERY_ROWS = 46;

  private static final int HASH_ON_TABLE = 28;
  private static final int HASH_ON_QUERY = -25;
  private static final int RANGE_FACTOR = 20;
  private static final int LEAST_RANGE = 10;

  /** A column may be skipped if that many entries agree in it on average: 18. */
  private static final int LEAST_SKIPPED = 42;

  /** Makes skipping a bit less likely, since its estimate is doubtful: 1.375. */
  private static final int SKIP_FACTOR = 5;

  private final JoinInput input;
  private final ConstraintFinder constraints;
  private final Ordering ordering;
  private final CandidateSet found;
  private final List<Term> terms;
  private final TestedTerms tested;

  /** Whether one side of an OR is looked at, where no hash table is worth while. */
  private final boolean side;

  CandidateFinder(JoinInput input, Ordering ordering, CandidateSet found) {
    this(input, ordering, found, input.terms(), false);
  }

  private CandidateFinder(
      JoinInput input, Ordering ordering, CandidateSet found, List<Term> terms, boolean side) {
    this.input = input;
    this.ordering = ordering;
    this.found = found;
    this.terms = terms;
    this.side = side;
    this.tested = new TestedTerms(terms);
    this.constraints = new ConstraintFinder(input, terms);
  }

  /** For one side of an OR, whose terms are given. */
  static CandidateFinder ofSide(JoinInput input, CandidateSet found, List<Term> side) {
    return new CandidateFinder(input, Ordering.NONE, found, side, true);
  }

  void find(int position, long prerequisites) {
    Source source = input.source(position);
    if (source instanceof Source.OfTable table) {
      findOfTable(table, position, prerequisites);
      new AlternativeFinder(input, found, terms).find(table, position, prerequisites);
    } else if (source instanceof Source.OfFunction function) {
      findOfFunction(function, position, prerequisites);
    } else {
      findOfRows(source, position, prerequisites);
    }
  }

  private void findOfRows(Source source, int position, long prerequisites) {
    int rows = source instanceof Source.OfQuery query ? input.planner().rows(query.query()) : 0;
    addHash(position, prerequisites, rows, HASH_ON_QUERY);
    Candidate scan = new Candidate(position, Candidate.Kind.ROWS);
    scan.prerequisites = prerequisites;
    scan.rows = rows;
    scan.run = rows + SCAN_FACTOR;
    tested.reduceRows(scan, rows);
    found.add(scan);
  }

  /** All arguments that are given must be known; mostly none counts without the first. */
  private void findOfFunction(Source.OfFunction source, int position, long prerequisites) {
    Candidate call = new Candidate(position, Candidate.Kind.CALL);
    call.prerequisites = prerequisites;
    List<Integer> hidden = source.hiddenColumns();
    int given = 0;
    for (int i = 0; i < hidden.size(); i++) {
      Constraint argument = argument(position, hidden.get(i));
      if (argument != null) {
        call.equal.add(
            source.function().isTested(i) ? argument.on(position, argument.target()) : argument);
        call.prerequisites |= argument.required();
        given |= 1 << i;
      }
    }
    TableFunction.Estimate estimate = source.function().estimate(given);
    if ((given & 1) == 0 && source.function().needsFirstArgument()) {
      call.equal.clear();
    }
    call.run = estimate.cost();
    call.rows = estimate.rows();
    tested.reduceRows(call, call.rows);
    found.add(call);
  }

  private @Nullable Constraint argument(int position, int column) {
    for (Term term : terms) {
      for (Constraint constraint : term.constraints) {
        if (constraint.source() == position
            && constraint.kind() == Constraint.Kind.EQUAL
            && constraint.value() != null
            && constraint.isOnColumn(column)
            && input.mayDrive(term, position)) {
          return constraint;
        }
      }
    }
    return null;
  }

  private void findOfTable(Source.OfTable source, int position, long prerequisites) {
    Table table = source.table();
    SourceStatistics statistics = input.sourceStatistics(source);
    boolean indexes = source.hint() == null || source.hint().index() != null;
    String only =
        source.hint() == null || source.hint().index() == null
            ? null
            : source.hint().index().text();
    if (only == null && indexes && !side) {
      addHash(position, prerequisites, statistics.rows(), HASH_ON_TABLE);
    }
    if (table.hasRowid() && only == null) {
      findByRowid(position, prerequisites, statistics);
    }
    for (Index index : table.indexes()) {
      boolean isTable = table.isStoredIn(index);
      boolean asked = only != null && Names.same(index.name(), only);
      if (isTable ? only == null || asked : indexes && (only == null || asked)) {
        if (!index.isPartial() || constraints.implies(source, position, index)) {
          findByIndex(source, position, prerequisites, statistics, index, asked);
        }
      }
    }
  }

  private void addHash(int position, long prerequisites, int rows, int factor) {
    if (input.item(position).join().keepsRight()
        || side
        || !input.planner().rules().allowsHashTables()) {
      return;
    }
    int depth = LogEstimate.logarithm(rows);
    for (TermEntry entry : TermEntry.inOrder(terms)) {
      for (Constraint constraint : entry.constraints()) {
        if (!input.mayBeHashKey(constraint, position)) {
          continue;
        }
        Candidate hash = new Candidate(position, Candidate.Kind.HASH);
        hash.equal.add(constraint);
        hash.setup = Math.max(0, depth + rows + factor);
        hash.rows = HASH_ROWS;
        hash.run = LogEstimate.add(depth, hash.rows);
        hash.prerequisites = prerequisites | constraint.required();
        found.add(hash);
      }
    }
  }

  private void findByRowid(int position, long prerequisites, SourceStatistics statistics) {
    int rows = statistics.rows();
    Candidate scan = new Candidate(position, Candidate.Kind.ROWS);
    scan.prerequisites = prerequisites;
    scan.order = mayHelpToSort(position, null) ? 1 : 0;
    scan.rows = rows;
    scan.run = rows + SCAN_FACTOR - (statistics.areSampled() ? 2 : 0);
    tested.reduceRows(scan, rows);
    found.add(scan);

    Search search = new Search(position, rows, null, statistics);
    Candidate start = new Candidate(position, Candidate.Kind.ROWS);
    start.prerequisites = prerequisites;
    start.rows = rows;
    start.order = scan.order;
    search.extend(start, 0);
  }

  private void findByIndex(
      Source.OfTable source,
      int position,
      long prerequisites,
      SourceStatistics statistics,
      Index index,
      boolean asked) {
    int rows = statistics.rowsPerKey(index, 0);
    boolean isTable = source.table().isStoredIn(index);
    boolean covering =
        isTable || input.use(position).isCovering(index, input.mayBeNullRow(position));
    boolean unordered = statistics.isUnordered(index);
    boolean sorts = !unordered && mayHelpToSort(position, index);
    Candidate start = new Candidate(position, Candidate.Kind.INDEX);
    start.prerequisites = prerequisites;
    start.index = index;
    start.covering = covering;
    start.rows = rows;
    start.order = sorts ? orderNumber(source.table(), index) : 0;
    if (sorts
        || source.table().isWithoutRowid()
        || index.isPartial()
        || asked
        || (covering
            && !unordered
            && input.query().number() != ScanQuery.ROWS_TO_CHANGE
            && statistics.entryWidth(index) < statistics.rowWidth())) {
      Candidate scan = start.copy();
      scan.run = rows + 1 + 15 * statistics.entryWidth(index) / statistics.rowWidth();
      if (!covering) {
        scan.run = LogEstimate.add(scan.run, lookups(position, index, rows));
      }
      tested.reduceRows(scan, rows);
      found.add(scan);
    }
    Search search = new Search(position, rows, index, statistics);
    search.extend(start, 0);
    if (search.isByManyKeysOnly()) {
      input.planner().noteSearched(source.database(), source.table().name());
    }
  }

  /**
   * Estimate of the cost of going from entries to rows, which the first terms may make needless.
   */
  private int lookups(int position, Index index, int rows) {
    int lookups = rows + SCAN_FACTOR;
    for (TermEntry entry : input.entries()) {
      if (!input.use(position).isCovering(index, entry.term().expression)) {
        break;
      }
      lookups -= entry.term().isEquality() ? 20 : 1;
    }
    return lookups;
  }

  private static int orderNumber(Table table, Index index) {
    return 2 + table.indexes().indexOf(index);
  }

  /** Whether the order of an index, or of rowids, has to do with the order that is asked for. */
  private boolean mayHelpToSort(int position, @Nullable Index index) {
    for (OrderTerm term : ordering.terms()) {
      BoundExpression expression = term.expression();
      while (expression instanceof BoundExpression.Collate collate) {
        expression = collate.operand();
      }
      if (index == null) {
        if (expression instanceof Column column
            && column.isRowid()
            && column.source() == input.source(position).id()) {
          return true;
        }
        continue;
      }
      Source.OfTable source = (Source.OfTable) input.source(position);
      for (int i = 0; i < index.keyColumnCount(); i++) {
        if (expression.equals(source.expressions().indexed(source, index.column(i)))) {
          return true;
        }
      }
      if (expression instanceof Column column
          && column.isRowid()
          && column.source() == source.id()) {
        return true;
      }
    }
    return false;
  }

  /** Searches by one index, or by rowid: each prefix of its columns that terms constrain. */
  private final class Search {
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

    Search(int position, int tableRows, @Nullable Index index, SourceStatistics statistics) {
      this.position = position;
      this.tableRows = tableRows;
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
            values = inValues(constraint, column, inRows);
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
        next.run = LogEstimate.add(visit, next.rows + SCAN_FACTOR);
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
      return constraint.term().expression instanceof BoundExpression.InList list
          ? sampled.equalToAny(columns, list.elements(), LogEstimate.toLong(rowsPerKey(0)))
          : 0;
    }

    private int entryCost() {
      return index == null
          ? SCAN_FACTOR
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
    private int inValues(Constraint constraint, int column, int inRows) {
      int values =
          constraint.term().expression instanceof BoundExpression.InList list
              ? LogEstimate.of(list.elements().size())
              : IN_QUERY_ROWS;
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
}
