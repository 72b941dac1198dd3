package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One of the conditions that must all hold for a row of a join: a conjunct of WHERE or of an ON, or
 * one that follows from such a conjunct and can use an index where that cannot.
 */
final class Term {
  final BoundExpression expression;

  /** The sources it needs, as bits by their position in FROM. */
  final long required;

  /** Position in FROM of the join that it is a condition of; -1 for WHERE. */
  final int join;

  /** Whether that is an outer join. */
  final boolean outer;

  /** The term that it follows from; it is then not evaluated by itself. Null for all others. */
  final @Nullable Term parent;

  /** The ways in which an index may see to it. */
  final List<Constraint> constraints = new ArrayList<>();

  /**
   * The upper end of a range whose lower end is the term's constraint, if both come from a pattern;
   * they are used together or not at all.
   */
  @Nullable Constraint patternEnd;

  /** Of a row value IN a query: which of its elements the term is about; -1 for all others. */
  int slice = -1;

  /** For an OR whose sides may all use indexes: the terms of each side. Else empty. */
  final List<List<Term>> alternatives = new ArrayList<>();

  /** Whether samples say that it holds for half of the rows or more. */
  private boolean likely;

  /** Whether it was taken to hold for few rows without asking samples. */
  private boolean guessed;

  /** Whether that was wrong. */
  private boolean guessedWrong;

  Term(BoundExpression expression, long required, int join, boolean outer, @Nullable Term parent) {
    this.expression = expression;
    this.required = required;
    this.join = join;
    this.outer = outer;
    this.parent = parent;
  }

  boolean isVirtual() {
    return parent != null;
  }

  /** Whether it compares for equality, which few rows fulfil. */
  boolean isEquality() {
    for (Constraint constraint : constraints) {
      if (constraint.isEquality()) {
        return true;
      }
    }
    return false;
  }

  boolean isLikely() {
    return likely;
  }

  void setLikely() {
    guessedWrong |= guessed && !likely;
    likely = true;
  }

  void guess() {
    guessed = true;
  }

  /** Whether estimates that were made before have to be made again. */
  boolean wasGuessedWrong() {
    return guessedWrong;
  }

  @Override
  public String toString() {
    return expression.toString();
  }
}
