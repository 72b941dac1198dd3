package dev.tursojdbc.driver.shell;

import java.io.PrintStream;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The rows of EXPLAIN QUERY PLAN as a tree.
 *
 * <pre>
 *   QUERY PLAN
 *   |--MULTI-INDEX OR
 *   |  |--INDEX 1
 *   |  |  `--SEARCH t USING INDEX ta (a=?)
 *   |  `--INDEX 2
 *   |     `--SEARCH t USING INDEX tb (b=?)
 *   `--USE TEMP B-TREE FOR ORDER BY
 * </pre>
 */
final class PlanTree {
  private static final Pattern EXPLAINS =
      Pattern.compile("\\bexplain\\s+query\\s+plan\\b", Pattern.CASE_INSENSITIVE);

  private static final List<String> COLUMNS = List.of("id", "parent", "notused", "detail");

  /** One line of the plan, and the number of the one above it. */
  private record Line(int id, int parent, String detail) {}

  private final List<Line> lines = new ArrayList<>();

  private PlanTree() {}

  /** Whether rows are those of an EXPLAIN QUERY PLAN. */
  static boolean isPlan(String sql, ResultSet rows) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    if (columns.getColumnCount() != COLUMNS.size() || !EXPLAINS.matcher(sql).find()) {
      return false;
    }
    for (int i = 0; i < COLUMNS.size(); i++) {
      if (!columns.getColumnLabel(i + 1).equals(COLUMNS.get(i))) {
        return false;
      }
    }
    return true;
  }

  static void print(ResultSet rows, PrintStream out) throws SQLException {
    PlanTree tree = new PlanTree();
    while (rows.next()) {
      tree.lines.add(new Line(rows.getInt(1), rows.getInt(2), rows.getString(4)));
    }
    if (!tree.lines.isEmpty()) {
      out.print("QUERY PLAN\n");
      tree.print(0, "", out);
    }
  }

  private void print(int parent, String indent, PrintStream out) {
    List<Line> children = lines.stream().filter(line -> line.parent == parent).toList();
    for (int i = 0; i < children.size(); i++) {
      boolean last = i == children.size() - 1;
      out.print(indent + (last ? "`--" : "|--") + children.get(i).detail + "\n");
      print(children.get(i).id, indent + (last ? "   " : "|  "), out);
    }
  }
}
