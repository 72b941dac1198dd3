package dev.tursojdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.api.AggregateFunction;
import dev.tursojdbc.api.FunctionArguments;
import dev.tursojdbc.api.FunctionTrait;
import dev.tursojdbc.api.TursoConnection;
import dev.tursojdbc.api.WindowFunction;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Functions that the application defines on a connection. */
class UserFunctionsTest extends ConnectionFixture {
  private TursoConnection turso;

  @BeforeEach
  void unwrap() throws SQLException {
    turso = connection.unwrap(TursoConnection.class);
  }

  private static Object describe(FunctionArguments arguments) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < arguments.count(); i++) {
      Object value = arguments.getObject(i);
      text.append(value == null ? "null" : value.getClass().getSimpleName()).append(' ');
    }
    return text.toString().trim();
  }

  @Test
  void argumentsComeAsTheyAreStored() throws SQLException {
    turso.createFunction("describe", -1, UserFunctionsTest::describe);
    assertThat(rows("SELECT describe(1, 2.5, 'x', x'00', NULL), describe()"))
        .isEqualTo("Long Double String byte[] null|");
  }

  @Test
  void argumentsConvertAsInSqlite() throws SQLException {
    turso.createFunction(
        "seen", 1, a -> a.getLong(0) + "," + a.getDouble(0) + "," + a.getString(0) + a.isNull(0));
    assertThat(rows("SELECT seen('12abc'), seen(NULL), seen(2.5)"))
        .isEqualTo("12,12.0,12abcfalse|0,0.0,nulltrue|2,2.5,2.5false");
  }

  @Test
  void resultsAreStoredByTheirClass() throws SQLException {
    List<Object> results = new ArrayList<>(List.of(7, 7L, 1.5f, true, "x", new byte[] {1}, 'c'));
    turso.createFunction("next", 0, a -> results.remove(0));
    for (String type : List.of("integer", "integer", "real", "integer", "text", "blob", "text")) {
      assertThat(rows("SELECT typeof(next())")).isEqualTo(type);
    }
    turso.createFunction("void", 0, a -> null);
    assertThat(rows("SELECT typeof(void())")).isEqualTo("null");
  }

  @Test
  void namesIgnoreCaseAndExactCountsGoFirst() throws SQLException {
    turso.createFunction("Which", -1, a -> "any");
    turso.createFunction("which", 2, a -> "two");
    assertThat(rows("SELECT WHICH(1), wHICH(1, 2)")).isEqualTo("any|two");
  }

  @Test
  void wrongCountIsToldAsForBuiltInFunctions() throws SQLException {
    turso.createFunction("one", 1, a -> 1);
    assertThatThrownBy(() -> rows("SELECT one()"))
        .hasMessage("wrong number of arguments to function one()");
  }

  @Test
  void exceptionFailsTheStatementWithItsMessageAndCause() throws SQLException {
    turso.createFunction(
        "fail",
        0,
        a -> {
          throw new IOException("no line");
        });
    execute("CREATE TABLE t(x)");
    assertThatThrownBy(() -> execute("INSERT INTO t SELECT 1 UNION ALL SELECT fail()"))
        .isInstanceOf(SQLException.class)
        .hasMessage("no line")
        .hasRootCauseInstanceOf(IOException.class);
    assertThat(rows("SELECT count(*) FROM t")).isEqualTo("0");
  }

  @Test
  void operatorsCallFunctionsOfTheirName() throws SQLException {
    turso.createFunction("regexp", 2, a -> a.getString(1).matches(a.getString(0)));
    turso.createFunction("match", 2, a -> "match " + a.getString(0));
    assertThat(rows("SELECT 'abc' REGEXP 'a.c', 'abc' NOT REGEXP 'x', 'q' MATCH 'p'"))
        .isEqualTo("1|1|match p");
  }

  @Test
  void builtInFunctionsCanBeReplacedAndComeBack() throws SQLException {
    for (String call : List.of("upper('a')", "coalesce(NULL, 'A')", "iif(1, 'A', 2)")) {
      String name = call.substring(0, call.indexOf('('));
      assertThat(rows("SELECT " + call)).isEqualTo("A");
      turso.createFunction(name, -1, a -> "own");
      assertThat(rows("SELECT " + call)).isEqualTo("own");
      turso.dropFunction(name, -1);
      assertThat(rows("SELECT " + call)).isEqualTo("A");
    }
  }

  @Test
  void replacedLikeIsWhatTheOperatorCalls() throws SQLException {
    execute(
        "CREATE TABLE t(x TEXT COLLATE NOCASE)",
        "CREATE INDEX i ON t(x)",
        "INSERT INTO t VALUES ('ab'), ('b')");
    turso.createFunction("like", 2, a -> 1);
    assertThat(rows("SELECT count(*) FROM t WHERE x LIKE 'a%'")).isEqualTo("2");
  }

  @Test
  void preparedStatementsSeeNewDefinitions() throws SQLException {
    turso.createFunction("version", 0, a -> 1);
    try (PreparedStatement select = connection.prepareStatement("SELECT version()")) {
      for (int version : List.of(1, 2)) {
        turso.createFunction("version", 0, a -> version);
        try (ResultSet row = select.executeQuery()) {
          assertThat(row.next()).isTrue();
          assertThat(row.getInt(1)).isEqualTo(version);
        }
      }
      turso.dropFunction("version", 0);
      assertThatThrownBy(select::executeQuery).hasMessage("no such function: version");
    }
  }

  @Test
  void functionsInUseCannotBeReplaced() throws SQLException {
    turso.createFunction("f", 1, a -> a.getLong(0));
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT f(column1) FROM (VALUES (1), (2))")) {
      assertThat(rows.next()).isTrue();
      assertThatThrownBy(() -> turso.createFunction("f", 1, a -> 0))
          .hasMessage("unable to delete/modify user-function due to active statements");
      assertThatThrownBy(() -> turso.dropFunction("f", 1)).isInstanceOf(SQLException.class);
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
    }
  }

  @Test
  void functionsBelongToOneConnection(@TempDir Path directory) throws SQLException {
    String url = "jdbc:turso:" + directory.resolve("a.db");
    try (Connection first = DriverManager.getConnection(url);
        Connection second = DriverManager.getConnection(url)) {
      first.unwrap(TursoConnection.class).createFunction("f", 0, a -> "first");
      for (int i = 0; i < 3; i++) {
        assertThat(rows(first, "SELECT f()")).isEqualTo("first");
        assertThatThrownBy(() -> rows(second, "SELECT f()")).hasMessage("no such function: f");
      }
      second.unwrap(TursoConnection.class).createFunction("f", 0, a -> "second");
      first.unwrap(TursoConnection.class).createFunction("lower", 1, a -> "low");
      for (int i = 0; i < 3; i++) {
        assertThat(rows(second, "SELECT f()")).isEqualTo("second");
        assertThat(rows(second, "SELECT lower('X')")).isEqualTo("x");
        assertThat(rows(first, "SELECT lower('X')")).isEqualTo("low");
        assertThat(rows(first, "SELECT f()")).isEqualTo("first");
      }
    }
  }

  @Test
  void functionCanUseItsConnection() throws SQLException {
    execute("CREATE TABLE t(x)", "CREATE TABLE log(x)", "INSERT INTO t VALUES (1), (2), (3)");
    turso.createFunction("total", 0, a -> Long.valueOf(rows("SELECT sum(x) FROM t")));
    turso.createFunction(
        "note",
        1,
        a -> {
          execute("INSERT INTO log VALUES (" + a.getLong(0) + ")");
          return a.getLong(0);
        });
    assertThat(rows("SELECT total() - x FROM t")).isEqualTo("5/4/3");
    assertThat(rows("SELECT note(x) FROM t")).isEqualTo("1/2/3");
    assertThat(rows("SELECT x FROM log")).isEqualTo("1/2/3");
  }

  @Test
  void onlyDeterministicFunctionsCanBeIndexed() throws SQLException {
    turso.createFunction("half", 1, a -> a.getLong(0) / 2, FunctionTrait.DETERMINISTIC);
    turso.createFunction("dice", 1, a -> 4);
    execute("CREATE TABLE t(x)", "INSERT INTO t VALUES (4), (9)", "CREATE INDEX i ON t(half(x))");
    assertThat(rows("SELECT x FROM t INDEXED BY i WHERE half(x) = 4")).isEqualTo("9");
    assertThatThrownBy(() -> execute("CREATE INDEX j ON t(dice(x))"))
        .hasMessage("non-deterministic functions prohibited in index expressions");
  }

  @Test
  void directFunctionsAreRefusedInTheSchema() throws SQLException {
    turso.createFunction(
        "direct", 1, a -> 1, FunctionTrait.DETERMINISTIC, FunctionTrait.DIRECT_ONLY);
    execute(
        "CREATE TABLE t(x)",
        "CREATE VIEW v AS SELECT direct(x) FROM t",
        "CREATE TEMP VIEW tv AS SELECT direct(x) FROM t",
        "CREATE TRIGGER r AFTER INSERT ON t BEGIN SELECT direct(1); END");
    for (String sql :
        List.of(
            "SELECT * FROM v",
            "INSERT INTO t VALUES (1)",
            "CREATE TABLE c(x CHECK(direct(x)))",
            "CREATE INDEX i ON t(direct(x))")) {
      assertThatThrownBy(() -> execute(sql)).hasMessage("unsafe use of direct()");
    }
    assertThat(rows("SELECT direct(1)")).isEqualTo("1");
    assertThat(rows("SELECT * FROM tv")).isEmpty();
  }

  @Test
  void distrustedSchemaCallsInnocuousFunctionsOnly() throws SQLException {
    turso.createFunction("plain", 0, a -> 1);
    turso.createFunction("good", 0, a -> 2, FunctionTrait.INNOCUOUS);
    execute("CREATE VIEW p AS SELECT plain()", "CREATE VIEW g AS SELECT good()");
    assertThat(rows("SELECT * FROM p, g")).isEqualTo("1|2");
    execute("PRAGMA trusted_schema = OFF");
    assertThat(rows("SELECT * FROM g")).isEqualTo("2");
    assertThatThrownBy(() -> rows("SELECT * FROM p")).hasMessage("unsafe use of plain()");
  }

  private static class Total implements AggregateFunction<long[]> {
    @Override
    public long[] start() {
      return new long[1];
    }

    @Override
    public void add(long[] group, FunctionArguments arguments) {
      group[0] += arguments.getLong(0);
    }

    @Override
    public Object result(long[] group) {
      return group[0];
    }
  }

  private static final class MovingTotal extends Total implements WindowFunction<long[]> {
    @Override
    public void remove(long[] group, FunctionArguments arguments) {
      group[0] -= arguments.getLong(0);
    }
  }

  @Test
  void aggregatesKeepGroupsApart() throws SQLException {
    turso.createAggregate("total_of", 1, new Total());
    assertThat(
            rows(
                "SELECT column1, total_of(column2), total_of(DISTINCT column2)"
                    + " FROM (VALUES ('a', 1), ('b', 5), ('a', 1), ('b', 6)) GROUP BY 1"))
        .isEqualTo("a|2|1/b|11|11");
    assertThat(rows("SELECT total_of(1) WHERE 0")).isEqualTo("0");
    assertThat(rows("SELECT total_of(column1) FILTER (WHERE column1 > 1) FROM (VALUES (1), (2))"))
        .isEqualTo("2");
  }

  @Test
  void onlyWindowFunctionsTakeOver() throws SQLException {
    turso.createAggregate("total_of", 1, new Total());
    turso.createAggregate("moving", 1, new MovingTotal());
    String over = "(column1) OVER (ROWS 1 PRECEDING) FROM (VALUES (1), (2), (4))";
    assertThat(rows("SELECT moving" + over)).isEqualTo("1/3/6");
    assertThatThrownBy(() -> rows("SELECT total_of" + over))
        .hasMessage("total_of() may not be used as a window function");
  }

  @Test
  void pragmaListsOwnFunctions() throws SQLException {
    turso.createFunction("F1", 2, a -> 1, FunctionTrait.DETERMINISTIC);
    turso.createAggregate("f2", -1, new MovingTotal());
    assertThat(
            rows(
                "SELECT name, builtin, type, narg FROM pragma_function_list"
                    + " WHERE name IN ('f1', 'f2')"))
        .isEqualTo("f1|0|s|2/f2|0|w|-1");
  }

  @Test
  void namesAndCountsAreChecked() {
    assertThatThrownBy(() -> turso.createFunction("", 0, a -> 1)).isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> turso.createFunction("f", -2, a -> 1))
        .isInstanceOf(SQLException.class);
    assertThatThrownBy(() -> turso.createFunction("f", 1001, a -> 1))
        .isInstanceOf(SQLException.class);
  }
}
