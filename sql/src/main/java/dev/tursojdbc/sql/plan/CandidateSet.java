package dev.tursojdbc.sql.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** The candidates of all sources, without those that another one beats in every respect. */
final class CandidateSet {
  private final List<Candidate> candidates = new ArrayList<>();
  private final boolean keepsAll;

  CandidateSet() {
    this(false);
  }

  private CandidateSet(boolean keepsAll) {
    this.keepsAll = keepsAll;
  }

  /** One that keeps all candidates. */
  static CandidateSet ofAll() {
    return new CandidateSet(true);
  }

  List<Candidate> all() {
    return candidates;
  }

  /** Adds a candidate unless there is one that is at least as good; drops those that it beats. */
  void add(Candidate offered) {
    Candidate added = offered.copy();
    if (keepsAll) {
      candidates.add(added);
      return;
    }
    adjust(added);
    for (int i = 0; i < candidates.size(); i++) {
      Candidate known = candidates.get(i);
      if (known.source != added.source || known.order != added.order) {
        continue;
      }
      if (isRealIndexFor(known, added)) {
        replace(i, added);
        return;
      }
      if ((known.prerequisites & added.prerequisites) == known.prerequisites
          && known.setup <= added.setup
          && known.run <= added.run
          && known.rows <= added.rows
          && !isSearchForScan(known, added)) {
        return;
      }
      if (isBeaten(known, added)) {
        replace(i, added);
        return;
      }
    }
    candidates.add(added);
  }

  /**
   * Any index with an equality is better than a hash table on the same condition, unless some of
   * its columns are skipped.
   */
  private static boolean isRealIndexFor(Candidate known, Candidate added) {
    return known.kind == Candidate.Kind.HASH
        && added.kind == Candidate.Kind.INDEX
        && added.skipped == 0
        && added.hasEquality()
        && (known.prerequisites & added.prerequisites) == added.prerequisites;
  }

  /** A search takes the place of a scan that costs just as much. */
  private static boolean isSearchForScan(Candidate known, Candidate added) {
    return known.run == added.run
        && known.rows == added.rows
        && !known.isSearch()
        && added.isSearch();
  }

  private static boolean isBeaten(Candidate known, Candidate added) {
    return (known.prerequisites & added.prerequisites) == added.prerequisites
        && known.run >= added.run
        && known.rows >= added.rows;
  }

  private void replace(int position, Candidate added) {
    candidates.set(position, added);
    for (int i = candidates.size() - 1; i > position; i--) {
      Candidate known = candidates.get(i);
      if (known.source == added.source
          && known.order == added.order
          && (isRealIndexFor(known, added) || isBeaten(known, added))) {
        candidates.remove(i);
      }
    }
  }

  /**
   * A search that uses more terms of the same kind must not look more costly than one that uses
   * fewer of them: estimates are made even.
   */
  private void adjust(Candidate added) {
    if (added.kind != Candidate.Kind.INDEX) {
      return;
    }
    for (Candidate known : candidates) {
      if (known.source != added.source || known.kind != Candidate.Kind.INDEX) {
        continue;
      }
      if (isCheaperSubset(known, added)) {
        added.run = Math.min(known.run, added.run);
        added.rows = Math.min(known.rows - 1, added.rows);
      } else if (isCheaperSubset(added, known)) {
        added.run = Math.max(known.run, added.run);
        added.rows = Math.max(known.rows + 1, added.rows);
      }
    }
  }

  private static boolean isCheaperSubset(Candidate smaller, Candidate larger) {
    if (smaller.run > larger.run && smaller.rows > larger.rows) {
      return false;
    }
    if (Objects.equals(smaller.index, larger.index)
        && smaller.equal.size() < larger.equal.size()
        && smaller.skipped + larger.skipped == 0) {
      return true;
    }
    List<Constraint> some = smaller.constraints();
    List<Constraint> all = larger.constraints();
    if (some.size() >= all.size() || larger.skipped > smaller.skipped) {
      return false;
    }
    for (Constraint constraint : some) {
      if (all.stream().noneMatch(c -> c.term() == constraint.term())) {
        return false;
      }
    }
    return !smaller.covering || larger.covering;
  }
}
