package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The keys that inserted rows got. */
class GeneratedKeysTest extends ConnectionFixture {
  @BeforeEach
  void tables() throws SQLException {
    execute(
        "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT UNIQUE, made TEXT DEFAULT 'now')",
        "CREATE TABLE plain(a)",
        "CREATE TABLE keyed(x TEXT, y INT, PRIMARY KEY (x, y)) WITHOUT ROWID");
  }

  private String keys(String sql, int flag) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(sql, flag);
      return text(statement.getGeneratedKeys());
    }
  }

  private String keys(String sql) throws SQLException {
    return keys(sql, Statement.RETURN_GENERATED_KEYS);
  }

  @Test
  void eachRowHasItsKey() throws SQLException {
    assertThat(keys("INSERT INTO t(name) VALUES ('a'), ('b'), ('c')")).isEqualTo("1/2/3");
    assertThat(keys("INSERT INTO t(name) SELECT name || '2' FROM t")).isEqualTo("4/5/6");
    assertThat(keys("INSERT INTO plain VALUES (7), (8);")).isEqualTo("1/2");
    assertThat(keys("INSERT INTO plain VALUES (9) -- the last; really")).isEqualTo("3");
    assertThat(keys("WITH n(i) AS (VALUES (9)) INSERT INTO plain SELECT i FROM n")).isEqualTo("4");
    assertThat(rows("SELECT count(*) FROM plain")).isEqualTo("4");
  }

  @Test
  void nobodyAskedNobodyIsTold() throws SQLException {
    assertThat(keys("INSERT INTO t(name) VALUES ('a')", Statement.NO_GENERATED_KEYS)).isEmpty();
    assertThat(keys("UPDATE t SET name = 'b'")).isEmpty();
    assertThat(keys("CREATE TABLE u(a)")).isEmpty();
    assertThat(failureOf(() -> keys("DELETE FROM t", 77)).getErrorCode()).isEqualTo(21);
  }

  @Test
  void theCountIsThatOfTheInsert() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      assertThat(statement.executeUpdate("INSERT INTO plain VALUES (1), (2)", 1)).isEqualTo(2);
      assertThat(statement.execute("INSERT INTO plain VALUES (3)", 1)).isFalse();
      assertThat(statement.getUpdateCount()).isEqualTo(1);
    }
  }

  @Test
  void withoutRowidTheKeyIsThePrimaryKey() throws SQLException {
    assertThat(keys("INSERT INTO keyed VALUES ('a', 1), ('b', 2)")).isEqualTo("a|1/b|2");
  }

  @Test
  void anUpsertTellsTheRowItChanged() throws SQLException {
    keys("INSERT INTO t(name) VALUES ('a'), ('b')");

    assertThat(
            keys(
                "INSERT INTO t(name) VALUES ('b'), ('c') ON CONFLICT(name) DO UPDATE SET made = 1"))
        .isEqualTo("2/3");
    assertThat(keys("INSERT INTO t(name) VALUES ('b') ON CONFLICT DO NOTHING")).isEmpty();
  }

  @Test
  void columnsByNameAndByNumber() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.executeUpdate(
          "INSERT INTO t(name) VALUES ('a')", new String[] {"ID", "made", "rowid"});
      assertThat(text(statement.getGeneratedKeys())).isEqualTo("1|now|1");
      statement.executeUpdate("INSERT INTO t(name) VALUES ('b')", new int[] {3, 1});
      assertThat(text(statement.getGeneratedKeys())).isEqualTo("now|2");

      String[] unknown = {"absent"};
      String insert = "INSERT INTO t(name) VALUES ('c')";
      assertThat(failureOf(() -> statement.execute(insert, unknown)).getSQLState())
          .isEqualTo("42S22");
      assertThat(failureOf(() -> statement.execute(insert, new int[] {4})).getSQLState())
          .isEqualTo("07009");
      assertThat(rows("SELECT count(*) FROM t")).isEqualTo("2");
    }
  }

  @Test
  void aPreparedBatchHasTheKeysOfAllItsRows() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO t(name) VALUES (?)", Statement.RETURN_GENERATED_KEYS)) {
      assertThat(insert.getMetaData()).isNull();
      insert.setString(1, "a");
      assertThat(insert.executeUpdate()).isEqualTo(1);
      assertThat(text(insert.getGeneratedKeys())).isEqualTo("1");
      for (String name : new String[] {"b", "c", "d"}) {
        insert.setString(1, name);
        insert.addBatch();
      }
      assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
      assertThat(text(insert.getGeneratedKeys())).isEqualTo("2/3/4");
    }
  }

  @Test
  void theOnlyKeyIsFoundUnderTheNamesOfOtherDrivers() throws SQLException {
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO t(name) VALUES ('a')", new String[] {"id"})) {
      insert.execute();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getLong("id")).isEqualTo(1);
        assertThat(keys.getLong("GENERATED_KEY")).isEqualTo(1);
        assertThat(keys.getLong("last_insert_rowid()")).isEqualTo(1);
        assertThat(failureOf(() -> keys.getLong("absent")).getSQLState()).isEqualTo("07009");
        assertThat(keys.getMetaData().getColumnName(1)).isEqualTo("id");
      }
    }
  }

  @Test
  void aPropertySwitchesKeysOff() throws SQLException {
    connection.close();
    connection = DriverManager.getConnection("jdbc:turso::memory:?jdbc.get_generated_keys=false");
    execute("CREATE TABLE plain(a)");
    assertThat(keys("INSERT INTO plain VALUES (1)")).isEmpty();
  }
}
