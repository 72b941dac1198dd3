package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import org.jspecify.annotations.Nullable;

/**
 * Finds the search for the only row of a query over one table, which needs no other to be compared
 * with.
 */
final class OneRowFinder {
  /** Costs of finding the only row: 10 and 15. */
  private static final int ROWID_LOOKUP = 33;

  private static final int KEY_LOOKUP = 39;

  /** Columns of a unique key that is taken without looking for a better way. */
  private static final int LONGEST_KEY = 3;

  private final JoinInput input;
  private final ConstraintFinder constraints;

  OneRowFinder(JoinInput input) {
    this.input = input;
    this.constraints = new ConstraintFinder(input, input.terms());
  }

  /**
   * If the only source of the query is a table, and its rowid or all columns of a unique index are
   * known: that search, whatever others there are; else null.
   */
  @Nullable Candidate find() {
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
      notNull &= index.column(i).isNotNull(source.table());
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
}
