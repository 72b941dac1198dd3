package dev.tursojdbc.tck.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Deep nesting, on threads with little stack: an SQLException at worst, and the session lives. */
class NestingTest {
  private static final List<Integer> DEPTHS = List.of(150, 900, 4_000);
  private static final List<Integer> STACKS = List.of(256 << 10, 1 << 20);

  /** Shapes of nesting: what comes before, in the middle and behind, and in between. */
  record Shape(String start, String open, String middle, String close, String end) {
    String nested(int depth) {
      return start + open.repeat(depth) + middle + close.repeat(depth) + end;
    }
  }

  static List<Shape> shapes() {
    return List.of(
        new Shape("SELECT ", "(", "1", ")", ""),
        new Shape("SELECT ", "-", "1", "", ""),
        new Shape("SELECT ", "NOT ", "1", "", ""),
        new Shape("SELECT ", "~ + ", "1", "", ""),
        new Shape("SELECT 1", "", "", "+1", ""),
        new Shape("SELECT 1", "", "", " AND 1", ""),
        new Shape("SELECT a FROM t WHERE 0", "", "", " OR a = 1", ""),
        new Shape("SELECT ''", "", "", " || 'x'", ""),
        new Shape("SELECT 1", "", "", " IS NULL", ""),
        new Shape("SELECT 1", "", "", " COLLATE nocase", ""),
        new Shape("SELECT ", "CASE WHEN 1 THEN ", "1", " END", ""),
        new Shape("SELECT ", "abs(", "1", ")", ""),
        new Shape("SELECT ", "CAST(", "1", " AS INT)", ""),
        new Shape("SELECT ", "(SELECT ", "1", ")", ""),
        new Shape("SELECT ", "EXISTS(SELECT ", "1", ")", ""),
        new Shape("SELECT ", "1 IN (SELECT ", "1", ")", ""),
        new Shape("SELECT 1 WHERE ", "1 IN (", "1", ")", ""),
        new Shape("", "SELECT * FROM (", "SELECT 1", ")", ""),
        new Shape("SELECT a FROM t WHERE ", "a = (SELECT max(a) FROM t WHERE ", "1", ")", ""),
        new Shape("SELECT 1", "", "", " UNION SELECT 1", ""),
        new Shape("SELECT 1", "", "", " UNION ALL SELECT 1", ""),
        new Shape("VALUES (1)", "", "", ", (1)", ""),
        new Shape("SELECT * FROM t", "", "", ", t", ""),
        new Shape("SELECT 1 IN (1", "", "", ", 1", ")"),
        new Shape("SELECT max(1", "", "", ", 1", ")"),
        new Shape("SELECT 1", "", "", ", 1", ""),
        new Shape("", "WITH c AS (", "SELECT 1", ") SELECT * FROM c", ""),
        new Shape("CREATE TABLE u(a CHECK ", "(", "a", ")", ")"),
        new Shape("CREATE TABLE u(a DEFAULT ", "(", "1", ")", ")"),
        new Shape("CREATE INDEX i ON t(", "(", "a", ")", ")"),
        new Shape("CREATE VIEW v AS ", "SELECT * FROM (", "SELECT 1 AS x", ")", ""),
        new Shape("INSERT INTO t VALUES (", "(", "1", ")", ")"),
        new Shape("UPDATE t SET a = ", "(", "1", ")", ""),
        new Shape("DELETE FROM t WHERE ", "(", "0", ")", ""),
        new Shape("SELECT '[1]' -> ", "(", "0", ")", ""),
        new Shape("SELECT json('", "[", "1", "]", "')"),
        new Shape("SELECT json('", "{\"a\":", "1", "}", "')"),
        new Shape("SELECT a LIKE '", "%_", "x", "", "' FROM t"));
  }

  @ParameterizedTest
  @MethodSource("shapes")
  void deepNestingIsAnsweredOrRefused(Shape shape) throws InterruptedException {
    for (int stack : STACKS) {
      for (int depth : DEPTHS) {
        inThread(stack, () -> run(List.of(shape.nested(depth))));
      }
    }
  }

  static List<List<String>> scripts() {
    int depth = 400;
    List<String> views = new ArrayList<>(List.of("CREATE VIEW v0 AS SELECT 1 AS x"));
    IntStream.range(1, depth)
        .forEach(i -> views.add("CREATE VIEW v" + i + " AS SELECT x FROM v" + (i - 1)));
    views.add("SELECT * FROM v" + (depth - 1));
    List<String> triggers = new ArrayList<>();
    for (int i = 0; i < depth; i++) {
      triggers.add("CREATE TABLE t" + i + "(a)");
    }
    for (int i = 1; i < depth; i++) {
      triggers.add(
          "CREATE TRIGGER r%d AFTER INSERT ON t%d BEGIN INSERT INTO t%d VALUES(new.a); END"
              .formatted(i, i - 1, i));
    }
    triggers.add("INSERT INTO t0 VALUES(1)");
    String ctes =
        IntStream.range(1, depth)
            .mapToObj(i -> ", c" + i + " AS (SELECT x FROM c" + (i - 1) + ")")
            .collect(Collectors.joining("", "WITH c0 AS (SELECT 1 AS x)", ""));
    return List.of(
        views,
        triggers,
        List.of(ctes + " SELECT * FROM c" + (depth - 1)),
        List.of(
            "PRAGMA recursive_triggers=1",
            "CREATE TRIGGER r AFTER INSERT ON t BEGIN INSERT INTO t VALUES(new.a + 1); END",
            "INSERT INTO t VALUES(100)"),
        List.of(
            "CREATE TABLE p(a PRIMARY KEY, b REFERENCES p ON DELETE CASCADE)",
            "PRAGMA foreign_keys=1",
            "WITH n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<5000)"
                + " INSERT INTO p SELECT i, nullif(i - 1, 0) FROM n",
            "DELETE FROM p WHERE a = 1"));
  }

  @ParameterizedTest
  @MethodSource("scripts")
  void deepDefinitionsAreAnsweredOrRefused(List<String> script) throws InterruptedException {
    for (int stack : STACKS) {
      inThread(stack, () -> run(script));
    }
  }

  private static @Nullable Throwable run(List<String> script) {
    try (Connection connection = DriverManager.getConnection("jdbc:turso::memory:");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE t(a)");
      statement.execute("INSERT INTO t VALUES (1), (2)");
      statement.setQueryTimeout(5);
      for (String sql : script) {
        execute(statement, sql);
      }
      try (ResultSet row = statement.executeQuery("SELECT count(*) > 1 FROM t")) {
        assertThat(row.next()).isTrue();
      }
      return null;
    } catch (SQLException | RuntimeException | Error e) {
      return e;
    }
  }

  private static void execute(Statement statement, String sql) {
    try {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getObject(1);
          }
        }
      }
    } catch (SQLException e) {
      assertThat(e.getMessage()).isNotEmpty();
    }
  }

  /** What runs on a stack of its own. */
  private interface Work {
    @Nullable Throwable run();
  }

  private static void inThread(int stackBytes, Work work) throws InterruptedException {
    Throwable[] failure = new Throwable[1];
    Thread thread = new Thread(null, () -> failure[0] = work.run(), "nesting", stackBytes);
    thread.start();
    thread.join(60_000);
    assertThat(thread.isAlive()).as("still running").isFalse();
    assertThat(failure[0]).as("on a stack of " + stackBytes).isNull();
  }
}
