package dev.tursojdbc.sql.parse;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.storage.error.TursoException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Damaged statements are refused as SQLite refuses them, word for word.
 *
 * <p>Each trial takes a good statement and drops, doubles, swaps or replaces some of its tokens.
 * SQLite looks up tables while it parses, so it may stop at an unknown name before it comes to a
 * syntax error; such answers say nothing here. Statements are left out in which a keyword may be a
 * name and SQLite decides by that word alone, as CURRENT and UNBOUNDED in a window's frame: the
 * words of an error further on then differ.
 */
class SyntaxDifferentialTest {
  private static final Pattern DETAIL =
      Pattern.compile("^\\[SQLITE_\\w+\\].*? \\((.*)\\)$", Pattern.DOTALL);

  private static final List<String> SCHEMA =
      List.of(
          "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT, c)",
          "CREATE TABLE u(a, b, c)",
          "CREATE INDEX ib ON t(b)",
          "CREATE VIEW v AS SELECT a, b FROM t");

  private static final List<String> STATEMENTS =
      List.of(
          "SELECT DISTINCT a, b AS x, t.*, * FROM t WHERE a = 1 AND b LIKE 'x%' ESCAPE '!' OR NOT c",
          "SELECT a FROM t LEFT JOIN u USING (a, b) NATURAL JOIN v CROSS JOIN u AS w ON w.a = t.a",
          "SELECT count(*), sum(DISTINCT a) FILTER (WHERE a > 1) FROM t GROUP BY b, c HAVING count(*) > 1",
          "SELECT a FROM t ORDER BY a DESC NULLS LAST, b COLLATE nocase ASC LIMIT 1 OFFSET 2",
          "SELECT a FROM t UNION ALL SELECT b FROM u EXCEPT VALUES (1), (2) INTERSECT SELECT 1 LIMIT 2, 3",
          "WITH RECURSIVE x(n) AS NOT MATERIALIZED (SELECT 1 UNION SELECT n + 1 FROM x) SELECT n FROM x",
          "SELECT CASE a WHEN 1 THEN 'x' ELSE b END, CAST(a AS VARCHAR(10)), a IN (1, 2), a NOT IN u FROM t",
          "SELECT a BETWEEN 1 AND 2, b IS NOT NULL, c NOTNULL, b IS NOT DISTINCT FROM c, -a, ~a FROM t",
          "SELECT sum(a) OVER (PARTITION BY b ORDER BY c ROWS BETWEEN 1 PRECEDING AND 2 FOLLOWING EXCLUDE TIES) FROM t",
          "SELECT sum(a) OVER w, min(b) OVER (w RANGE 3 PRECEDING) FROM t WINDOW w AS (PARTITION BY b)",
          "SELECT EXISTS (SELECT 1 FROM u), (SELECT a FROM u), (a, b) = (SELECT 1, 2) FROM (t JOIN u) AS x",
          "SELECT a -> '$.x', a ->> 'y', ?1, :n, @m, $k, x'ab', 1_000, 0x1F, 1.5e3, CURRENT_TIME FROM t NOT INDEXED",
          "INSERT OR REPLACE INTO t(a, b) VALUES (1, 2), (3, 4) RETURNING a, b AS x",
          "INSERT INTO t AS x SELECT a, b, c FROM u WHERE 1 ON CONFLICT (a) WHERE b DO UPDATE SET b = 1, (a, c) = (1, 2) WHERE c",
          "REPLACE INTO main.t DEFAULT VALUES",
          "UPDATE OR IGNORE t AS x INDEXED BY ib SET b = 1, (a, c) = (SELECT 1, 2) FROM u WHERE x.a = u.a RETURNING *",
          "UPDATE t SET a = 1 WHERE b ORDER BY c LIMIT 3",
          "DELETE FROM t WHERE a IN (SELECT a FROM u) RETURNING a",
          "CREATE TABLE IF NOT EXISTS n(a INTEGER PRIMARY KEY DESC ON CONFLICT FAIL AUTOINCREMENT, b TEXT NOT NULL DEFAULT 'x')",
          "CREATE TEMP TABLE n(a DEFAULT -1 CHECK (a > 0), b AS (a + 1) STORED, CONSTRAINT p PRIMARY KEY (a, b)) WITHOUT ROWID",
          "CREATE TABLE n(a REFERENCES t(a) ON DELETE SET NULL ON UPDATE CASCADE NOT DEFERRABLE INITIALLY DEFERRED) STRICT",
          "CREATE TABLE n(a, UNIQUE (a) ON CONFLICT ABORT, FOREIGN KEY (a) REFERENCES t MATCH FULL)",
          "CREATE TABLE n AS SELECT * FROM t",
          "CREATE UNIQUE INDEX IF NOT EXISTS i ON t(a, b + 1 DESC) WHERE c IS NULL",
          "CREATE TEMPORARY VIEW IF NOT EXISTS w(x, y) AS SELECT a, b FROM t",
          "CREATE TRIGGER r AFTER UPDATE OF a, b ON t FOR EACH ROW WHEN new.a > 1 BEGIN DELETE FROM u; SELECT RAISE(ABORT, 'x'); END",
          "CREATE TRIGGER r INSTEAD OF INSERT ON v BEGIN INSERT INTO t VALUES (1, 2, 3); UPDATE t SET a = 1 WHERE b; END",
          "ALTER TABLE t RENAME COLUMN a TO z",
          "ALTER TABLE t ADD d INTEGER NOT NULL DEFAULT 5",
          "ALTER TABLE t DROP COLUMN c",
          "ALTER TABLE t ALTER COLUMN b SET NOT NULL ON CONFLICT ABORT",
          "DROP TABLE IF EXISTS main.t",
          "PRAGMA main.cache_size = -2000",
          "PRAGMA table_info(t)",
          "BEGIN IMMEDIATE TRANSACTION",
          "ROLLBACK TRANSACTION TO SAVEPOINT x",
          "RELEASE SAVEPOINT x",
          "ATTACH DATABASE ':memory:' AS x",
          "EXPLAIN QUERY PLAN SELECT 1",
          "VACUUM main INTO 'x'",
          "REINDEX main.t",
          "ANALYZE t");

