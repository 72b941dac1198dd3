package dev.tursojdbc.tck.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DatabaseMetaData;
import java.sql.Driver;
import java.sql.DriverManager;
import java.sql.DriverPropertyInfo;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The calls of a graphical database tool, with its arguments: DBeaver connects, fills its tree,
 * shows and edits rows.
 */
@Timeout(60)
class DatabaseToolTest {
  @TempDir private Path directory;
  private String url;
  private Connection connection;

  @BeforeEach
  void connectAsTheToolDoes() throws SQLException {
    url = "jdbc:turso:" + directory.resolve("tool.db");
    Driver driver = DriverManager.getDriver(url);
    Properties properties = new Properties();
    properties.setProperty("enable_load_extension", "true");
    for (DriverPropertyInfo info : driver.getPropertyInfo(url, properties)) {
      assertThat(info.name).isNotBlank();
      assertThat(info.description).isNotBlank();
    }
    connection = driver.connect(url, properties);
    execute(
        "CREATE TABLE maker(id INTEGER PRIMARY KEY AUTOINCREMENT, name VARCHAR(20) UNIQUE)",
        "CREATE TABLE thing(id INTEGER PRIMARY KEY, label TEXT NOT NULL, price DECIMAL(8,2),"
            + " made DATE, picture BLOB, maker INT CONSTRAINT fk_maker REFERENCES maker(id))",
        "CREATE INDEX by_label ON thing(label)",
        "CREATE VIEW seen AS SELECT label, price * 2 AS twice FROM thing",
        "CREATE TRIGGER stamp AFTER INSERT ON thing BEGIN"
            + " UPDATE thing SET made = '2024-02-29' WHERE id = new.id; END",
        "CREATE TABLE pairs(a, b, PRIMARY KEY (a, b)) WITHOUT ROWID",
        "INSERT INTO maker(name) VALUES ('one'), ('two')",
        "INSERT INTO thing(label, price, picture, maker)"
            + " VALUES ('x', 1.5, x'01', 1), ('y', NULL, NULL, 2), ('z', 3, NULL, NULL)");
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  private void execute(String... texts) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String sql : texts) {
        statement.execute(sql);
      }
    }
  }

  /** The values of one column; every other one is read as well, by number and by label. */
  private static List<String> column(ResultSet rows, String label) throws SQLException {
    List<String> values = new ArrayList<>();
    ResultSetMetaData columns = rows.getMetaData();
    while (rows.next()) {
      for (int i = 1; i <= columns.getColumnCount(); i++) {
        Object value = rows.getObject(i);
        assertThat(rows.getObject(columns.getColumnLabel(i))).isEqualTo(value);
        assertThat(rows.wasNull()).isEqualTo(value == null);
      }
      values.add(rows.getString(label));
    }
    rows.getStatement().close();
    assertThat(rows.isClosed()).isTrue();
    return values;
  }

  private static String messageOf(ThrowingCallable attempt) {
    return catchThrowableOfType(SQLException.class, attempt).getMessage();
  }

  private List<String> query(String sql, Object... parameters) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < parameters.length; i++) {
        statement.setObject(i + 1, parameters[i]);
      }
      ResultSet rows = statement.executeQuery();
      return column(rows, rows.getMetaData().getColumnLabel(1));
    }
  }

  @Test
  void theConnectionTellsWhatItIs() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    assertThat(metaData.getDatabaseProductName()).isEqualTo("SQLite");
    assertThat(metaData.getDatabaseProductVersion()).matches("3\\.\\d+\\.\\d+");
    assertThat(metaData.getDriverName()).isNotBlank();
    assertThat(metaData.getDriverVersion()).isNotBlank();
    assertThat(metaData.getURL()).isEqualTo(url);
    assertThat(metaData.isReadOnly()).isFalse();
    assertThat(metaData.supportsTransactions()).isTrue();
    assertThat(metaData.supportsBatchUpdates()).isTrue();
    assertThat(metaData.supportsSavepoints()).isTrue();
    assertThat(metaData.getIdentifierQuoteString()).isEqualTo("\"");
    assertThat(metaData.getSearchStringEscape()).isEqualTo("\\");
    assertThat(metaData.getCatalogTerm()).isNotBlank();
    assertThat(metaData.getSchemaTerm()).isNotBlank();
    assertThat(metaData.getProcedureTerm()).isNotBlank();
    assertThat(metaData.getSQLKeywords()).contains("PRAGMA");
    for (String names :
        List.of(
            metaData.getNumericFunctions(),
            metaData.getStringFunctions(),
            metaData.getSystemFunctions(),
            metaData.getTimeDateFunctions())) {
      assertThat(names).isNotBlank();
    }
    List<Integer> levels = new ArrayList<>();
    for (int level = 0; level <= 8; level++) {
      if (metaData.supportsTransactionIsolationLevel(level)) {
        levels.add(level);
      }
    }
    assertThat(levels).containsExactly(Connection.TRANSACTION_SERIALIZABLE);
    assertThat(connection.getWarnings() == null).isTrue();
  }

  @Test
  void theTreeIsFilled() throws SQLException {
    DatabaseMetaData metaData = connection.getMetaData();
    assertThat(column(metaData.getCatalogs(), "TABLE_CAT")).isEmpty();
    assertThat(column(metaData.getSchemas(), "TABLE_SCHEM")).isEmpty();
    assertThat(column(metaData.getTableTypes(), "TABLE_TYPE")).contains("TABLE", "VIEW");
    assertThat(column(metaData.getTypeInfo(), "TYPE_NAME")).contains("INTEGER", "TEXT", "BLOB");
    column(metaData.getClientInfoProperties(), "NAME");
    assertThat(column(metaData.getTables(null, null, "%", null), "TABLE_NAME"))
        .contains("maker", "thing", "seen", "pairs", "sqlite_sequence")
        .doesNotContain("by_label", "stamp", "sqlite_autoindex_maker_1");
    assertThat(column(metaData.getColumns(null, null, "thing", "%"), "COLUMN_NAME"))
        .containsExactly("id", "label", "price", "made", "picture", "maker");
    assertThat(column(metaData.getColumns(null, null, "seen", "%"), "COLUMN_NAME"))
        .containsExactly("label", "twice");
    assertThat(column(metaData.getPrimaryKeys(null, null, "pairs"), "COLUMN_NAME"))
        .containsExactly("a", "b");
    assertThat(column(metaData.getPrimaryKeys(null, null, "%"), "TABLE_NAME"))
        .contains("maker", "thing", "pairs");
    assertThat(column(metaData.getImportedKeys(null, null, "thing"), "FK_NAME"))
        .containsExactly("fk_maker");
    assertThat(column(metaData.getExportedKeys(null, null, "maker"), "FKTABLE_NAME"))
        .containsExactly("thing");
    assertThat(column(metaData.getIndexInfo(null, null, "thing", false, true), "INDEX_NAME"))
        .containsExactly("by_label");
    assertThat(column(metaData.getIndexInfo(null, null, "maker", true, true), "COLUMN_NAME"))
        .containsExactly("name");
    assertThat(column(metaData.getProcedures(null, null, "%"), "PROCEDURE_NAME")).isEmpty();
    assertThat(column(metaData.getFunctions(null, null, "%"), "FUNCTION_NAME")).contains("abs");
    assertThat(
            column(
                metaData.getBestRowIdentifier(
                    null, null, "thing", DatabaseMetaData.bestRowSession, true),
                "COLUMN_NAME"))
        .containsExactly("id");
  }

  @Test
  void definitionsAreRead() throws SQLException {
    String definition =
        "SELECT sql FROM sqlite_master WHERE type=? AND tbl_name=? UNION ALL"
            + " SELECT sql FROM sqlite_temp_master WHERE type=? AND tbl_name=?";
    assertThat(query(definition, "table", "thing", "table", "thing").get(0))
        .startsWith("CREATE TABLE thing(");
    assertThat(query(definition, "view", "seen", "view", "seen").get(0)).startsWith("CREATE VIEW");
    assertThat(
            query(
                "SELECT name as TRIGGER_NAME, tbl_name as OWNER FROM sqlite_master"
                    + " WHERE type='trigger'"))
        .containsExactly("stamp");
    assertThat(query("SELECT name FROM sqlite_master WHERE type='trigger' AND tbl_name=?", "thing"))
        .containsExactly("stamp");
    assertThat(query("SELECT 1 FROM sqlite_sequence")).containsExactly("1");
    assertThat(query("SELECT * FROM sqlite_sequence")).containsExactly("maker");
    String withoutRowid = "SELECT EXISTS(SELECT 1 FROM pragma_index_info(?)) as isWithoutRowId";
    assertThat(query(withoutRowid, "pairs")).containsExactly("1");
    assertThat(query(withoutRowid, "thing")).containsExactly("0");
    assertThat(query("SELECT EXISTS(SELECT rowid, oid, _rowid_ FROM thing) as test"))
        .containsExactly("1");
    assertThat(
            messageOf(() -> query("SELECT EXISTS(SELECT rowid, oid, _rowid_ FROM pairs) as test")))
        .contains("no such column: rowid");
    assertThat(query("SELECT wr FROM pragma_table_list WHERE name = ?", "pairs"))
        .containsExactly("1");
  }

  @Test
  void aPageOfRowsIsShown() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(200);
      statement.setMaxRows(2);
      statement.setQueryTimeout(10);
      assertThat(statement.execute("SELECT t.rowid, t.* FROM thing t ORDER BY id")).isTrue();
      try (ResultSet rows = statement.getResultSet()) {
        rows.setFetchSize(200);
        ResultSetMetaData columns = rows.getMetaData();
        assertThat(columns.getColumnCount()).isEqualTo(7);
        assertThat(columns.getTableName(3)).isEqualTo("thing");
        assertThat(columns.getColumnTypeName(4)).isEqualTo("DECIMAL");
        assertThat(columns.getPrecision(4)).isEqualTo(8);
        assertThat(columns.getScale(4)).isEqualTo(2);
        assertThat(columns.isNullable(3)).isEqualTo(ResultSetMetaData.columnNoNulls);
        assertThat(columns.isAutoIncrement(2)).isTrue();
        assertThat(column(rows, "label")).containsExactly("x", "y");
      }
    }
  }

  @Test
  void aCellIsEdited() throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement update =
        connection.prepareStatement("UPDATE thing SET label=?, picture=? WHERE id=?")) {
      update.setObject(1, "new");
      update.setObject(2, new byte[] {1, 2, 3});
      update.setObject(3, 1);
      assertThat(update.execute()).isFalse();
      assertThat(update.getUpdateCount()).isEqualTo(1);
    }
    assertThat(query("SELECT length(picture) || label FROM thing WHERE id=1"))
        .containsExactly("3new");
    connection.rollback();
    assertThat(query("SELECT label FROM thing WHERE id=1")).containsExactly("x");
    connection.rollback();
    connection.setAutoCommit(true);
    try (PreparedStatement insert =
        connection.prepareStatement(
            "INSERT INTO maker(name) VALUES(?)", Statement.RETURN_GENERATED_KEYS)) {
      insert.setObject(1, "three");
      insert.execute();
      try (ResultSet keys = insert.getGeneratedKeys()) {
        assertThat(keys.next()).isTrue();
        assertThat(keys.getObject(1)).isEqualTo(3);
      }
      insert.setObject(1, "three");
      assertThat(
              catchThrowableOfType(SQLIntegrityConstraintViolationException.class, insert::execute)
                  .getErrorCode())
          .isEqualTo(19);
    }
  }

  @Test
  void aTableIsRebuilt() throws SQLException {
    execute(
        "DROP VIEW seen",
        "CREATE TEMPORARY TABLE temp AS SELECT id, label FROM thing",
        "DROP TABLE thing",
        "CREATE TABLE thing(id INTEGER PRIMARY KEY, label TEXT, more INT DEFAULT 7)",
        "INSERT INTO thing(id, label) SELECT id, label FROM temp",
        "DROP TABLE temp",
        "ALTER TABLE thing RENAME COLUMN more TO extra",
        "ALTER TABLE thing RENAME TO things");
    assertThat(query("SELECT group_concat(label || extra) FROM things"))
        .containsExactly("x7,y7,z7");
  }

  @Test
  void aQueryIsCancelledFromAnotherThread() throws Exception {
    try (Statement statement = connection.createStatement()) {
      CountDownLatch started = new CountDownLatch(1);
      AtomicReference<SQLException> failure = new AtomicReference<>();
      Thread runner =
          new Thread(
              () -> {
                started.countDown();
                try (ResultSet rows =
                    statement.executeQuery(
                        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                            + " SELECT count(*) FROM n")) {
                  rows.next();
                } catch (SQLException e) {
                  failure.set(e);
                }
              });
      runner.start();
      started.await();
      while (runner.isAlive()) {
        statement.cancel();
        runner.join(20);
      }
      assertThat(failure.get().getErrorCode()).isEqualTo(9);
      assertThat(query("SELECT 1")).containsExactly("1");
    }
  }

  @Test
  void aReadOnlyConnectionOnlyReads() throws SQLException {
    connection.setReadOnly(true);
    assertThat(messageOf(() -> execute("DELETE FROM thing"))).contains("readonly");
    connection.setReadOnly(false);
    execute("DELETE FROM thing WHERE id = 3");
    Properties readOnly = new Properties();
    readOnly.setProperty("open_mode", "1");
    try (Connection other = DriverManager.getConnection(url, readOnly);
        Statement statement = other.createStatement();
        Statement change = other.createStatement()) {
      assertThat(other.isReadOnly()).isTrue();
      assertThat(other.getMetaData().isReadOnly()).isTrue();
      assertThat(column(statement.executeQuery("SELECT * FROM thing"), "label")).hasSize(2);
      assertThat(messageOf(() -> change.execute("DELETE FROM thing"))).contains("readonly");
    }
  }
}
