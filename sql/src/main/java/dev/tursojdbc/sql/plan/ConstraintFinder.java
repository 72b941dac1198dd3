package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.value.Affinity;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the constraints on a column, those included that hold for another column which an equality
 * makes the same: from {@code a = b AND b = 5} follows {@code a = 5}.
 */
final class ConstraintFinder {
  private final JoinInput input;
  private final List<Term> terms;
  private final List<TermEntry> entries;

  ConstraintFinder(JoinInput input, List<Term> terms) {
    this.input = input;
    this.terms = terms;
    this.entries = TermEntry.inOrder(terms);
  }

  /**
   * The constraints that an index column can see to.
   *
   * @param indexed the column; null for the rowid
   */
  List<Constraint> on(
      int position, BoundExpression target, @Nullable IndexColumn indexed, Source.OfTable source) {
    List<Constraint> found = new ArrayList<>();
    Affinity affinity = target.affinity();
    for (Map.Entry<BoundExpression, Boolean> same : equals(position, target).entrySet()) {
      boolean itself = same.getValue();
      for (TermEntry entry : entries) {
        Term term = entry.term();
        if (!input.mayDrive(term, position)) {
          continue;
        }
        for (Constraint constraint : entry.constraints()) {
          if (constraint.target().equals(same.getKey())
              && (itself || mayPassOn(constraint, term, target))
              && constraint.fits(affinity)
              && hasCollation(constraint, indexed, source)) {
            found.add(itself ? constraint : constraint.on(position, target));
          }
        }
      }
    }
    return found;
  }

  /** What holds for one column holds for another that equals it, whatever it is compared with. */
  private static boolean mayPassOn(Constraint constraint, Term term, BoundExpression target) {
    return term.patternEnd == null
        && constraint.kind() != Constraint.Kind.IS_NULL
        && !(constraint.isEquality() && target.equals(constraint.value()));
  }

  private static boolean hasCollation(
      Constraint constraint, @Nullable IndexColumn indexed, Source.OfTable source) {
    if (indexed == null || constraint.kind() == Constraint.Kind.IS_NULL) {
      return true;
    }
    return constraint.collation() == source.expressions().collation(indexed);
  }

  /** The target, and columns of other sources that equal it. True for the target itself. */
  private Map<BoundExpression, Boolean> equals(int position, BoundExpression target) {
    Map<BoundExpression, Boolean> same = new LinkedHashMap<>();
    same.put(target, true);
    if (!(target instanceof Column) || input.isOuter(position) || input.count() == 1) {
      return same;
    }
    List<BoundExpression> frontier = new ArrayList<>(List.of(target));
    while (!frontier.isEmpty()) {
      BoundExpression next = frontier.remove(0);
      for (TermEntry entry : entries) {
        BoundExpression other = equalColumn(entry, next);
        if (other != null && !same.containsKey(other)) {
          same.put(other, false);
          frontier.add(other);
        }
      }
    }
    return same;
  }

  /** The other column of a term that says two columns are equal in every respect. */
  private static @Nullable BoundExpression equalColumn(TermEntry entry, BoundExpression column) {
    Term term = entry.term();
    if (term.outer
        || !(term.expression instanceof BoundCondition.Comparison comparison)
        || comparison.operator() != ComparisonOperator.EQUAL
        || !(comparison.left() instanceof Column left)
        || !(comparison.right() instanceof Column right)) {
      return null;
    }
    boolean sameAffinity =
        left.affinity() == right.affinity()
            || (left.affinity().isNumeric() && right.affinity().isNumeric());
    if (!sameAffinity || Comparisons.collation(left) != Comparisons.collation(right)) {
      return null;
    }
    return (entry.exchanged() ? right : left).equals(column)
        ? entry.exchanged() ? left : right
        : null;
  }

  /** Whether the terms that decide which rows of the source count imply a partial index's WHERE. */
  boolean implies(Source.OfTable source, int position, Index index) {
    BoundExpression predicate = source.expressions().predicate(source, index);
    for (BoundExpression conjunct : TermAnalyzer.conjuncts(predicate)) {
      boolean implied = false;
      for (Term term : terms) {
        if (input.mayDrive(term, position) && Implication.holds(term.expression, conjunct)) {
          implied = true;
          break;
        }
      }
      if (!implied) {
        return false;
      }
    }
    return true;
  }
}
