package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.Source;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Plans the join of a SELECT: all sources scanned, in the order in which they were written. */
final class JoinPlanner {
  private final Planner planner;
  private final BoundQuery.Select select;
  private final Map<Integer, Integer> levelOfSource = new HashMap<>();

  JoinPlanner(Planner planner, BoundQuery.Select select) {
    this.planner = planner;
    this.select = select;
    for (int i = 0; i < select.from().size(); i++) {
      levelOfSource.put(select.from().get(i).source().id(), i);
    }
  }

  JoinPlan plan() {
    List<FromItem> from = select.from();
    int lastRight = -1;
    for (int i = 0; i < from.size(); i++) {
      if (from.get(i).join().keepsRight()) {
        lastRight = i;
      }
    }
    List<BoundExpression> constants = new ArrayList<>();
    List<List<BoundExpression>> conditions = new ArrayList<>();
    List<List<BoundExpression>> matches = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      conditions.add(new ArrayList<>());
      matches.add(new ArrayList<>());
    }
    for (BoundExpression term : conjuncts(select.where())) {
      int level = level(term);
      if (level < 0) {
        constants.add(term);
      } else {
        conditions.get(Math.max(level, lastRight)).add(term);
      }
    }
    for (int i = 0; i < from.size(); i++) {
      FromItem item = from.get(i);
      boolean inner = item.join() == JoinKind.INNER || item.join() == JoinKind.CROSS;
      for (BoundExpression term : conjuncts(item.condition())) {
        if (inner) {
          conditions.get(i).add(term);
        } else {
          matches.get(i).add(term);
        }
      }
    }
    List<JoinLevel> levels = new ArrayList<>();
    for (int i = 0; i < from.size(); i++) {
      FromItem item = from.get(i);
      levels.add(
          new JoinLevel(
              item.source(), item.join(), path(item.source(), i), matches.get(i), conditions.get(i)));
    }
    return new JoinPlan(constants, levels);
  }

  private AccessPath path(Source source, int level) {
    if (source instanceof Source.OfTable table) {
      if (table.table().isWithoutRowid() && table.table().primaryKey() != null) {
        return new AccessPath.IndexSearch(
            table.table().primaryKey(), List.of(), null, null, true, false);
      }
      return new AccessPath.TableScan(false);
    }
    if (source instanceof Source.OfQuery query) {
      return new AccessPath.Rows(
          planner.plan(query.query()),
          level == 0
              ? AccessPath.Delivery.COROUTINE
              : AccessPath.Delivery.MATERIALIZED);
    }
    return new AccessPath.RecursionRow();
  }

  /** The last level whose source the term needs; -1 if it needs none. */
  private int level(BoundExpression term) {
    Set<Integer> sources = References.sources(term);
    int level = -1;
    for (Integer source : sources) {
      level = Math.max(level, levelOfSource.getOrDefault(source, -1));
    }
    return level;
  }

  static List<BoundExpression> conjuncts(@Nullable BoundExpression condition) {
    List<BoundExpression> terms = new ArrayList<>();
    split(condition, terms);
    return terms;
  }

  private static void split(@Nullable BoundExpression condition, List<BoundExpression> terms) {
    if (condition instanceof BoundExpression.And and) {
      split(and.left(), terms);
      split(and.right(), terms);
    } else if (condition != null) {
      terms.add(condition);
    }
  }
}
