package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;

/**
 * Finds out how far the rows of nested loops come in the order asked for, and which loops must run
 * backwards for that.
 */
final class OrderCheck {
  /** More loops have to be seen before it can be said. */
  static final int UNDECIDED = -1;

  private final JoinInput input;
  private final Ordering ordering;
  private final List<OrderTerm> terms;

  /** Terms that are seen to. */
  private long satisfied;

  /** Loops, by position in the nest, that run backwards. */
  private long reversed;

  /** Loops over an index whose NULLs have to come at the other end. */
  private long nullsApart;

  /** Whether rows of the loops so far cannot be equal in the terms so far. */
  private boolean distinct = true;

  /** Whether the values of an IN are taken one at a time, as SQLite does for the innermost loop. */
  private boolean lastOnly;

  private long distinctSources;

  OrderCheck(JoinInput input, Ordering ordering) {
    this.input = input;
    this.ordering = ordering;
    this.terms = ordering.terms();
  }

  long reversed() {
    return reversed;
  }

  long nullsApart() {
    return nullsApart;
  }

  /**
   * @param loops from the outermost on
   * @return how many of the terms are satisfied, or {@link #UNDECIDED}
   */
  int satisfied(List<Candidate> loops) {
    return satisfied(loops, 0);
  }

  /** As {@link #satisfied}, of the rows for one row of the loops around the innermost one. */
  int satisfiedByLast(List<Candidate> loops) {
    lastOnly = true;
    return satisfied(loops, loops.size() - 1);
  }

  private int satisfied(List<Candidate> loops, int first) {
    if (terms.isEmpty()) {
      return 0;
    }
    if (terms.size() > 63) {
      return 0;
    }
    satisfied = 0;
    reversed = 0;
    nullsApart = 0;
    distinct = true;
    distinctSources = 0;
    long all = (1L << terms.size()) - 1;
    long ready = 0;
    for (int i = 0; i < first; i++) {
      ready |= loops.get(i).self;
    }
    for (int i = first; i < loops.size() && distinct && satisfied < all; i++) {
      Candidate loop = loops.get(i);
      markConstants(loop, ready);
      boolean single = loop.oneRow || input.item(loop.source).join() == JoinKind.EXISTS;
      if (!single && !follow(loop, i)) {
        return 0;
      }
      if (distinct) {
        distinctSources |= loop.self;
        markFunctionsOf();
      }
      ready |= loop.self;
    }
    if (satisfied == all) {
      return terms.size();
    }
    if (!distinct) {
      return Long.numberOfTrailingZeros(~satisfied);
    }
    return UNDECIDED;
  }

  private BoundExpression bare(int term) {
    BoundExpression expression = terms.get(term).expression();
    while (expression instanceof BoundValue.Collate collate) {
      expression = collate.operand();
    }
    return expression;
  }

  private boolean isSatisfied(int term) {
    return (satisfied & 1L << term) != 0;
  }

  /** Terms that equal a constant, or something of the loops around, put nothing in order. */
  private void markConstants(Candidate loop, long ready) {
    int sourceId = input.source(loop.source).id();
    for (int i = 0; i < terms.size(); i++) {
      if (isSatisfied(i) || !(bare(i) instanceof Column column) || column.source() != sourceId) {
        continue;
      }
      for (Term term : input.terms()) {
        if (input.mayDrive(term, loop.source)
            && (fixes(term, column, ready, terms.get(i).collation())
                || (lastOnly && isUsedIn(term, loop, column, ready)))) {
          satisfied |= 1L << i;
          break;
        }
      }
    }
  }