  @Test
  void damagedStatementsAreRefusedInSqlitesWords() throws SQLException {
    assertThat(disagreements(2_000, 1)).isEmpty();
  }

  @Test
  @Tag("differential")
  void manyDamagedStatementsAreRefusedInSqlitesWords() throws SQLException {
    assertThat(disagreements(Integer.getInteger("trials", 200_000), 2)).isEmpty();
  }

  private static List<String> disagreements(int trials, long seed) throws SQLException {
    List<String> vocabulary = new ArrayList<>();
    for (String statement : STATEMENTS) {
      vocabulary.addAll(tokens(statement));
    }
    vocabulary.addAll(
        List.of(
            "!", "'open", "\"q\"", "[x]", "`y`", "x'a'", "1x", "||", ";", "/*", "left", "outer"));
    List<String> disagreements = new ArrayList<>();
    Random random = new Random(seed);
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
      try (Statement statement = connection.createStatement()) {
        for (String sql : SCHEMA) {
          statement.executeUpdate(sql);
        }
      }
      for (int trial = 0; trial < trials && disagreements.size() < 20; trial++) {
        String sql = damaged(STATEMENTS.get(random.nextInt(STATEMENTS.size())), vocabulary, random);
        String actual = outcome(sql);
        if ("".equals(actual)) {
          // The reference's driver stumbles over what it cannot prepare.
          continue;
        }
        String expected = reference(connection, sql);
        boolean agrees =
            expected == null
                ? actual == null
                : !SqlParserCorporaTest.SYNTAX_ERROR.matcher(expected).matches()
                    || expected.equals(actual);
        if (!agrees) {
          disagreements.add(sql + "\n  expected: " + expected + "\n  actual:   " + actual + "\n");
        }
      }
    }
    return disagreements;
  }

  private static String damaged(String sql, List<String> vocabulary, Random random) {
    List<String> tokens = tokens(sql);
    for (int times = 1 + random.nextInt(2); times > 0 && !tokens.isEmpty(); times--) {
      int at = random.nextInt(tokens.size());
      switch (random.nextInt(6)) {
        case 0 -> tokens.remove(at);
        case 1 -> tokens.add(at, tokens.get(at));
        case 2 -> tokens.add(at, tokens.remove(random.nextInt(tokens.size())));
        case 3 -> tokens.subList(at, tokens.size()).clear();
        case 4 -> tokens.add(at, vocabulary.get(random.nextInt(vocabulary.size())));
        default -> tokens.set(at, vocabulary.get(random.nextInt(vocabulary.size())));
      }
    }
    return String.join(" ", tokens);
  }

  private static List<String> tokens(String sql) {
    List<String> tokens = new ArrayList<>();
    SqliteLexer lexer = new SqliteLexer(new SqlText(sql, 0));
    for (Token token = lexer.nextToken(); token.getType() != Token.EOF; token = lexer.nextToken()) {
      tokens.add(sql.substring(token.getStartIndex(), token.getStopIndex() + 1));
    }
    return tokens;
  }

  private static @Nullable String reference(Connection connection, String sql) {
    try {
      connection.prepareStatement(sql).close();
      return null;
    } catch (SQLException e) {
      Matcher matcher = DETAIL.matcher(e.getMessage());
      return matcher.matches() ? matcher.group(1) : e.getMessage();
    }
  }

  private static @Nullable String outcome(String sql) {
    try {
      return SqlParser.parse(sql, 0).statement() == null ? "" : null;
    } catch (TursoException e) {
      return e.getMessage();
    }
  }
}
