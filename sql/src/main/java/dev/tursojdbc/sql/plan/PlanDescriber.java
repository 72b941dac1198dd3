package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Says in SQLite's words how a statement is computed: what EXPLAIN QUERY PLAN shows. It reads the
 * plans that operators are built from and nothing else, so it tells what is done.
 *
 * <p>The order of the lines is the order in which SQLite would generate code: queries in FROM,
 * loops from the outermost on, each with the queries inside its conditions, then result columns,
 * then what is sorted.
 */
public final class PlanDescriber {
  private final Planner planner;

  public PlanDescriber(Planner planner) {
    this.planner = planner;
  }

  Planner planner() {
    return planner;
  }

  /** Describes a query. */
  public List<PlanNode> describe(BoundQuery query) {
    List<PlanNode> nodes = new ArrayList<>();
    query(planner.plan(query), nodes);
    return nodes;
  }

  /** Describes a statement that changes rows. */
  public List<PlanNode> describe(ChangePlan change) {
    List<PlanNode> nodes = new ArrayList<>();
    if (change instanceof ChangePlan.Insert insert) {
      insert(insert, nodes);
    } else if (change instanceof ChangePlan.Update update) {
      scan(update.scan(), !update.joined() && !VisitOrder.isByKey(update, planner), nodes);
      for (ChangePlan.ColumnAssignment assignment : update.assignments()) {
        expression(assignment.value(), nodes);
      }
    } else if (change instanceof ChangePlan.Delete delete && delete.scan() != null) {
      scan(delete.scan(), !VisitOrder.isCollected(delete), nodes);
    }
    return nodes;
  }

  /**
   * @param rowsFollow whether each row found is looked up at once
   */
  private void scan(BoundQuery scan, boolean rowsFollow, List<PlanNode> nodes) {
    QueryPlan plan = planner.plan(scan);
    if (plan instanceof QueryPlan.Select select) {
      new SelectDescriber(this, nodes, rowsFollow).describe(select);
    } else {
      query(plan, nodes);
    }
  }

  private void insert(ChangePlan.Insert insert, List<PlanNode> nodes) {
    Transfer transfer = insert.transfer();
    if (transfer != null && !transfer.hasAlternative(insert.target().table(), insert.action())) {
      return;
    }
    if (insert.query() != null) {
      query(planner.plan(insert.query()), nodes);
      return;
    }
    if (insert.rows().size() > 1) {
      nodes.add(PlanNode.leaf("SCAN " + valuesName(insert.rows().size())));
    }
    for (List<BoundExpression> row : insert.rows()) {
      row.forEach(value -> expression(value, nodes));
    }
  }

  /** Adds the lines of the queries inside an expression. */
  void expression(@Nullable BoundExpression expression, List<PlanNode> nodes) {
    if (expression != null) {
      new SubqueryDescriber(this, nodes).describe(expression);
    }
  }

  void query(QueryPlan plan, List<PlanNode> nodes) {
    if (plan instanceof QueryPlan.Select select) {
      new SelectDescriber(this, nodes, false).describe(select);
    } else if (plan instanceof QueryPlan.Values values) {
      values(values, nodes);
    } else if (plan instanceof QueryPlan.Concatenation concatenation) {
      concatenation(concatenation, nodes);
    } else if (plan instanceof QueryPlan.Merge merge) {
      merge(merge, nodes);
    } else {
      recursive((QueryPlan.Recursive) plan, nodes);
    }
  }

  List<PlanNode> query(QueryPlan plan) {
    List<PlanNode> nodes = new ArrayList<>();
    query(plan, nodes);
    return nodes;
  }

  static String valuesName(int rows) {
    return rows + "-ROW VALUES CLAUSE";
  }

  private void values(QueryPlan.Values values, List<PlanNode> nodes) {
    int rows = values.rows().size();
    String some = values.apart() ? rows + " CONSTANT ROWS" : valuesName(rows);
    nodes.add(PlanNode.leaf("SCAN " + (rows == 1 ? "CONSTANT ROW" : some)));
    for (List<BoundExpression> row : values.rows()) {
      row.forEach(value -> expression(value, nodes));
    }
    sort(values.sort().size(), values.sort().size(), nodes);
  }

  /** The line for sorting by the last so many of the terms of ORDER BY. */
  static void sort(int terms, int sorted, List<PlanNode> nodes) {
    if (sorted == 0) {
      return;
    }
    String what =
        sorted == terms ? "" : sorted == 1 ? "LAST TERM OF " : "LAST " + sorted + " TERMS OF ";
    nodes.add(PlanNode.leaf("USE TEMP B-TREE FOR " + what + "ORDER BY"));
  }

  private void concatenation(QueryPlan.Concatenation plan, List<PlanNode> nodes) {
    List<PlanNode> parts = new ArrayList<>();
    boolean isMerged = plan.first() instanceof QueryPlan.Merge;
    if (isMerged) {
      query(plan.first(), parts);
    } else {
      parts.add(PlanNode.of("LEFT-MOST SUBQUERY", query(plan.first())));
    }
    for (QueryPlan other : plan.others()) {
      parts.add(PlanNode.of("UNION ALL", query(other)));
    }
    if (isMerged) {
      nodes.addAll(parts);
    } else {
      nodes.add(PlanNode.of("COMPOUND QUERY", parts));
    }
    sort(plan.sort().size(), plan.sort().size(), nodes);
  }

  private void merge(QueryPlan.Merge merge, List<PlanNode> nodes) {
    nodes.add(
        PlanNode.of(
            "MERGE (" + merge.operator().symbol() + ")",
            List.of(
                PlanNode.of("LEFT", query(merge.left())),
                PlanNode.of("RIGHT", query(merge.right())))));
  }

  private void recursive(QueryPlan.Recursive recursive, List<PlanNode> nodes) {
    nodes.add(PlanNode.of("SETUP", query(recursive.initial())));
    for (QueryPlan step : recursive.recursive()) {
      nodes.add(PlanNode.of("RECURSIVE STEP", query(step)));
    }
    sort(recursive.sort().size(), recursive.sort().size(), nodes);
  }
}
