package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.function.TableFunction;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.KeySamples;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
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

  /** Costs of finding the only row: 10 and 15. */
  private static final int ROWID_LOOKUP = 33;

  private static final int KEY_LOOKUP = 39;

  /** Columns of a unique key that is taken without looking for a better way. */
  private static final int LONGEST_KEY = 3;

  private final JoinInput input;
  private final ConstraintFinder constraints;
  private final Ordering ordering;
  private final CandidateSet found;
  private final List<Term> terms;

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
    this.constraints = new ConstraintFinder(input, terms);
  }

  void find(int position, long prerequisites) {
    Source source = input.source(position);
    if (source instanceof Source.OfTable table) {
      findOfTable(table, position, prerequisites);
      new Alternatives().find(table, position, prerequisites);
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
    adjustRows(scan, rows);
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
    adjustRows(call, call.rows);
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
      boolean asked = only != null && dev.tursojdbc.sql.schema.Names.same(index.name(), only);
      if (isTable ? only == null || asked : indexes && (only == null || asked)) {
        if (!index.isPartial() || constraints.implies(source, position, index)) {
          findByIndex(source, position, prerequisites, statistics, index, asked);
        }
      }
    }
  }

  private void addHash(int position, long prerequisites, int rows, int factor) {
    if (input.item(position).join().keepsRight() || side) {
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
    adjustRows(scan, rows);
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
      adjustRows(scan, rows);
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

  /** Takes the terms into account that the loop tests without an index seeing to them. */
  private void adjustRows(Candidate candidate, int tableRows) {
    long allowed = candidate.prerequisites | candidate.self;
    int reduction = 0;
    for (Term term : terms) {
      if ((term.required & ~allowed) != 0
          || (term.required & candidate.self) == 0
          || term.isVirtual()
          || candidate.uses(term)) {
        continue;
      }
      if (term.required == candidate.self) {
        candidate.selfCulling = true;
      }
      candidate.rows--;
      if (term.isEquality() && !term.isLikely()) {
        int guess = isSmallInteger(term) ? 10 : 20;
        if (guess > reduction) {
          term.guess();
          reduction = guess;
        }
      }
    }
    candidate.rows = Math.min(candidate.rows, tableRows - reduction);
  }

  private static boolean isSmallInteger(Term term) {
    return term.expression instanceof BoundExpression.Comparison comparison
        && comparison.right() instanceof Constant constant
        && constant.isInteger()
        && constant.integer() >= -1
        && constant.integer() <= 1;
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
        return rowid();
      }
      return source.expressions().indexed(source, index.column(column));
    }

    private BoundExpression rowid() {
      return new Column(
          source.id(),
          Column.ROWID,
          Affinity.INTEGER,
          dev.tursojdbc.storage.record.Collation.BINARY,
          "rowid");
    }

    private int columnCount() {
      if (index == null) {
        return 1;
      }
      boolean isTable = source.table().isStoredIn(index);
      return isTable ? index.keyColumnCount() : index.columns().size();
    }

    /** Adds all searches that constrain the column behind those of the candidate, and more. */
    void extend(Candidate base, int inRows) {
      int column = base.equal.size();
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
    }

    private boolean isNotNull(int column) {
      if (index == null) {
        return true;
      }
      return CandidateFinder.isNotNull(source.table(), index.column(column).column());
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
            next.oneRow = isUnique(constraint, column, inRows);
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
      adjustRows(next, tableRows);
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

    private boolean isUnique(Constraint constraint, int column, int inRows) {
      if (index == null) {
        return true;
      }
      if (index.column(column).column() == IndexColumn.ROWID) {
        return true;
      }
      if (inRows != 0 || column != index.keyColumnCount() - 1 || !index.isUnique()) {
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

  /** Searches for each side of an OR. */
  private final class Alternatives {

    void find(Source.OfTable source, int position, long prerequisites) {
      if (!source.table().hasRowid() || input.item(position).join().keepsRight()) {
        return;
      }
      if (source.hint() != null) {
        return;
      }
      for (Term term : terms) {
        if (!term.alternatives.isEmpty() && input.mayDrive(term, position)) {
          addSplit(position, prerequisites, term);
        }
      }
    }

    private void addSplit(int position, long prerequisites, Term term) {
      SideCosts sum = null;
      for (List<Term> alternative : term.alternatives) {
        SideCosts costs = costs(position, prerequisites, alternative);
        if (costs.isEmpty()) {
          return;
        }
        sum = sum == null ? costs : sum.plus(costs);
      }
      if (sum == null) {
        return;
      }
      for (SideCosts.Cost cost : sum.all()) {
        Candidate split = new Candidate(position, Candidate.Kind.MULTI);
        split.split = term;
        split.prerequisites = cost.prerequisites();
        // A penalty, so that rounding does not make it as cheap as one of its sides.
        split.run = cost.run() + 1;
        split.rows = cost.rows();
        found.add(split);
      }
    }

    /** What the searches for one side cost. */
    private SideCosts costs(int position, long prerequisites, List<Term> alternative) {
      SideCosts costs = new SideCosts();
      for (Candidate candidate : sideCandidates(position, prerequisites, alternative)) {
        if (candidate.isSearch() || candidate.split != null) {
          costs.add(candidate.prerequisites, candidate.run, candidate.rows);
        }
      }
      return costs;
    }
  }

  /** All ways, in which terms are used, to find the rows of one side of an OR. */
  private List<Candidate> sideCandidates(int position, long prerequisites, List<Term> side) {
    CandidateSet candidates = CandidateSet.ofAll();
    new CandidateFinder(input, Ordering.NONE, candidates, side, true).find(position, prerequisites);
    return candidates.all();
  }

  /**
   * The cheapest way to find the rows of one side of an OR.
   *
   * @param side the terms of the side, then those beside the OR
   * @param before the sources of the loops around
   */
  static Candidate cheapestSide(JoinInput input, int position, List<Term> side, long before) {
    CandidateSet candidates = new CandidateSet();
    new CandidateFinder(input, Ordering.NONE, candidates, side, true).find(position, 0);
    Candidate best = null;
    for (Candidate candidate : candidates.all()) {
      if ((candidate.prerequisites & ~before) == 0 && (best == null || candidate.run < best.run)) {
        best = candidate;
      }
    }
    return java.util.Objects.requireNonNull(best);
  }

  /**
   * If the only source of the query is a table, and its rowid or all columns of a unique index are
   * known: that search, whatever others there are; else null.
   */
  @Nullable Candidate oneRow() {
    if (!(input.source(0) instanceof Source.OfTable source) || source.hint() != null) {
      return null;
    }
    if (source.table().hasRowid()) {
      Candidate lookup = new Candidate(0, Candidate.Kind.ROWS);
      Constraint equal = known(source, OrderCheck.rowid(source), null, true);
      if (equal != null) {
        lookup.equal.add(equal);
        lookup.run = ROWID_LOOKUP;
        return asOneRow(lookup);
      }
    }
    for (Index index : source.table().indexes()) {
      if (index.isUnique()
          && !index.isPartial()
          && index.keyColumnCount() <= LONGEST_KEY
          && !index.isOnExpressions()) {
        Candidate lookup = keyLookup(source, index);
        if (lookup != null) {
          return asOneRow(lookup);
        }
      }
    }
    return null;
  }

  private static Candidate asOneRow(Candidate lookup) {
    lookup.oneRow = true;
    lookup.rows = 1;
    return lookup;
  }

  private @Nullable Candidate keyLookup(Source.OfTable source, Index index) {
    Candidate lookup = new Candidate(0, Candidate.Kind.INDEX);
    lookup.index = index;
    lookup.run = KEY_LOOKUP;
    boolean notNull = true;
    for (int i = 0; i < index.keyColumnCount(); i++) {
      notNull &= isNotNull(source.table(), index.column(i).column());
    }
    for (int i = 0; i < index.keyColumnCount(); i++) {
      BoundExpression column = source.expressions().indexed(source, index.column(i));
      Constraint equal = known(source, column, index.column(i), notNull);
      if (equal == null) {
        return null;
      }
      lookup.equal.add(equal);
    }
    lookup.covering =
        source.table().isStoredIn(index) || input.use(0).isCovering(index, input.mayBeNullRow(0));
    return lookup;
  }

  private @Nullable Constraint known(
      Source.OfTable source, BoundExpression target, @Nullable IndexColumn column, boolean is) {
    for (Constraint constraint : constraints.on(0, target, column, source)) {
      if (constraint.required() == 0
          && (constraint.kind() == Constraint.Kind.EQUAL
              || (is && constraint.kind() == Constraint.Kind.IS))) {
        return constraint;
      }
    }
    return null;
  }

  private static boolean isNotNull(Table table, int column) {
    return column == IndexColumn.ROWID || (column >= 0 && table.column(column).notNull() != null);
  }
}
