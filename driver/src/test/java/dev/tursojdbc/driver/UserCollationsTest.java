package dev.tursojdbc.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.api.TursoConnection;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Orders of texts that the application defines on a connection. */
class UserCollationsTest {
  private static final Comparator<String> BY_LENGTH = Comparator.comparing(String::length);

  @TempDir Path directory;
  private String url;
  private Connection connection;
  private TursoConnection turso;

  @BeforeEach
  void open() throws SQLException {
    url = "jdbc:turso:" + directory.resolve("a.db");
    connection = DriverManager.getConnection(url);
    turso = connection.unwrap(TursoConnection.class);
    turso.createCollation("by_length", BY_LENGTH);
    execute(
        "CREATE TABLE t(x TEXT COLLATE by_length)", "INSERT INTO t VALUES ('ccc'),('a'),('bb')");
  }

  @AfterEach
  void close() throws SQLException {
    connection.close();
  }

  private static List<String> rows(Connection on, String sql) throws SQLException {
    try (Statement statement = on.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> values = new ArrayList<>();
      while (rows.next()) {
        values.add(rows.getString(1));
      }
      return values;
    }
  }

  private List<String> rows(String sql) throws SQLException {
    return rows(connection, sql);
  }

  private void execute(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  @Test
  void orderAndComparisonUseIt() throws SQLException {
    assertThat(rows("SELECT x FROM t ORDER BY x DESC")).containsExactly("ccc", "bb", "a");
    assertThat(rows("SELECT x FROM t WHERE x = 'zz'")).containsExactly("bb");
    assertThat(rows("SELECT max(x) FROM t WHERE x < '---'")).containsExactly("bb");
    assertThat(rows("SELECT 'b' = 'a' COLLATE BY_LENGTH")).containsExactly("1");
  }

  @Test
  void groupsSetsAndJoinsUseIt() throws SQLException {
    execute("INSERT INTO t VALUES ('d'), ('ee')");
    assertThat(rows("SELECT count(*) FROM t GROUP BY x")).containsExactly("2", "2", "1");
    assertThat(rows("SELECT count(DISTINCT x) FROM t")).containsExactly("3");
    assertThat(rows("SELECT count(*) FROM (SELECT DISTINCT x FROM t)")).containsExactly("3");
    assertThat(rows("SELECT count(*) FROM (SELECT x FROM t UNION SELECT x FROM t)"))
        .containsExactly("3");
    assertThat(rows("SELECT count(*) FROM t WHERE x IN ('q', 'rr')")).containsExactly("4");
    assertThat(rows("SELECT count(*) FROM t a JOIN t b ON a.x = b.x")).containsExactly("9");
  }

  @Test
  void indexesAreOrderedByIt() throws SQLException {
    execute("CREATE UNIQUE INDEX i ON t(x)");
    assertThat(rows("SELECT x FROM t INDEXED BY i WHERE x > 'z'")).containsExactly("bb", "ccc");
    assertThatThrownBy(() -> execute("INSERT INTO t VALUES ('z')"))
        .hasMessage("UNIQUE constraint failed: t.x");
    assertThat(rows("PRAGMA integrity_check")).containsExactly("ok");
  }

  @Test
  void withoutItTheTableCanBeReadButNotCompared() throws SQLException {
    execute("CREATE INDEX i ON t(x)");
    try (Connection other = DriverManager.getConnection(url)) {
      assertThat(rows(other, "SELECT x FROM t")).containsExactly("ccc", "a", "bb");
      assertThatThrownBy(() -> rows(other, "SELECT x FROM t ORDER BY x"))
          .hasMessage("no such collation sequence: by_length");
      assertThat(rows("SELECT x FROM t ORDER BY x")).containsExactly("a", "bb", "ccc");
      other.unwrap(TursoConnection.class).createCollation("By_Length", BY_LENGTH.reversed());
      assertThat(rows(other, "SELECT x FROM t NOT INDEXED ORDER BY x"))
          .containsExactly("ccc", "bb", "a");
      assertThat(rows("SELECT x FROM t NOT INDEXED ORDER BY x")).containsExactly("a", "bb", "ccc");
    }
  }

  @Test
  void pragmaListsIt() throws SQLException {
    assertThat(rows("SELECT name FROM pragma_collation_list"))
        .containsExactly("by_length", "RTRIM", "NOCASE", "BINARY");
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
    assertThat(rows("SELECT count(*) FROM t")).containsExactly("3");
  }
}
