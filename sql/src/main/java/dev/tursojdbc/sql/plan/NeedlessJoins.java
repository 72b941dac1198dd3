package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.ResultColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * Leaves out the inner sides of LEFT JOINs that cannot change the result: nothing but their own ON
 * refers to them, and they have at most one row for each row before, or duplicates do not count.
 *
 * <pre>
 *   SELECT t.a FROM t LEFT JOIN u ON u.id = t.b
 *   SELECT t.a FROM t
 * </pre>
 */
final class NeedlessJoins {
  private final JoinInput input;
  private final BoundQuery.Select query;

  private NeedlessJoins(JoinInput input) {
    this.input = input;
    this.query = input.query();
  }

  /** The path without the loops that need not be run. */
  static JoinOrder.Path remove(JoinInput input, JoinOrder.Path path) {
    boolean mayApply = path.loops.size() > 1 && input.query().isPlain();
    return mayApply ? new NeedlessJoins(input).without(path) : path;
  }

  private JoinOrder.Path without(JoinOrder.Path path) {
    long used = used();
    for (int i = path.loops.size() - 1; i > 0; i--) {
      Candidate loop = path.loops.get(i);
      if ((used & loop.self) == 0 && isNeedless(loop)) {
        input.leaveOut(loop.source);
      }
    }
    List<Candidate> kept = new ArrayList<>();
    long reversed = 0;
    long nullsApart = 0;
    for (int i = 0; i < path.loops.size(); i++) {
      Candidate loop = path.loops.get(i);
      if (input.isLeftOut(loop.source)) {
        continue;
      }
      reversed |= (path.reversed >> i & 1) << kept.size();
      nullsApart |= (path.nullsApart >> i & 1) << kept.size();
      kept.add(loop);
    }
    if (kept.size() == path.loops.size()) {
      return path;
    }
    JoinOrder.Path shorter = new JoinOrder.Path(kept, path.sources);
    shorter.rows = path.rows;
    shorter.cost = path.cost;
    shorter.ordered = path.ordered;
    shorter.reversed = reversed;
    shorter.nullsApart = nullsApart;
    return shorter;
  }

  /** The sources that results and order refer to, as bits. */
  private long used() {
    long used = 0;
    for (ResultColumn column : query.columns()) {
      used |= input.required(column.expression());
    }
    for (OrderTerm term : query.orderBy()) {
      used |= input.required(term.expression());
    }
    return used;
  }

  private boolean isNeedless(Candidate loop) {
    if (input.item(loop.source).join() != JoinKind.LEFT
        || input.isBeforeRightJoin(loop.source)
        || !(loop.oneRow || query.distinct())) {
      return false;
    }
    for (Term term : input.terms()) {
      boolean ownCondition = term.outer && (term.join == loop.source || input.isLeftOut(term.join));
      if ((term.required & loop.self) != 0 && !ownCondition) {
        return false;
      }
    }
    return true;
  }
}
