package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.Constant;
import java.util.List;

/**
 * The terms that a loop tests row by row, since no index sees to them, and how many rows they are
 * guessed to leave.
 *
 * <p>The guesses are SQLite's: each term takes a little, and of the equalities the one that is
 * guessed to take most counts for all, a comparison with -1, 0 or 1 for less than others.
 */
final class TestedTerms {
  /** Logarithmic: an equality leaves a quarter of the rows, one with a small integer half. */
  private static final int EQUALITY = 20;

  private static final int SMALL_INTEGER_EQUALITY = 10;

  private final List<Term> terms;

  TestedTerms(List<Term> terms) {
    this.terms = terms;
  }

  /** Takes the terms into account that the loop tests without an index seeing to them. */
  void reduceRows(Candidate candidate, int tableRows) {
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
        int guess = isSmallInteger(term) ? SMALL_INTEGER_EQUALITY : EQUALITY;
        if (guess > reduction) {
          term.guess();
          reduction = guess;
        }
      }
    }
    candidate.rows = Math.min(candidate.rows, tableRows - reduction);
  }

  private static boolean isSmallInteger(Term term) {
    return term.expression instanceof BoundCondition.Comparison comparison
        && comparison.right() instanceof Constant constant
        && constant.isInteger()
        && constant.integer() >= -1
        && constant.integer() <= 1;
  }
}
