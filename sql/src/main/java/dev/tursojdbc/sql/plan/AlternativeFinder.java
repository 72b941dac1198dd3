package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.Source;
import java.util.List;
import java.util.Objects;

/**
 * Finds the candidates that look up the rows of each side of an OR by itself, by whatever index
 * fits the side, and give each row once.
 *
 * <p>Only a table with rowids can be read so: rowids tell which rows were given already.
 */
final class AlternativeFinder {
  private final JoinInput input;
  private final CandidateSet found;
  private final List<Term> terms;

  AlternativeFinder(JoinInput input, CandidateSet found, List<Term> terms) {
    this.input = input;
    this.found = found;
    this.terms = terms;
  }

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
    CandidateSet candidates = CandidateSet.ofAll();
    CandidateFinder.ofSide(input, candidates, alternative).find(position, prerequisites);
    for (Candidate candidate : candidates.all()) {
      if (candidate.isSearch() || candidate.split != null) {
        costs.add(candidate.prerequisites, candidate.run, candidate.rows);
      }
    }
    return costs;
  }

  /**
   * The cheapest way to find the rows of one side of an OR.
   *
   * @param side the terms of the side, then those beside the OR
   * @param before the sources of the loops around
   */
  static Candidate cheapest(JoinInput input, int position, List<Term> side, long before) {
    CandidateSet candidates = new CandidateSet();
    CandidateFinder.ofSide(input, candidates, side).find(position, 0);
    Candidate best = null;
    for (Candidate candidate : candidates.all()) {
      if ((candidate.prerequisites & ~before) == 0 && (best == null || candidate.run < best.run)) {
        best = candidate;
      }
    }
    return Objects.requireNonNull(best);
  }
}
