package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import org.jspecify.annotations.Nullable;

/**
 * A term as an index sees it: a column, or an expression that may be indexed, compared with
 * something that is known before.
 *
 * @param source position in FROM of the source it constrains
 * @param value what the target is compared with; null for IN and IS NULL
 * @param required sources that must come before
 * @param conversion what the comparison converts its sides to
 * @param exact whether the comparison says all that the term says
 * @param exchanged whether the target is the right one of two columns that are compared
 */
record Constraint(
    Term term,
    int source,
    BoundExpression target,
    Kind kind,
    @Nullable BoundExpression value,
    long required,
    Affinity conversion,
    Collation collation,
    boolean exact,
    boolean exchanged) {

  /** How target and value are compared. */
  enum Kind {
    EQUAL,
    IS,
    IN,
    IS_NULL,
    LESS,
    LESS_OR_EQUAL,
    GREATER,
    GREATER_OR_EQUAL;

    boolean isRange() {
      return isLower() || isUpper();
    }

    boolean isLower() {
      return this == GREATER || this == GREATER_OR_EQUAL;
    }

    boolean isUpper() {
      return this == LESS || this == LESS_OR_EQUAL;
    }
  }

  boolean isEquality() {
    return kind == Kind.EQUAL || kind == Kind.IS;
  }

  /** Whether it is IS NULL or, as a range above NULL, IS NOT NULL. */
  boolean isAboutNull() {
    return kind == Kind.IS_NULL || isNotNull();
  }

  /** Whether it is the lower end of a range without NULLs, which samples make worth while. */
  boolean isNotNull() {
    return term.expression instanceof BoundCondition.IsNull test && test.negated();
  }

  /** Whether both are about elements of one row value IN a query. */
  boolean isOfSameRow(Constraint other) {
    return term.slice >= 0 && term.parent != null && term.parent == other.term.parent;
  }

  boolean isOnColumn(int column) {
    return target instanceof BoundExpression.Column of && of.column() == column;
  }

  /** Whether an index whose values have this affinity can see to it. */
  boolean fits(Affinity indexed) {
    if (kind == Kind.IS_NULL || conversion.compareTo(Affinity.TEXT) < 0) {
      return true;
    }
    return conversion == Affinity.TEXT ? indexed == Affinity.TEXT : indexed.isNumeric();
  }

  /** The same for another column that is known to equal the target. */
  Constraint on(int otherSource, BoundExpression otherTarget) {
    return new Constraint(
        term,
        otherSource,
        otherTarget,
        kind,
        value,
        required,
        conversion,
        collation,
        false,
        exchanged);
  }
}
