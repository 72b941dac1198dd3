package dev.tursojdbc.sql.plan;

import java.util.ArrayList;
import java.util.List;

/**
 * One line of a described plan with the lines below it, in SQLite's words.
 *
 * <pre>
 *   MULTI-INDEX OR
 *     INDEX 1
 *       SEARCH t USING INDEX ta (a=?)
 *     INDEX 2
 *       SEARCH t USING INTEGER PRIMARY KEY (rowid=?)
 * </pre>
 *
 * @param cost estimate of the cost of a loop, as ten times its binary logarithm; 0 for all else
 */
public record PlanNode(String detail, int cost, List<PlanNode> children) {
  public PlanNode {
    children = List.copyOf(children);
  }

  static PlanNode leaf(String detail) {
    return new PlanNode(detail, 0, List.of());
  }

  static PlanNode of(String detail, List<PlanNode> children) {
    return new PlanNode(detail, 0, children);
  }

  /** One row of EXPLAIN QUERY PLAN; the parent of the first lines is 0. */
  public record Row(int id, int parent, int cost, String detail) {}

  /** The rows of a forest, each line before those below it. */
  public static List<Row> rows(List<PlanNode> nodes) {
    List<Row> rows = new ArrayList<>();
    add(nodes, 0, rows);
    return rows;
  }

  private static void add(List<PlanNode> nodes, int parent, List<Row> rows) {
    for (PlanNode node : nodes) {
      int id = rows.size() + 1;
      rows.add(new Row(id, parent, node.cost, node.detail));
      add(node.children, id, rows);
    }
  }
}
