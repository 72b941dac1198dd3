package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.assertFailure;
import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a result set stands, and what its getters make of stored values. */
class ResultSetTest extends ConnectionFixture {
  private interface Reading {
    void of(ResultSet rows) throws SQLException;
  }

  private void on(String expression, Reading reading) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT " + expression + " AS v")) {
      assertThat(rows.next()).isTrue();
      reading.of(rows);
    }
  }

  private SQLException failureOn(String expression, Reading reading) {
    return failureOf(() -> on(expression, reading));
  }

  @Test
  void valuesAreReadOnARowOnly() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 AS a UNION ALL SELECT 2")) {
      assertThat(rows.isBeforeFirst()).isTrue();
      assertThat(failureOf(() -> rows.getInt(1)).getSQLState()).isEqualTo("24000");
      assertThat(rows.next()).isTrue();
      assertThat(rows.isFirst()).isTrue();
      assertThat(rows.getRow()).isEqualTo(1);
      assertThat(rows.isLast()).isFalse();
      assertThat(rows.getInt("A")).isEqualTo(1);
      assertThat(rows.next()).isTrue();
      assertThat(rows.isLast()).isTrue();
      assertThat(rows.getInt(1)).isEqualTo(2);
      assertThat(rows.next()).isFalse();
      assertThat(rows.isAfterLast()).isTrue();
      assertThat(rows.getRow()).isZero();
      assertThat(failureOf(() -> rows.getInt(1)).getSQLState()).isEqualTo("24000");
      assertThat(rows.next()).isFalse();
    }
  }

  @Test
  void columnsMustBeThere() throws SQLException {
    on(
        "1",
        rows -> {
          for (int index : new int[] {0, 2, -1}) {
            SQLException e = failureOf(() -> rows.getString(index));
            assertThat(e.getSQLState()).isEqualTo("07009");
            assertThat(e.getErrorCode()).isEqualTo(25);
          }
          assertFailure(failureOf(() -> rows.getString("w"))).hasMessage("no such column: 'w'");
          assertThat(failureOf(() -> rows.getMetaData().getColumnName(2)).getSQLState())
              .isEqualTo("07009");
        });
  }

  @Test
  void ofEqualLabelsTheFirstIsFound() throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT 1 AS x, 2 AS X")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt("X")).isEqualTo(1);
    }
  }

  @Test
  void whatDoesNotFitIsAnError() {
    assertThat(failureOn("5000000000", rows -> rows.getInt(1)).getSQLState()).isEqualTo("22003");
    assertThat(failureOn("300", rows -> rows.getByte(1)).getSQLState()).isEqualTo("22003");
    assertThat(failureOn("70000", rows -> rows.getShort(1)).getSQLState()).isEqualTo("22003");
    assertThat(failureOn("1e300", rows -> rows.getLong(1)).getSQLState()).isEqualTo("22003");
    assertThat(failureOn("'abc'", rows -> rows.getInt(1)).getSQLState()).isEqualTo("22018");
    assertThat(failureOn("'abc'", rows -> rows.getDouble(1)).getSQLState()).isEqualTo("22018");
    assertThat(failureOn("'abc'", rows -> rows.getBoolean(1)).getSQLState()).isEqualTo("22018");
    assertThat(failureOn("'abc'", rows -> rows.getTimestamp(1)).getSQLState()).isEqualTo("22018");
    assertThat(failureOn("'abc'", rows -> rows.getObject(1, UUID.class)).getSQLState())
        .isEqualTo("22018");
    assertThat(failureOn("1", rows -> rows.getObject(1, Thread.class)).getSQLState())
        .isEqualTo("HYC00");
    assertThat(failureOn("'9'||hex(zeroblob(400))", rows -> rows.getBigDecimal(1)).getSQLState())
        .isEqualTo("22003");
  }

  @Test
  void nullIsZeroFalseOrNull() throws SQLException {
    on(
        "NULL",
        rows -> {
          assertThat(rows.getInt(1)).isZero();
          assertThat(rows.wasNull()).isTrue();
          assertThat(rows.getBoolean(1)).isFalse();
          assertThat(rows.getString(1)).isNull();
          assertThat(rows.getBytes(1)).isNull();
          assertThat(rows.getObject(1)).isNull();
          assertThat(rows.getBigDecimal(1)).isNull();
          assertThat(rows.getTimestamp(1)).isNull();
          assertThat(rows.getBlob(1)).isNull();
          assertThat(rows.getClob(1)).isNull();
          assertThat(rows.getObject(1, Integer.class)).isNull();
          assertThat(rows.getObject(1, LocalDate.class)).isNull();
        });
  }

  @Test
  void objectsAreWhatIsStored() throws SQLException {
    on("1", rows -> assertThat(rows.getObject(1)).isEqualTo(1));
    on("5000000000", rows -> assertThat(rows.getObject(1)).isEqualTo(5000000000L));
    on("1.5", rows -> assertThat(rows.getObject(1)).isEqualTo(1.5));
    on("'x'", rows -> assertThat(rows.getObject(1)).isEqualTo("x"));
    on("x'0102'", rows -> assertThat(rows.getObject(1)).isEqualTo(new byte[] {1, 2}));
  }

  @Test
  void objectsOfAClass() throws SQLException {
    on("'12'", rows -> assertThat(rows.getObject(1, Integer.class)).isEqualTo(12));
    on("12", rows -> assertThat(rows.getObject(1, Long.class)).isEqualTo(12L));
    on("12", rows -> assertThat(rows.getObject(1, Byte.class)).isEqualTo((byte) 12));
    on("12", rows -> assertThat(rows.getObject(1, String.class)).isEqualTo("12"));
    on("1", rows -> assertThat(rows.getObject(1, Boolean.class)).isTrue());
    on("0.1", rows -> assertThat(rows.getObject(1, BigDecimal.class)).isEqualTo("0.1"));
    on(
        "'123456789012345678901'",
        rows ->
            assertThat(rows.getObject(1, BigInteger.class))
                .isEqualTo(new BigInteger("123456789012345678901")));
    UUID id = new UUID(1, 2);
    on("'" + id + "'", rows -> assertThat(rows.getObject(1, UUID.class)).isEqualTo(id));
    on(
        "x'00000000000000010000000000000002'",
        rows -> assertThat(rows.getObject(1, UUID.class)).isEqualTo(id));
  }

  @Test
  void constantsOfEnumsAreFoundByName() throws SQLException {
    on(
        "'HALF_UP'",
        rows -> assertThat(rows.getObject(1, RoundingMode.class)).isEqualTo(RoundingMode.HALF_UP));
    on("NULL", rows -> assertThat(rows.getObject(1, RoundingMode.class)).isNull());
    assertThat(failureOn("'half_up'", rows -> rows.getObject(1, RoundingMode.class)).getSQLState())
        .isEqualTo("22018");
  }

  @Test
  void aCharacterIsATextOfOne() throws SQLException {
    on("'ä'", rows -> assertThat(rows.getObject(1, Character.class)).isEqualTo('ä'));
    assertThat(failureOn("'ab'", rows -> rows.getObject(1, Character.class)).getSQLState())
        .isEqualTo("22018");
  }

  @ParameterizedTest
  @CsvSource({
    "'2024-02-29 13:14:15.123456', 2024-02-29T13:14:15.123456",
    "'2024-02-29T13:14:15', 2024-02-29T13:14:15",
    "'2024-02-29 13:14', 2024-02-29T13:14",
    "'2024-02-29', 2024-02-29T00:00",
    "'2024-02-29 13:14:15Z', 2024-02-29T13:14:15",
    "'2024-02-29 13:14:15+02:00', 2024-02-29T13:14:15",
    "'13:14:15', 1970-01-01T13:14:15"
  })
  void timesAreReadFromText(String text, LocalDateTime expected) throws SQLException {
    on(
        "'" + text + "'",
        rows -> {
          assertThat(rows.getObject(1, LocalDateTime.class)).isEqualTo(expected);
          assertThat(rows.getObject(1, LocalDate.class)).isEqualTo(expected.toLocalDate());
          assertThat(rows.getObject(1, LocalTime.class)).isEqualTo(expected.toLocalTime());
          assertThat(rows.getDate(1)).isNotNull();
          assertThat(rows.getTime(1)).isNotNull();
        });
  }

  @Test
  void timesAreReadFromNumbers() throws SQLException {
    Instant instant = Instant.ofEpochMilli(1709212455123L);
    on(
        "1709212455123",
        rows -> {
          assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(instant);
          assertThat(rows.getObject(1, Instant.class)).isEqualTo(instant);
        });
    on("2440587.5", rows -> assertThat(rows.getObject(1, Instant.class)).isEqualTo(Instant.EPOCH));
  }

  @Test
  void offsetsSurvive() throws SQLException {
    on(
        "'2024-02-29 13:14:15+02:00'",
        rows -> {
          OffsetDateTime time = OffsetDateTime.parse("2024-02-29T13:14:15+02:00");
          assertThat(rows.getObject(1, OffsetDateTime.class)).isEqualTo(time);
          assertThat(rows.getTimestamp(1).toInstant()).isEqualTo(time.toInstant());
        });
  }

  @Test
  void largeObjectsAndStreams() throws Exception {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT x'010203' AS b, 'grüße' AS c")) {
      assertThat(rows.next()).isTrue();
      Blob blob = rows.getBlob("b");
      assertThat(blob.length()).isEqualTo(3);
      assertThat(blob.getBytes(2, 10)).containsExactly(2, 3);
      Clob clob = rows.getClob("c");
      assertThat(clob.getSubString(3, 3)).isEqualTo("üße");
      assertThat(rows.getNClob("c").length()).isEqualTo(5);
      try (InputStream stream = rows.getBinaryStream("b")) {
        assertThat(stream.readAllBytes()).containsExactly(1, 2, 3);
      }
      try (Reader reader = rows.getCharacterStream("c")) {
        char[] text = new char[10];
        assertThat(new String(text, 0, reader.read(text))).isEqualTo("grüße");
      }
      assertThat(rows.getBytes("c")).isEqualTo("grüße".getBytes(StandardCharsets.UTF_8));
      assertThat(rows.getObject("b", Blob.class).length()).isEqualTo(3);
    }
  }

  @Test
  void rowsEndWithARollbackNotWithAWrongValue() throws SQLException {
    execute("CREATE TABLE t(a)", "INSERT INTO t VALUES (1), (2), (3)");
    connection.setAutoCommit(false);
    execute("INSERT INTO t VALUES (4)");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT a FROM t")) {
      assertThat(rows.next()).isTrue();
      connection.rollback();
      // Either the row is still there, or a proper exception says that it is not.
      try {
        assertThat(rows.getInt(1)).isEqualTo(1);
        while (rows.next()) {
          assertThat(rows.getInt(1)).isLessThan(4);
        }
      } catch (SQLException e) {
        assertThat(e.getErrorCode()).isIn(4, 21);
      }
    }
  }

  @Test
  void metadataComesFromTheTable() throws SQLException {
    execute("CREATE TABLE t(id INTEGER PRIMARY KEY, n VARCHAR(20) NOT NULL, d DECIMAL(10,2), x)");
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT id, n AS name, d, x, 1 + 1 FROM t AS u")) {
      ResultSetMetaData columns = rows.getMetaData();
      assertThat(columns.getColumnCount()).isEqualTo(5);
      assertThat(columns.isAutoIncrement(1)).isTrue();
      assertThat(columns.isAutoIncrement(2)).isFalse();
      assertThat(columns.isNullable(1)).isEqualTo(ResultSetMetaData.columnNoNulls);
      assertThat(columns.isNullable(2)).isEqualTo(ResultSetMetaData.columnNoNulls);
      assertThat(columns.isNullable(3)).isEqualTo(ResultSetMetaData.columnNullable);
      assertThat(columns.isNullable(5)).isEqualTo(ResultSetMetaData.columnNullableUnknown);
      assertThat(columns.getColumnLabel(2)).isEqualTo("name");
      assertThat(columns.getTableName(2)).isEqualTo("t");
      assertThat(columns.getTableName(5)).isEmpty();
      assertThat(columns.getColumnType(1)).isEqualTo(Types.INTEGER);
      assertThat(columns.getColumnType(2)).isEqualTo(Types.VARCHAR);
      assertThat(columns.getPrecision(2)).isEqualTo(20);
      assertThat(columns.getColumnType(3)).isEqualTo(Types.DECIMAL);
      assertThat(columns.getScale(3)).isEqualTo(2);
      assertThat(columns.getColumnTypeName(3)).isEqualTo("DECIMAL");
      assertThat(columns.isReadOnly(5)).isTrue();
      assertThat(columns.isReadOnly(3)).isFalse();
    }
  }
}
