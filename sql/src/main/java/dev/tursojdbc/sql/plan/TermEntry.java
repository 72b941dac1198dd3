package dev.tursojdbc.sql.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * A term at the place where SQLite looks at it: which of two equally good searches is taken depends
 * on which comes first.
 *
 * <p>What was written comes first, in its order. Behind it, from the last to the first, comes what
 * follows from each: a comparison of two columns once more with its sides exchanged, the ends of a
 * BETWEEN or of a pattern, the slices of a row.
 *
 * @param exchanged whether it stands for a comparison with its sides exchanged
 */
record TermEntry(Term term, boolean exchanged) {

  static List<TermEntry> inOrder(List<Term> terms) {
    List<TermEntry> entries = new ArrayList<>(terms.size());
    for (Term term : terms) {
      if (!term.isVirtual()) {
        entries.add(new TermEntry(term, false));
      }
    }
    int written = entries.size();
    for (int i = written - 1; i >= 0; i--) {
      Term term = entries.get(i).term;
      addExchanged(term, entries);
      for (Term other : terms) {
        if (other.parent == term) {
          entries.add(new TermEntry(other, false));
          addExchanged(other, entries);
        }
      }
    }
    for (Term term : terms) {
      if (term.isVirtual() && entries.stream().noneMatch(entry -> entry.term == term)) {
        entries.add(new TermEntry(term, false));
        addExchanged(term, entries);
      }
    }
    return entries;
  }

  private static void addExchanged(Term term, List<TermEntry> entries) {
    if (term.constraints.stream().anyMatch(Constraint::exchanged)) {
      entries.add(new TermEntry(term, true));
    }
  }

  /** The constraints that are found here. */
  List<Constraint> constraints() {
    List<Constraint> found = new ArrayList<>(1);
    for (Constraint constraint : term.constraints) {
      if (constraint.exchanged() == exchanged) {
        found.add(constraint);
      }
    }
    return found;
  }
}
