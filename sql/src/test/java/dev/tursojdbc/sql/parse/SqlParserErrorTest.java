package dev.tursojdbc.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.tursojdbc.storage.error.ErrorCode;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SqlParserErrorTest {
  private static SqlSyntaxException failure(String sql) {
    return catchThrowableOfType(SqlSyntaxException.class, () -> SqlParser.parse(sql, 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      quoteCharacter = '^',
      value = {
        "SELECT # incomplete input # -1",
        "SELECT ; # near \";\": syntax error # 7",
        "SELECT * FORM t # near \"FORM\": syntax error # 9",
        "HELLO # near \"HELLO\": syntax error # 0",
        "SELECT 1 FROM # incomplete input # -1",
        "SELECT 'abc # unrecognized token: \"'abc\" # 7",
        "SELECT 12ab # unrecognized token: \"12ab\" # 7",
        "SELECT x'abc' # unrecognized token: \"x'abc'\" # 7",
        "SELECT 1 ! 2 # unrecognized token: \"!\" # 9",
        "SELECT 1__0 # unrecognized token: \"1__0\" # 7",
        "SELECT a MATCH FROM t # near \"FROM\": syntax error # 15",
        "SELECT 1 ORDER BY 1 UNION SELECT 2 # ORDER BY clause should come after UNION not before # -1",
        "SELECT 1 LIMIT 1 UNION ALL SELECT 2 # LIMIT clause should come after UNION ALL not before # -1",
        "SELECT 1 UNION VALUES (2) ORDER BY 1 # near \"ORDER\": syntax error # 26",
        "SELECT 1 FROM a ON 1 # a JOIN clause is required before ON # 16",
        "SELECT 1 FROM a USING (b) # a JOIN clause is required before USING # 16",
        "SELECT 1 FROM a LEFT foo JOIN b # unknown join type: LEFT foo # 16",
        "SELECT 1 FROM a OUTER JOIN b # unknown join type: OUTER # 16",
        "SELECT 1 FROM a INNER LEFT JOIN b # unknown join type: INNER LEFT # 16",
        "CREATE TABLE t(a) FOO # unknown table option: FOO # 18",
        "CREATE TABLE t(a) FOO BAR # near \"BAR\": syntax error # 22",
        "CREATE VIEW v(a COLLATE x) AS SELECT 1 # syntax error after column name \"a\" # 14",
        "SELECT ?0 # variable number must be between ?1 and ?250000 # 7",
        "SELECT sum(a) OVER (ROWS BETWEEN CURRENT ROW AND 1 PRECEDING) # unsupported frame specification # -1",
        "INSERT INTO t SELECT * FROM u ON CONFLICT DO NOTHING # near \"DO\": syntax error # 42",
        "RELEASE SAVEPOINT # incomplete input # -1",
        "CREATE TABLE if(a) # near \"(\": syntax error # 15",
        "CREATE TRIGGER r INSERT ON t BEGIN UPDATE t INDEXED BY i SET a = 1; END # the INDEXED BY clause is not allowed on UPDATE or DELETE statements within triggers # -1",
      })
  void errorsAreInSqlitesWords(String sql, String message, int offset) {
    SqlSyntaxException failure = failure(sql);

    assertThat(failure).hasMessage(message);
    assertThat(failure.offset()).isEqualTo(offset);
    assertThat(failure.code()).isEqualTo(ErrorCode.ERROR);
  }

  @Test
  void registersAreNotForUsers() {
    assertThat(failure("SELECT #1")).hasMessage("near \"#1\": syntax error");
  }

  @Test
  void offsetsCountFromTheStatement() {
    SqlSyntaxException failure =
        catchThrowableOfType(
            SqlSyntaxException.class, () -> SqlParser.parse("SELECT 1; SELECT * FORM t", 9));

    assertThat(failure.offset()).isEqualTo(10);
  }

  @Test
  void treesHaveAMaximumHeight() {
    assertThat(SqlParser.parse("SELECT 1" + " + 1".repeat(999), 0).statement()).isNotNull();
    assertThatThrownBy(() -> SqlParser.parse("SELECT 1" + " + 1".repeat(1000), 0))
        .hasMessage("Expression tree is too large (maximum depth 1000)");
    assertThatThrownBy(() -> SqlParser.parse("SELECT " + "- ".repeat(1000) + "1", 0))
        .hasMessage("Expression tree is too large (maximum depth 1000)");
  }

  @Test
  void compoundsHaveAMaximumLength() {
    assertThat(SqlParser.parse("SELECT 1" + " UNION SELECT 1".repeat(499), 0).statement())
        .isNotNull();
    assertThatThrownBy(() -> SqlParser.parse("SELECT 1" + " UNION SELECT 1".repeat(500), 0))
        .hasMessage("too many terms in compound SELECT");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "( # ) # 990",
        "abs( # ) # 990",
        "1 IN ( # ) # 990",
        "EXISTS (SELECT # ) # 40",
        "(SELECT # ) # 40",
        "CASE WHEN # THEN 1 END # 990",
        "1 BETWEEN # AND 1 # 990",
        "CAST( # AS TEXT) # 990",
      })
  void deepNestingNeedsNoDeepStack(String open, String close, int levels) throws Exception {
    String sql = "SELECT " + (open + " ").repeat(levels) + "1" + (" " + close).repeat(levels);

    assertThat(onSmallStack(sql)).isEqualTo("read");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '#',
      value = {
        "SELECT ( ",
        "SELECT * FROM ( ",
        "WITH a AS ( ",
        "SELECT CASE ",
        "SELECT 1 BETWEEN ",
        "CREATE VIRTUAL TABLE t USING m( ",
      })
  void bottomlessNestingIsRefused(String open) throws Exception {
    String nested = open + " " + repeated(open).repeat(100_000);

    assertThat(onSmallStack(nested)).isEqualTo("Recursion limit");
  }

  /** What of the opening can be repeated. */
  private static String repeated(String open) {
    return open.startsWith("SELECT 1 B")
        ? "1 BETWEEN "
        : open.startsWith("SELECT C") ? "CASE " : open.startsWith("WITH") ? "WITH a AS ( " : "( ";
  }

  private static String onSmallStack(String sql) throws InterruptedException, ExecutionException {
    FutureTask<String> task =
        new FutureTask<>(
            () -> {
              try {
                SqlParser.parse(sql, 0);
                return "read";
              } catch (SqlSyntaxException e) {
                return e.getMessage();
              }
            });
    Thread thread = new Thread(null, task, "small", 512 << 10);
    thread.start();
    return task.get();
  }
}
