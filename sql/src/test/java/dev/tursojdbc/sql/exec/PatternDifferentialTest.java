package dev.tursojdbc.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** LIKE and GLOB hold for the same values as in SQLite, whatever kind of pattern and value. */
class PatternDifferentialTest {
  @TempDir static Path directory;
  private static QueryFixture fixture;

  @BeforeAll
  static void open() {
    fixture =
        new QueryFixture(
            directory,
            "CREATE TABLE t(id INTEGER PRIMARY KEY, v)",
            "INSERT INTO t(v) VALUES ('Customer#12'), ('customer#1299'), ('xCustomer#12'), ('12'),"
                + " (12), (12.5), (NULL), (x'43757374'), (x'3132'), (''), ('a%b'), ('a_b'), ('a*b'),"
                + " ('ab' || char(0) || 'cd'), ('äb'), ('Äb'), ('[a]'), ('aXbYbZ'), (-1), ('-1')");
  }

  @AfterAll
  static void close() throws SQLException {
    fixture.close();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "v LIKE 'customer#12%'",
        "v LIKE '%12'",
        "v LIKE '%12%'",
        "v LIKE '12'",
        "v LIKE ''",
        "v LIKE '%'",
        "v LIKE '%%'",
        "v LIKE 'cust%'",
        "v LIKE '%b'",
        "v LIKE 'ab'",
        "v LIKE '%d'",
        "v LIKE 'a%b%z'",
        "v LIKE '%x%y%'",
        "v LIKE 'a\\%b' ESCAPE '\\'",
        "v LIKE 'a%%b' ESCAPE '%'",
        "v LIKE 'axb' ESCAPE 'x'",
        "v LIKE '%' ESCAPE NULL",
        "v LIKE NULL",
        "v LIKE 12",
        "v LIKE x'3132'",
        "v LIKE 'ä%'",
        "v NOT LIKE '%1%'",
        "v GLOB 'Cust*'",
        "v GLOB '*12'",
        "v GLOB 'a[*]b'",
        "v GLOB '[[]a]'",
        "v GLOB '*'",
        "(v LIKE '1%') IS NULL",
        "(v LIKE '1%') + 1",
        "coalesce(v LIKE '%2', 7)",
        "like('%2', v)",
        "glob('*2', v)"
      })
  void aPatternInTheStatement(String condition) throws SQLException {
    for (String sql :
        new String[] {
          "SELECT id FROM t WHERE " + condition, "SELECT id, " + condition + " FROM t ORDER BY id"
        }) {
      assertThat(fixture.rows(sql)).as(sql).isEqualTo(fixture.expected(sql));
    }
  }

  @Test
  void aPatternThatIsBound() throws SQLException {
    for (Object pattern : new Object[] {"Cust%", "%12", "%1%", "a_b", 12, 12.5, "ä%", ""}) {
      for (String condition :
          new String[] {"v LIKE ?", "v GLOB ?", "v LIKE ? ESCAPE '\\'", "v NOT LIKE ?"}) {
        String sql = "SELECT id, v FROM t WHERE " + condition;
        assertThat(fixture.rows(sql, pattern))
            .as("%s with %s", sql, pattern)
            .isEqualTo(fixture.expected(sql, pattern));
      }
    }
  }
}