  private static boolean fixes(Term term, Column column, long ready, Collation collation) {
    for (Constraint constraint : term.constraints) {
      if (constraint.target().equals(column)
          && (constraint.required() & ~ready) == 0
          && (constraint.kind() == Constraint.Kind.IS_NULL
              || (constraint.isEquality()
                  && (column.isRowid() || constraint.collation() == collation)))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isUsedIn(Term term, Candidate loop, Column column, long ready) {
    return loop.equal.stream()
        .anyMatch(
            constraint ->
                constraint.term() == term
                    && constraint.kind() == Constraint.Kind.IN
                    && constraint.target().equals(column)
                    && (constraint.required() & ~ready) == 0);
  }

  /** Follows the columns in whose order a loop walks. @return false if there is no order at all */
  private boolean follow(Candidate loop, int nestPosition) {
    Source source = input.source(loop.source);
    if (loop.kind == Candidate.Kind.ROWS && source instanceof Source.OfQuery query) {
      followQuery(query);
      return true;
    }
    if (!(source instanceof Source.OfTable table)
        || loop.kind == Candidate.Kind.HASH
        || loop.kind == Candidate.Kind.MULTI) {
      return false;
    }
    Index index = loop.index;
    if (index != null && input.sourceStatistics(table).isUnordered(index)) {
      return false;
    }
    int keyCount = index == null ? 0 : index.keyColumnCount();
    int columnCount = index == null ? 1 : index.columns().size();
    if (index != null && table.table().isStoredIn(index)) {
      columnCount = keyCount;
    }
    distinct &= index == null || (index.isUnique() && loop.skipped == 0);
    boolean reverse = false;
    boolean directionSet = false;
    boolean rowidSeen = false;
    for (int j = 0; j < columnCount; j++) {
      if (j >= loop.skipped && j < loop.keyColumns()) {
        Constraint constraint = loop.equal.get(j - loop.skipped);
        if (lastOnly || constraint.kind() != Constraint.Kind.IN) {
          if (constraint.kind() == Constraint.Kind.IS_NULL
              || constraint.kind() == Constraint.Kind.IS) {
            distinct = false;
          }
          continue;
        }
        if (loop.isInRowThatGoesOn(j - loop.skipped)) {
          // The rows of an IN come in the order of their first elements, not each for itself.
          distinct = false;
          break;
        }
      }
      BoundExpression column;
      boolean descending = false;
      Collation collation = Collation.BINARY;
      if (index == null) {
        column = rowid(table);
      } else {
        IndexColumn indexed = index.column(j);
        column = table.expressions().indexed(table, indexed);
        descending = indexed.descending();
        collation = table.expressions().collation(indexed);
        if (distinct && j >= loop.keyColumns() && mayBeNull(table.table(), indexed.column())) {
          distinct = false;
        }
      }
      int term = termFor(column, collation);
      if (term >= 0 && !ordering.isInAnyDirection()) {
        boolean wantsDescending = terms.get(term).descending();
        if (terms.get(term).nullsLarge() && !mayHaveNullsApart(loop, j)) {
          term = -1;
        } else if (!directionSet) {
          directionSet = true;
          reverse = descending != wantsDescending;
          if (reverse) {
            reversed |= 1L << nestPosition;
          }
        } else if ((reverse != descending) != wantsDescending) {
          term = -1;
        }
      }
      if (term < 0) {
        if (j == 0 || j < keyCount) {
          distinct = false;
        }
        break;
      }
      if (terms.get(term).nullsLarge() && hasNulls(loop)) {
        nullsApart |= 1L << nestPosition;
      }
      satisfied |= 1L << term;
      rowidSeen |= column instanceof Column of && of.isRowid();
    }
    if (rowidSeen) {
      distinct = true;
    }
    return true;
  }

  /** The rows of a query come in its own order. */
  private void followQuery(Source.OfQuery source) {
    distinct = false;
    int next = Long.numberOfTrailingZeros(~satisfied);
    for (OrderTerm own : CompoundPlanner.orderOf(source.query())) {
      if (next >= terms.size()
          || own.resultColumn() < 0
          || !(bare(next) instanceof Column column)
          || column.source() != source.id()
          || column.column() != own.resultColumn()
          || terms.get(next).collation() != own.collation()) {
        return;
      }
      OrderTerm term = terms.get(next);
      if (!ordering.isInAnyDirection()
          && (term.descending() != own.descending() || term.nullsFirst() != own.nullsFirst())) {
        return;
      }
      satisfied |= 1L << next;
      next++;
    }
  }

  /** Only the first column behind the equal ones can have its NULLs at the other end. */
  private static boolean mayHaveNullsApart(Candidate loop, int column) {
    return column == loop.keyColumns();
  }

  /** Whether the loop comes by NULLs in the first column behind the equal ones. */
  private static boolean hasNulls(Candidate loop) {
    return loop.index != null && loop.lower == null && loop.upper == null;
  }

  /** Rows whose key is NULL are not told apart by a unique index. */
  private static boolean mayBeNull(Table table, int column) {
    if (column == IndexColumn.ROWID || column == table.rowidColumn()) {
      return false;
    }
    return column == IndexColumn.EXPRESSION || table.column(column).notNull() == null;
  }

  static Column rowid(Source.OfTable table) {
    return new Column(
        table.id(),
        Column.ROWID,
        dev.tursojdbc.sql.value.Affinity.INTEGER,
        Collation.BINARY,
        "rowid");
  }

  /** The term that a column of the loop's order sees to: the next one, or for groups any. */
  private int termFor(BoundExpression column, Collation collation) {
    for (int i = 0; i < terms.size(); i++) {
      if (isSatisfied(i)) {
        continue;
      }
      boolean isRowid = column instanceof Column of && of.isRowid();
      BoundExpression expression = bare(i);
      boolean same =
          isRowid
              ? expression instanceof Column of
                  && of.isRowid()
                  && of.source() == ((Column) column).source()
              : expression.equals(column);
      if (same && (isRowid || terms.get(i).collation() == collation)) {
        return i;
      }
      if (!ordering.isInAnySequence()) {
        return -1;
      }
    }
    return -1;
  }

  /** Terms over sources whose rows are already told apart put nothing more in order. */
  private void markFunctionsOf() {
    for (int i = 0; i < terms.size(); i++) {
      if (isSatisfied(i)) {
        continue;
      }
      BoundExpression expression = terms.get(i).expression();
      long required = input.required(expression);
      if ((required & ~distinctSources) == 0 && (required != 0 || isConstant(expression))) {
        satisfied |= 1L << i;
      }
    }
  }

  private static boolean isConstant(BoundExpression expression) {
    return dev.tursojdbc.sql.bind.References.sources(expression).isEmpty();
  }

  /** Whether a term's collation is the one of its expression alone. */
  static boolean hasOwnCollation(OrderTerm term) {
    return Comparisons.collation(term.expression()) == term.collation();
  }
}
