package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.CountedTemporaryFiles;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import dev.tursojdbc.storage.record.StorageClass;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * With hardly any memory a statement puts its rows into temporary files, answers the same, and
 * leaves no file behind.
 */
class SpillTest {
  private static final List<String> TABLES =
      List.of(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, a INT, b TEXT COLLATE NOCASE, c)",
          "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000)"
              + " INSERT INTO t SELECT i, i * 7919 % 700,"
              + " substr('abcdefgABCDEFG', i * 31 % 14 + 1, 1) || printf('%040d', i * 37 % 400),"
              + " CASE i % 5 WHEN 0 THEN NULL WHEN 1 THEN i % 300 WHEN 2 THEN (i % 300) * 1.0"
              + " WHEN 3 THEN 'text' || i % 300 ELSE CAST('blob' || i % 300 AS BLOB) END FROM n",
          "INSERT INTO t VALUES (5000, 1, printf('%.9000c', 'x'), printf('%.5000c', 'y')),"
              + " (5001, 1, printf('%.9000c', 'X'), printf('%.5000c', 'y'))",
          "CREATE TABLE u(k INT, v TEXT)",
          "INSERT INTO u SELECT a, b FROM t WHERE id % 2 = 0",
          "CREATE TABLE w(p TEXT, q INT, r INT, PRIMARY KEY(p, q)) WITHOUT ROWID",
          "INSERT INTO w SELECT b, id, a FROM t");

  private static CountedTemporaryFiles files;
  private static Session session;
  private static Connection reference;

  @BeforeAll
  static void open() throws SQLException {
    files = new CountedTemporaryFiles();
    session = Session.open(new MemoryFileSystem(), ":memory:", OpenOptions.DEFAULT);
    session.context().setTemporaryFiles(files);
    reference = DriverManager.getConnection("jdbc:sqlite::memory:");
    for (String sql : TABLES) {
      run(sql);
      expected(sql);
    }
    run("PRAGMA soft_heap_limit = 4000");
  }

  @AfterAll
  static void close() throws SQLException {
    session.close();
    reference.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT a, b, c FROM t ORDER BY b, a, c",
        "SELECT id, row_number() OVER (ORDER BY b, id), sum(a) OVER (ORDER BY id ROWS 20 PRECEDING)"
            + " FROM t",
        "SELECT id, max(b) OVER w, count(c) OVER w, lag(c, 30) OVER w, last_value(a) OVER w FROM t"
            + " WINDOW w AS (ORDER BY a GROUPS BETWEEN 2 PRECEDING AND 3 FOLLOWING)",
        "SELECT id, min(c) OVER (PARTITION BY b), rank() OVER (PARTITION BY a ORDER BY b) FROM t",
        "SELECT id, count(*) OVER (ORDER BY a RANGE BETWEEN 10 PRECEDING AND 5 FOLLOWING) FROM t",
        "SELECT id, sum(id) OVER (ORDER BY b ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE TIES)"
            + " FROM t",
        "SELECT * FROM t ORDER BY c, id DESC",
        "SELECT DISTINCT a, b FROM t",
        "SELECT DISTINCT b FROM t",
        "SELECT DISTINCT c FROM t ORDER BY c",
        "SELECT a, count(*), sum(id), min(b), max(c) FROM t GROUP BY a",
        "SELECT b, count(*), avg(a), id FROM t GROUP BY b",
        "SELECT b, max(id), a, c FROM t GROUP BY b ORDER BY b DESC",
        "SELECT c, count(*), typeof(c) FROM t GROUP BY c",
        "SELECT a % 10, b, total(id) FROM t GROUP BY 1, 2 HAVING count(*) > 1",
        "SELECT a, group_concat(b), group_concat(b, '-' ORDER BY id DESC) FROM t GROUP BY a",
        "SELECT a % 7, count(DISTINCT b), count(DISTINCT c), group_concat(DISTINCT b) FROM t"
            + " GROUP BY a % 7",
        "SELECT count(DISTINCT b), sum(DISTINCT a), group_concat(DISTINCT a) FROM t",
        "SELECT group_concat(b ORDER BY c, id) FROM t",
        "SELECT a, count(*) FILTER (WHERE id % 3 = 0), sum((SELECT count(*) FROM u WHERE k = t.a))"
            + " FROM t WHERE id < 500 GROUP BY a",
        "SELECT t.b, u.v, count(*) FROM t LEFT JOIN u ON t.id = u.k GROUP BY t.b, u.v",
        "SELECT b FROM t UNION SELECT v FROM u",
        "SELECT a FROM t UNION ALL SELECT k FROM u UNION SELECT id FROM t",
        "SELECT b FROM t INTERSECT SELECT v FROM u",
        "SELECT c FROM t EXCEPT SELECT k FROM u",
        "SELECT t.id, u.v FROM t JOIN u ON t.a = u.k WHERE t.id < 300",
        "SELECT t.id, u.k FROM t JOIN u ON t.b = u.v WHERE t.id < 300",
        "WITH m AS MATERIALIZED (SELECT a, b, id FROM t) SELECT x.id, y.id FROM m x JOIN m y"
            + " ON x.a = y.a AND x.id < y.id WHERE x.id < 200",
        "SELECT x.n, (SELECT max(id) FROM t WHERE a = x.a) FROM"
            + " (SELECT a, count(*) AS n FROM t GROUP BY a) AS x ORDER BY x.a",
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)"
            + " SELECT DISTINCT i, i * 7 FROM n",
        "WITH RECURSIVE n(i) AS (SELECT id FROM t UNION SELECT i * 2 % 4096 FROM n)"
            + " SELECT i FROM n",
        "WITH RECURSIVE n(i, d) AS (SELECT id, 0 FROM t WHERE id < 1500"
            + " UNION ALL SELECT i + 1, d + 1 FROM n WHERE d < 3 ORDER BY 1 DESC)"
            + " SELECT i, d FROM n",
        "WITH RECURSIVE n(i, d) AS (SELECT id, 0 FROM t WHERE id < 1500"
            + " UNION ALL SELECT i + 1, d + 1 FROM n WHERE d < 3 ORDER BY 2, 1 DESC)"
            + " SELECT i, d FROM n LIMIT 4000 OFFSET 100",
      })
  void manyRowsGoToFiles(String sql) throws SQLException {
    int opened = files.opened();

    answersTheSame(sql);

    assertThat(files.opened()).isGreaterThan(opened);
  }

  /** These have fewer rows than the few pages that a temporary tree keeps in memory. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "SELECT t.id, u.k, u.v FROM t LEFT JOIN u ON t.c = u.v AND u.k < 90 WHERE t.id > 2700",
        "SELECT u.k, t.id FROM u RIGHT JOIN t ON u.k = t.id",
        "SELECT u.k, t.id FROM u FULL JOIN t ON u.v = t.b AND u.k = t.a",
        "SELECT id FROM t WHERE c IN (SELECT c FROM t WHERE id > 1500)",
        "SELECT id FROM t WHERE id IN (SELECT k * 3 FROM u)",
        "SELECT id FROM t WHERE id IN (SELECT k * 3 FROM u) ORDER BY id DESC",
        "SELECT r FROM w WHERE p IN (SELECT b FROM t) AND q > 2000",
        "SELECT id FROM t WHERE (a, b) IN (SELECT k, v FROM u WHERE k < 20)",
        "SELECT id FROM t WHERE a NOT IN (SELECT k FROM u)",
        "SELECT id FROM t WHERE id BETWEEN 100 AND 1400 OR id BETWEEN 1200 AND 2900 OR a = 3",
        "SELECT id FROM t WHERE b IN (SELECT v FROM u WHERE k < 300)",
      })
  void fewRowsGoToTemporaryTrees(String sql) throws SQLException {
    answersTheSame(sql);
  }

  private static void answersTheSame(String sql) throws SQLException {
    assertThat(run(sql)).isEqualTo(expected(sql));
    assertThat(files.open()).isZero();
  }

  @Test
  void changesAreTheSame() throws SQLException {
    for (String sql :
        List.of(
            "BEGIN",
            "UPDATE t SET id = id + 10000 WHERE id % 3 = 0",
            "UPDATE w SET q = q + 10000, r = r * 2 WHERE r % 2 = 1",
            "UPDATE t SET a = u.k, b = u.v FROM u WHERE u.k = t.id",
            "DELETE FROM t WHERE id % 5 = 1",
            "DELETE FROM w WHERE r % 3 = 1",
            "INSERT INTO u SELECT k + 1, v FROM u",
            "UPDATE u SET v = v || k WHERE k % 2 RETURNING k, v",
            "SELECT * FROM t ORDER BY id",
            "SELECT * FROM u ORDER BY rowid",
            "SELECT * FROM w",
            "CREATE INDEX t_b ON t(b, a)",
            "CREATE INDEX t_c ON t(c DESC) WHERE a > 100",
            "CREATE INDEX w_r ON w(r)",
            "SELECT b, a FROM t ORDER BY b, a, id",
            "SELECT r FROM w WHERE r > 5 ORDER BY r",
            "PRAGMA integrity_check",
            "ROLLBACK")) {
      assertThat(run(sql)).as(sql).isEqualTo(expected(sql));
      assertThat(files.open()).isZero();
    }
  }

  @Test
  void aStatementThatFailsLeavesNoFile() {
    assertThatThrownBy(() -> run("CREATE UNIQUE INDEX t_a ON t(a)"))
        .isInstanceOf(TursoException.class);
    assertThatThrownBy(
            () ->
                run(
                    "SELECT abs(c) FROM (SELECT DISTINCT CASE id WHEN 3000 THEN"
                        + " -9223372036854775807 - 1 ELSE id END AS c FROM t)"))
        .isInstanceOf(TursoException.class);

    assertThat(files.open()).isZero();
  }

  @Test
  void aQueryThatIsNotReadToItsEndLeavesNoFile() {
    try (Query query = session.prepare("SELECT DISTINCT b FROM t", 0)) {
      for (int i = 0; i < 1000; i++) {
        query.step();
      }

      assertThat(files.open()).isPositive();
      query.reset();

      assertThat(files.open()).isZero();
    }
  }

  @Test
  void anInterruptedQueryLeavesNoFile() {
    try (Query query = session.prepare("SELECT DISTINCT a.b, b.c FROM t AS a, t AS b", 0)) {
      query.step();
      for (int i = 0; i < 500; i++) {
        query.step();
      }
      session.interrupt();

      assertThatThrownBy(
              () -> {
                while (query.step()) {
                  // Until the interrupt is seen.
                }
              })
          .isInstanceOfSatisfying(
              TursoException.class, e -> assertThat(e.code()).isEqualTo(ErrorCode.INTERRUPT));
    }
    assertThat(files.open()).isZero();
  }

  private static List<String> run(String sql) {
    List<String> rows = new ArrayList<>();
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < query.columnCount(); i++) {
          row.append(" | ").append(value(query, i));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static String value(Query query, int column) {
    return switch (query.columnType(column)) {
      case StorageClass.NULL -> "null";
      case StorageClass.REAL -> "real " + query.columnDouble(column);
      case StorageClass.BLOB -> "blob " + HexFormat.of().formatHex(query.columnBlob(column));
      case StorageClass.INTEGER -> "integer " + query.columnText(column);
      default -> "text " + query.columnText(column);
    };
  }

  private static List<String> expected(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Statement statement = reference.createStatement()) {
      if (!statement.execute(sql)) {
        return rows;
      }
      ResultSet result = statement.getResultSet();
      while (result.next()) {
        StringBuilder row = new StringBuilder();
        for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
          row.append(" | ").append(value(result.getObject(i)));
        }
        rows.add(row.toString());
      }
    }
    return rows;
  }

  private static String value(Object value) {
    if (value == null) {
      return "null";
    }
    if (value instanceof byte[] bytes) {
      return "blob " + HexFormat.of().formatHex(bytes);
    }
    if (value instanceof Double || value instanceof Float) {
      return "real " + value;
    }
    return (value instanceof Number ? "integer " : "text ") + value;
  }
}
