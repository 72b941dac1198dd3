package dev.tursojdbc.tck.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A database that is opened again shows the schema that it has then, whoever changed it. */
class ReopenedSchemaTest {
  private static final String QUERY = "SELECT * FROM t";

  @TempDir private Path directory;
  private Path file;

  @BeforeEach
  void makeAndKnowDatabase() throws SQLException {
    file = directory.resolve("reopened.db");
    with("turso", "CREATE TABLE t(a INT, b TEXT)", "INSERT INTO t VALUES (1, 'one')");
    // Twice: the first time something is learnt, the second time it is used.
    assertThat(columnsWhenPrepared()).containsExactly("a", "b");
    assertThat(columnsWhenPrepared()).containsExactly("a", "b");
  }

  private void with(String engine, String... statements) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:" + engine + ":" + file);
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** What a new connection says of the columns before anything was executed. */
  private List<String> columnsWhenPrepared() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
        PreparedStatement statement = connection.prepareStatement(QUERY)) {
      ResultSetMetaData columns = statement.getMetaData();
      List<String> names = new ArrayList<>();
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        names.add(columns.getColumnName(i));
      }
      return names;
    }
  }

  private String firstRow(String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      StringBuilder row = new StringBuilder();
      if (rows.next()) {
        for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
          row.append(rows.getString(i)).append(' ');
        }
      }
      return row.toString().strip();
    }
  }

  @Test
  void columnThatSqliteAddedIsThere() throws SQLException {
    with("sqlite", "ALTER TABLE t ADD COLUMN c DEFAULT 'new'");

    assertThat(columnsWhenPrepared()).containsExactly("a", "b", "c");
    assertThat(firstRow(QUERY)).isEqualTo("1 one new");
  }

  @Test
  void tableThatSqliteDroppedIsGone() throws SQLException {
    with("sqlite", "DROP TABLE t");

    assertThatThrownBy(this::columnsWhenPrepared).hasMessageContaining("no such table: t");
  }

  @Test
  void definitionThatWasEditedUnderTheSameCookieCounts() throws SQLException {
    with(
        "sqlite",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET sql = 'CREATE TABLE t(x INT, y TEXT)' WHERE name = 't'");

    assertThat(columnsWhenPrepared()).containsExactly("x", "y");
  }

  @Test
  void tablesThatChangedPlacesUnderTheSameCookieAreFound() throws SQLException {
    with("turso", "CREATE TABLE u(a INT, b TEXT)", "INSERT INTO u VALUES (2, 'two')");
    assertThat(firstRow(QUERY)).isEqualTo("1 one");
    assertThat(firstRow(QUERY)).isEqualTo("1 one");

    with(
        "sqlite",
        "PRAGMA writable_schema=ON",
        "UPDATE sqlite_master SET rootpage = 5 - rootpage WHERE name IN ('t', 'u')");

    assertThat(firstRow(QUERY)).isEqualTo("2 two");
  }

  @Test
  void anotherFileUnderTheSameNameIsNotTakenForTheOldOne() throws SQLException, IOException {
    Path old = file;
    file = directory.resolve("other.db");
    with("turso", "CREATE TABLE t(p, q, r)", "INSERT INTO t VALUES (7, 8, 9)");
    Files.move(file, old, StandardCopyOption.REPLACE_EXISTING);
    file = old;

    assertThat(columnsWhenPrepared()).containsExactly("p", "q", "r");
    assertThat(firstRow(QUERY)).isEqualTo("7 8 9");
  }

  @Test
  void statisticsThatChangedUnderTheSameCookieCount() throws SQLException {
    with(
        "turso",
        "CREATE INDEX t_a ON t(a)",
        "CREATE INDEX t_b ON t(b)",
        "ANALYZE",
        "DELETE FROM sqlite_stat4",
        "DELETE FROM sqlite_stat1",
        "INSERT INTO sqlite_stat1 VALUES ('t', 't_a', '1000 500'), ('t', 't_b', '1000 2')");
    String plan = "EXPLAIN QUERY PLAN SELECT * FROM t WHERE a = 1 AND b = 'one'";
    assertThat(firstRow(plan)).contains("t_b");
    assertThat(firstRow(plan)).contains("t_b");

    with(
        "sqlite",
        "DELETE FROM sqlite_stat1",
        "INSERT INTO sqlite_stat1 VALUES ('t', 't_a', '1000 2'), ('t', 't_b', '1000 500')");

    assertThat(firstRow(plan)).contains("t_a");
  }

  @Test
  void planOfTheFirstOpeningServesTheNextAlsoWithOtherSettings() throws SQLException {
    String like = "SELECT 'A' LIKE 'a', \"no name\" FROM t";
    assertThat(firstRow(like)).isEqualTo("1 no name");

    with("turso", "PRAGMA case_sensitive_like=ON");
    try (Connection connection =
            DriverManager.getConnection("jdbc:turso:" + file + "?case_sensitive_like=true");
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(like)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getInt(1)).isZero();
    }
    assertThat(firstRow(like)).isEqualTo("1 no name");
  }

  @Test
  void schemaChangeRolledBackBeforeClosingLeavesNothing() throws SQLException {
    try (Connection connection = DriverManager.getConnection("jdbc:turso:" + file);
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.execute("ALTER TABLE t ADD COLUMN c");
      statement.executeQuery(QUERY).close();
      connection.rollback();
    }

    assertThat(columnsWhenPrepared()).containsExactly("a", "b");
  }
}
