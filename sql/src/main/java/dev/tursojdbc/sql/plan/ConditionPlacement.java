package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCall;
import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.References;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Decides where in nested loops each term is tested: in the outermost loop that has all it needs,
 * but conditions of WHERE not before a RIGHT JOIN is done, and those of outer joins where rows are
 * matched. Terms that access paths see to are not tested.
 */
final class ConditionPlacement {
  private final JoinInput input;
  private final List<Candidate> loops;
  private final List<BoundExpression> constants = new ArrayList<>();
  private final List<List<BoundExpression>> conditions = new ArrayList<>();
  private final List<List<BoundExpression>> matches = new ArrayList<>();

  ConditionPlacement(JoinInput input, List<Candidate> loops) {
    this.input = input;
    this.loops = loops;
    for (int i = 0; i < loops.size(); i++) {
      conditions.add(new ArrayList<>());
      matches.add(new ArrayList<>());
    }
    place();
  }

  List<BoundExpression> constants() {
    return constants;
  }

  /** Tested in a loop, rows without partner included. Those with queries come last. */
  List<BoundExpression> conditions(int loop) {
    return queriesLast(conditions.get(loop));
  }

  /** What makes a row of an outer join's source a partner. */
  List<BoundExpression> matches(int loop) {
    return queriesLast(matches.get(loop));
  }

  private static List<BoundExpression> queriesLast(List<BoundExpression> terms) {
    List<BoundExpression> sorted = new ArrayList<>(terms.size());
    List<BoundExpression> last = new ArrayList<>();
    for (BoundExpression term : terms) {
      (References.hasQuery(term) ? last : sorted).add(term);
    }
    sorted.addAll(last);
    return sorted;
  }

  private void place() {
    int lastRight = lastRightJoin(input.count());
    for (Term term : input.terms()) {
      if (term.isVirtual() || isSeenTo(term)) {
        continue;
      }
      if (term.outer && input.isLeftOut(term.join)) {
        continue;
      }
      if (term.outer) {
        matches.get(loopOf(term.join)).add(term.expression);
        continue;
      }
      int loop = -1;
      for (int i = 0; i < loops.size(); i++) {
        if ((term.required & loops.get(i).self) != 0) {
          loop = i;
        }
      }
      // Of an inner join between right joins: after those before it, before those behind it.
      boolean beforeRight = term.join >= 0 && lastRight >= 0 && term.join < lastRight;
      int rightBefore = beforeRight ? lastRightJoin(term.join) : lastRight;
      if (loop < 0 && !beforeRight && isConstant(term.expression)) {
        constants.add(term.expression);
        continue;
      }
      if (rightBefore >= 0) {
        loop = Math.max(loop, loopOf(rightBefore));
      }
      if (loops.isEmpty()) {
        constants.add(term.expression);
      } else {
        conditions.get(Math.max(loop, 0)).add(term.expression);
      }
    }
  }

  /** Whether an expression without columns is the same for all rows. */
  static boolean isConstant(BoundExpression expression) {
    boolean[] constant = {true};
    References.walk(
        expression,
        e -> {
          if (e instanceof BoundCall.Function f && !f.function().isDeterministic()) {
            constant[0] = false;
          }
        });
    return constant[0];
  }

  /** The last right join in front of a source, or -1. */
  private int lastRightJoin(int position) {
    for (int i = position - 1; i >= 0; i--) {
      if (input.item(i).join().keepsRight()) {
        return i;
      }
    }
    return -1;
  }

  private int loopOf(int position) {
    for (int i = 0; i < loops.size(); i++) {
      if (loops.get(i).source == position) {
        return i;
      }
    }
    throw new IllegalStateException("no loop over source " + position);
  }

  /** Whether access paths make a term true for every row they find. */
  private boolean isSeenTo(Term term) {
    Set<Term> exact = new HashSet<>();
    for (int i = 0; i < loops.size(); i++) {
      Candidate loop = loops.get(i);
      if (loop.split == term) {
        return (term.required & ~(before(i) | loop.self)) == 0;
      }
      for (Constraint constraint : usedConstraints(i)) {
        if (constraint.exact()) {
          exact.add(constraint.term());
        }
      }
      if (loop.kind == Candidate.Kind.HASH && isFilter(term, loop)) {
        return true;
      }
    }
    if (exact.contains(term)) {
      return true;
    }
    boolean derived = false;
    for (Term other : input.terms()) {
      if (other.parent == term) {
        if (!exact.contains(other)) {
          return false;
        }
        derived = true;
      }
    }
    return derived && isWhole(term) && isSoughtAtOnce(term);
  }

  /** Elements of a row value IN a query that different loops seek need not be of one row. */
  private boolean isSoughtAtOnce(Term term) {
    return !(term.expression instanceof BoundCondition.InQuery in)
        || loops.stream()
            .anyMatch(
                loop ->
                    loop.equal.stream().filter(c -> c.term().parent == term).count()
                        == in.operands().size());
  }

  /** Whether the terms that follow from a term say together what it says. */
  private boolean isWhole(Term term) {
    long children = input.terms().stream().filter(other -> other.parent == term).count();
    return !(term.expression instanceof BoundCondition.Between) || children == 2;
  }

  /** The sources of the loops around a loop. */
  long before(int loop) {
    long before = 0;
    for (int i = 0; i < loop; i++) {
      before |= loops.get(i).self;
    }
    return before;
  }

  /** The constraints that a loop sees to. */
  List<Constraint> usedConstraints(int loop) {
    Candidate candidate = loops.get(loop);
    return candidate.kind == Candidate.Kind.HASH ? hashKeys(loop) : candidate.constraints();
  }

  /** The equalities that a hash table can be asked for: the first of each column. */
  List<Constraint> hashKeys(int loop) {
    Candidate candidate = loops.get(loop);
    long before = before(loop);
    Set<Integer> columns = new HashSet<>();
    List<Constraint> keys = new ArrayList<>();
    for (TermEntry entry : input.entries()) {
      for (Constraint constraint : entry.constraints()) {
        if ((constraint.required() & ~before) == 0
            && input.mayBeHashKey(constraint, candidate.source)
            && columns.add(((BoundExpression.Column) constraint.target()).column())) {
          keys.add(constraint);
        }
      }
    }
    return keys;
  }

  /** Whether rows that do not fulfil a term are left out of the loop's hash table. */
  boolean isFilter(Term term, Candidate loop) {
    return term.required == loop.self
        && !term.isVirtual()
        && input.mayDrive(term, loop.source)
        && term.outer == input.isOuter(loop.source)
        && !References.hasQuery(term.expression)
        && input.isOnAlone(term.expression, loop.source);
  }
}
