package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundQuery;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Plans queries, and remembers the plan of each: a statement that is built again, for this or
 * another connection, finds the plans of all its queries here.
 *
 * <p>Belongs to one statement's text and one schema; safe for use by several threads.
 */
public final class Planner {
  /** Most statements have one query. */
  private static final int FEW = 2;

  private final BindingContext context;
  private final PlanRules rules;
  private final IdentityHashMap<BoundQuery, QueryPlan> plans = new IdentityHashMap<>(FEW);

  /** For copies of queries that rewrites make; the binder's numbers never come this far. */
  private int nextSource = 1 << 20;

  /** Number of the last query that a rewrite made. */
  private int lastQuery;

  private final Set<SearchedTable> searched = new LinkedHashSet<>();

  /** A table of which statistics would help to plan. */
  public record SearchedTable(int database, String table) {}

  /** Estimates of the rows of queries. */
  private final IdentityHashMap<BoundQuery, Integer> rows = new IdentityHashMap<>(FEW);

  /** Estimates of how often queries are computed, as far as known. */
  private final IdentityHashMap<BoundQuery, Integer> runs = new IdentityHashMap<>();

  public Planner(BindingContext context) {
    this(context, PlanRules.DEFAULT, 0);
  }

  /**
   * @param queries how many queries the statement has; those that rewrites make are numbered from
   *     there on
   */
  public Planner(BindingContext context, PlanRules rules, int queries) {
    this.context = context;
    this.rules = rules;
    this.lastQuery = queries;
  }

  BindingContext context() {
    return context;
  }

  PlanRules rules() {
    return rules;
  }

  /** Takes note of a table of which a search by an index was thought of, but for one row. */
  synchronized void noteSearched(int database, String table) {
    searched.add(new SearchedTable(database, table));
  }

  /** The tables, in the queries planned so far, of which statistics help to plan. */
  public synchronized List<SearchedTable> searched() {
    return List.copyOf(searched);
  }

  /** The plan of a query; the same for the same object. */
  public synchronized QueryPlan plan(BoundQuery query) {
    QueryPlan known = plans.get(query);
    if (known == null) {
      known = compute(query);
      plans.put(query, known);
    }
    return known;
  }

  /** As {@link #rows}, of a query that has been planned. */
  int rowsOf(BoundQuery query) {
    return rows.getOrDefault(query, 0);
  }

  /** Estimate of the number of rows of a query. */
  int rows(BoundQuery query) {
    plan(query);
    return rows.getOrDefault(query, 0);
  }

  /** Notes how often a query is taken to be computed, unless that is known. */
  void noteRuns(BoundQuery query, int estimate) {
    runs.putIfAbsent(query, estimate);
  }

  private QueryPlan windows(BoundQuery.Select select) {
    WindowPlanner windowPlanner = new WindowPlanner(this, select);
    QueryPlan plan = windowPlanner.plan();
    rows.put(select, windowPlanner.rows());
    return plan;
  }

  /** The plan of the query under a window, to which the order of rows in its FROM matters. */
  QueryPlan windowInput(BoundQuery.Select input) {
    return compute(input, true);
  }

  /** A number for a query that a rewrite makes. */
  int newQueryNumber() {
    return ++lastQuery;
  }

  private QueryPlan compute(BoundQuery query) {
    return compute(query, false);
  }

  /**
   * @param ordered whether the order of rows matters beyond ORDER BY
   */
  private QueryPlan compute(BoundQuery query, boolean ordered) {
    if (query instanceof BoundQuery.Select select) {
      if (!select.windows().isEmpty()) {
        return windows(select);
      }
      BoundQuery rewritten = QueryRewriter.rewrite(select, () -> nextSource++, ordered);
      if (!(rewritten instanceof BoundQuery.Select flat)) {
        passRuns(query, rewritten);
        QueryPlan plan = compute(rewritten);
        rows.put(query, rows.getOrDefault(rewritten, 0));
        return plan;
      }
      SelectPlanner selectPlanner = new SelectPlanner(this, flat, runs.getOrDefault(query, 0));
      QueryPlan plan = selectPlanner.plan();
      rows.put(query, selectPlanner.rows());
      return plan;
    }
    if (query instanceof BoundQuery.Values values) {
      int count = values.rows().size();
      // For rows apart SQLite takes their number itself for an estimate.
      rows.put(query, values.apart() ? count : count == 1 ? 0 : SourceStatistics.DEFAULT_ROWS);
      return new QueryPlan.Values(
          values.apart(), values.rows(), values.orderBy(), values.limit(), values.offset());
    }
    if (query instanceof BoundQuery.Compound compound) {
      CompoundPlanner compoundPlanner =
          new CompoundPlanner(this, compound, runs.getOrDefault(query, 0));
      QueryPlan plan = compoundPlanner.plan();
      rows.put(query, compoundPlanner.rows());
      return plan;
    }
    BoundQuery.Recursive recursive = (BoundQuery.Recursive) query;
    rows.put(query, rows(recursive.initial()));
    return new QueryPlan.Recursive(
        recursive.recursion(),
        plan(recursive.initial()),
        recursive.recursive().stream().map(this::plan).toList(),
        recursive.distinct(),
        recursive.collations(),
        recursive.orderBy(),
        recursive.limit(),
        recursive.offset());
  }

  private void passRuns(BoundQuery whole, BoundQuery part) {
    noteRuns(part, runs.getOrDefault(whole, 0));
  }
}
