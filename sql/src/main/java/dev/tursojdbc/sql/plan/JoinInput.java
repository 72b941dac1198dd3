package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the planning of one join works on: its sources, its terms, statistics. */
final class JoinInput {
  private final Planner planner;
  private final BoundQuery.Select query;
  private final int runs;
  private final TermAnalyzer analyzer;
  private final List<Term> terms;
  private final List<TermEntry> entries;
  private long leftOut;
  private final List<@Nullable ColumnUse> uses = new ArrayList<>();

  /**
   * @param runs estimate of how often the query is computed
   */
  JoinInput(Planner planner, BoundQuery.Select query, int runs) {
    this.runs = runs;
    this.planner = planner;
    this.query = query;
    this.analyzer = new TermAnalyzer(query.from());
    this.terms = analyzer.analyze(query.where());
    this.entries = TermEntry.inOrder(terms);
    for (int i = 0; i < query.from().size(); i++) {
      uses.add(null);
    }
  }

  int runs() {
    return runs;
  }

  /** The source at a position has no loop and changes nothing; its conditions do not count. */
  void leaveOut(int position) {
    leftOut |= 1L << position;
  }

  boolean isLeftOut(int position) {
    return (leftOut >> position & 1) != 0;
  }

  Planner planner() {
    return planner;
  }

  BoundQuery.Select query() {
    return query;
  }

  int count() {
    return query.from().size();
  }

  FromItem item(int position) {
    return query.from().get(position);
  }

  Source source(int position) {
    return item(position).source();
  }

  List<Term> terms() {
    return terms;
  }

  /** The terms in the order in which they are looked at. */
  List<TermEntry> entries() {
    return entries;
  }

  /** The sources of the join that an expression needs, as bits. */
  long required(BoundExpression expression) {
    return analyzer.required(expression);
  }

  /** The sources that the terms on a source need beside it, as bits. */
  long requiredBeside(int position) {
    long required = 0;
    for (Term term : terms) {
      if ((term.required >> position & 1) != 0) {
        required |= term.required;
      }
    }
    return required & ~(1L << position);
  }

  /** Position of a source by its number, or -1. */
  int position(int sourceId) {
    for (int i = 0; i < count(); i++) {
      if (source(i).id() == sourceId) {
        return i;
      }
    }
    return -1;
  }

  SourceStatistics sourceStatistics(Source.OfTable table) {
    return new SourceStatistics(
        table, planner.context().catalog().schema(table.database()).statistics());
  }

  /** The encoding of a table's database. */
  TextEncoding encoding(Source.OfTable table) {
    return planner.context().catalog().schema(table.database()).encoding();
  }

  ColumnUse use(int position) {
    ColumnUse use = uses.get(position);
    if (use == null) {
      use = new ColumnUse(source(position), query);
      uses.set(position, use);
    }
    return use;
  }

  /** Whether the source can stand on the null row of an outer join to its left. */
  boolean isOuter(int position) {
    JoinKind join = item(position).join();
    return join.keepsLeft() || join.keepsRight();
  }

  boolean hasRightJoin() {
    return isBeforeRightJoin(-1);
  }

  /** Whether an outer join can put the source on a null row. */
  boolean mayBeNullRow(int position) {
    JoinKind join = item(position).join();
    return join.keepsLeft() || isBeforeRightJoin(position);
  }

  /** Whether a RIGHT or FULL JOIN follows, which can put the source on a null row. */
  boolean isBeforeRightJoin(int position) {
    for (int i = position + 1; i < count(); i++) {
      if (item(i).join().keepsRight()) {
        return true;
      }
    }
    return false;
  }

  /** Whether an expression depends on one source and on nothing outside of the query. */
  boolean isOnAlone(BoundExpression expression, int position) {
    int source = source(position).id();
    return References.sources(expression).stream().allMatch(id -> id == source);
  }

  /** Whether a hash table over a source may have a constraint's column as its key. */
  boolean mayBeHashKey(Constraint constraint, int position) {
    return constraint.source() == position
        && constraint.isEquality()
        && constraint.target() instanceof BoundExpression.Column column
        && !column.isRowid()
        && mayDrive(constraint.term(), position)
        && constraint.fits(column.affinity())
        && isWorthHashing(position, column.column());
  }

  /**
   * Where an index begins with the column, or has it further behind with few rows to each value, a
   * hash table is not taken to help.
   */
  private boolean isWorthHashing(int position, int column) {
    if (!(source(position) instanceof Source.OfTable table)) {
      return true;
    }
    SourceStatistics statistics = sourceStatistics(table);
    for (Index index : table.table().indexes()) {
      int at = index.positionOf(column);
      if (at < 0 || at >= index.keyColumnCount()) {
        continue;
      }
      if (at == 0 || (statistics.isKnown(index) && statistics.rowsPerKey(index, at + 1) > 20)) {
        return false;
      }
    }
    return true;
  }

  /** Whether a term may decide which rows of a source the loop over it sees. */
  boolean mayDrive(Term term, int position) {
    if (!isOuter(position) && !isBeforeRightJoin(position)) {
      // A condition of an outer join says which rows match, not which rows there are.
      return !term.outer;
    }
    return term.join == position;
  }
}
