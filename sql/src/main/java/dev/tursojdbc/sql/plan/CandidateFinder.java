package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.CollationLookup;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.function.TableFunction;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the candidates for the loop over one source: scans of the table and of its indexes, a hash
 * table, and what {@link SearchFinder} and {@link AlternativeFinder} find.
 *
 * <p>The estimates are SQLite's, since which plan is chosen shows in the order of rows.
 */
final class CandidateFinder {
  /** A full scan costs three times its rows, to favour searches where statistics may be wrong. */
  static final int SCAN_FACTOR = 16;

  /** Rows that a lookup in an automatic index is taken to give: 20. */
  private static final int HASH_ROWS = 43;

  private static final int HASH_ON_TABLE = 28;
  private static final int HASH_ON_QUERY = -25;

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
      if (isTable
          ? only == null || asked
          : indexes && (only == null || asked) && isOrderKnown(index)) {
        if (!index.isPartial() || constraints.implies(source, position, index)) {
          findByIndex(source, position, prerequisites, statistics, index, asked);
        }
      }
    }
  }

  /** Nothing can be sought in an index by a collation that this connection does not know. */
  private boolean isOrderKnown(Index index) {
    CollationLookup collations = input.planner().context().collations();
    for (IndexColumn column : index.columns()) {
      if (collations.find(column.collation()) == null) {
        return false;
      }
    }
    return true;
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

    SearchFinder search = searches(position, null, statistics);
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
    SearchFinder search = searches(position, index, statistics);
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

  private SearchFinder searches(int position, @Nullable Index index, SourceStatistics statistics) {
    return new SearchFinder(input, found, constraints, tested, position, index, statistics);
  }

  private static int orderNumber(Table table, Index index) {
    return 2 + table.indexes().indexOf(index);
  }

  /** Whether the order of an index, or of rowids, has to do with the order that is asked for. */
  private boolean mayHelpToSort(int position, @Nullable Index index) {
    for (OrderTerm term : ordering.terms()) {
      BoundExpression expression = term.expression();
      while (expression instanceof BoundValue.Collate collate) {
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
}
