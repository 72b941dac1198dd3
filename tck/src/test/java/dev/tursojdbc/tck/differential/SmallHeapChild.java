package dev.tursojdbc.tck.differential;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.CRC32;

/**
 * Runs statements that keep far more rows than a small heap holds, and prints for each the number
 * of its rows and a checksum of their values.
 */
final class SmallHeapChild {
  private static final int ROWS = 400_000;

  private static final List<String> STATEMENTS =
      List.of(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT)",
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < "
              + ROWS
              + ") INSERT INTO t SELECT i, i * 7919 % 400009, printf('%030d', i * 104729 % 500009)"
              + " FROM n",
          "SELECT * FROM t ORDER BY b, a",
          "SELECT a, count(*), min(b), sum(id) FROM t GROUP BY a",
          "SELECT b, count(*), max(a) FROM t GROUP BY b ORDER BY b DESC",
          "SELECT a % 3, count(DISTINCT b), count(DISTINCT a) FROM t GROUP BY a % 3",
          "SELECT length(group_concat(b)) FROM t WHERE id < 10000",
          "SELECT a / 10, group_concat(b ORDER BY b) FROM t GROUP BY a / 10",
          "SELECT DISTINCT b FROM t",
          "SELECT a FROM t UNION SELECT id FROM t",
          "SELECT a FROM t INTERSECT SELECT id * 2 FROM t",
          "SELECT b FROM t EXCEPT SELECT b FROM t WHERE id % 2 = 0",
          "SELECT id FROM t WHERE a IN (SELECT id * 3 FROM t)",
          "SELECT count(*), sum(x.id), sum(y.id) FROM t AS x JOIN t AS y ON x.a = y.a",
          "WITH m AS MATERIALIZED (SELECT b, id FROM t) SELECT count(*), sum(m.id) FROM m JOIN m AS k"
              + " ON m.b = k.b",
          "WITH RECURSIVE n(i) AS (SELECT id FROM t UNION SELECT i * 2 % 700001 FROM n)"
              + " SELECT count(*), sum(i) FROM n",
          "WITH RECURSIVE n(i, d) AS (SELECT id, 0 FROM t UNION ALL SELECT i * 3 % 1000, d + 1 FROM n"
              + " WHERE d < 2 ORDER BY 1) SELECT count(*), sum(i * d) FROM n",
          "UPDATE t SET a = a + 1, b = 'x' || b WHERE id % 2 = 0 RETURNING id, b",
          "DELETE FROM t WHERE b LIKE 'x%7'",
          "INSERT INTO t SELECT id + 10000000, a, b FROM t",
          "CREATE INDEX t_b ON t(b, a)",
          "CREATE UNIQUE INDEX t_u ON t(b, id)",
          "SELECT b FROM t ORDER BY b LIMIT 5 OFFSET 300000",
          "SELECT count(*), sum(a), min(b), max(b) FROM t",
          "PRAGMA integrity_check");

  private SmallHeapChild() {}

  public static void main(String[] arguments) throws SQLException {
    try (Connection connection = DriverManager.getConnection(arguments[0] + arguments[1]);
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode = WAL");
      statement.execute("PRAGMA synchronous = OFF");
      for (String sql : STATEMENTS) {
        System.out.println(sql + ": " + run(statement, sql));
      }
    }
  }

  private static String run(Statement statement, String sql) throws SQLException {
    if (!statement.execute(sql)) {
      return sql.startsWith("CREATE") ? "done" : "changed " + statement.getUpdateCount();
    }
    CRC32 checksum = new CRC32();
    long rows = 0;
    try (ResultSet result = statement.getResultSet()) {
      int columns = result.getMetaData().getColumnCount();
      while (result.next()) {
        rows++;
        for (int i = 1; i <= columns; i++) {
          checksum.update((result.getString(i) + "|").getBytes(StandardCharsets.UTF_8));
        }
      }
    }
    return rows + " rows, checksum " + Long.toHexString(checksum.getValue());
  }
}
