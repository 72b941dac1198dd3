package dev.tursojdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.api.TursoConnection;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Comparator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Orders of texts that the application defines on a connection. */
class UserCollationsTest extends ConnectionFixture {
  private static final Comparator<String> BY_LENGTH = Comparator.comparing(String::length);

  private TursoConnection turso;

  @BeforeEach
  void define() throws SQLException {
    turso = connection.unwrap(TursoConnection.class);
    turso.createCollation("by_length", BY_LENGTH);
    execute(
        "CREATE TABLE t(x TEXT COLLATE by_length)", "INSERT INTO t VALUES ('ccc'),('a'),('bb')");
  }

  @Test
  void orderAndComparisonUseIt() throws SQLException {
    assertThat(rows("SELECT x FROM t ORDER BY x DESC")).isEqualTo("ccc/bb/a");
    assertThat(rows("SELECT x FROM t WHERE x = 'zz'")).isEqualTo("bb");
    assertThat(rows("SELECT max(x) FROM t WHERE x < '---'")).isEqualTo("bb");
    assertThat(rows("SELECT 'b' = 'a' COLLATE BY_LENGTH")).isEqualTo("1");
  }

  @Test
  void groupsSetsAndJoinsUseIt() throws SQLException {
    execute("INSERT INTO t VALUES ('d'), ('ee')");
    assertThat(rows("SELECT count(*) FROM t GROUP BY x")).isEqualTo("2/2/1");
    assertThat(rows("SELECT count(DISTINCT x) FROM t")).isEqualTo("3");
    assertThat(rows("SELECT count(*) FROM (SELECT DISTINCT x FROM t)")).isEqualTo("3");
    assertThat(rows("SELECT count(*) FROM (SELECT x FROM t UNION SELECT x FROM t)")).isEqualTo("3");
    assertThat(rows("SELECT count(*) FROM t WHERE x IN ('q', 'rr')")).isEqualTo("4");
    assertThat(rows("SELECT count(*) FROM t a JOIN t b ON a.x = b.x")).isEqualTo("9");
  }

  @Test
  void indexesAreOrderedByIt() throws SQLException {
    execute("CREATE UNIQUE INDEX i ON t(x)");
    assertThat(rows("SELECT x FROM t INDEXED BY i WHERE x > 'z'")).isEqualTo("bb/ccc");
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('z')"))
        .hasMessage("UNIQUE constraint failed: t.x");
    assertThat(rows("PRAGMA integrity_check")).isEqualTo("ok");
  }

  @Test
  void withoutItTheTableCanBeReadButNotCompared() throws SQLException {
    String url = "jdbc:turso:file:collations?mode=memory&cache=shared";
    try (Connection knowing = DriverManager.getConnection(url);
        Connection other = DriverManager.getConnection(url);
        Statement statement = knowing.createStatement()) {
      knowing.unwrap(TursoConnection.class).createCollation("by_length", BY_LENGTH);
      statement.execute("CREATE TABLE t(x TEXT COLLATE by_length)");
      statement.execute("CREATE INDEX i ON t(x)");
      statement.execute("INSERT INTO t VALUES ('ccc'), ('a'), ('bb')");

      assertThat(rows(other, "SELECT x FROM t")).isEqualTo("ccc/a/bb");
      assertThatThrownBy(() -> rows(other, "SELECT x FROM t ORDER BY x"))
          .hasMessage("no such collation sequence: by_length");
      assertThat(rows(knowing, "SELECT x FROM t ORDER BY x")).isEqualTo("a/bb/ccc");
      other.unwrap(TursoConnection.class).createCollation("By_Length", BY_LENGTH.reversed());
      String sorted = "SELECT x FROM t NOT INDEXED ORDER BY x";
      assertThat(rows(other, sorted)).isEqualTo("ccc/bb/a");
      assertThat(rows(knowing, sorted)).isEqualTo("a/bb/ccc");
    }
  }

  @Test
  void pragmaListsIt() throws SQLException {
    assertThat(rows("SELECT name FROM pragma_collation_list"))
        .isEqualTo("by_length/RTRIM/NOCASE/BINARY");
  }

  @Test
  void droppedItIsUnknown() throws SQLException {
    turso.dropCollation("BY_LENGTH");
    assertThatThrownBy(() -> rows("SELECT x FROM t ORDER BY x"))
        .hasMessage("no such collation sequence: by_length");
  }

  @Test
  void builtInOnesStay() {
    assertThatThrownBy(() -> turso.createCollation("nocase", BY_LENGTH))
        .isInstanceOf(SQLException.class);
  }

  @Test
  void failureOfTheComparatorIsTheStatements() throws SQLException {
    Comparator<String> broken =
        Comparator.comparing(
            text -> {
              throw new IllegalStateException("cannot compare " + text);
            });
    turso.createCollation("broken", broken);
    assertThatThrownBy(() -> rows("SELECT x FROM t ORDER BY x COLLATE broken"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("cannot compare");
    assertThat(rows("SELECT count(*) FROM t")).isEqualTo("3");
  }
}
