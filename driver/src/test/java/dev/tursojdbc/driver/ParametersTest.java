package dev.tursojdbc.driver;

import static dev.tursojdbc.driver.Failures.failureOf;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.api.TursoPreparedStatement;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.JDBCType;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;

/** What the setters of a prepared statement store: storage class and value. */
class ParametersTest extends ConnectionFixture {
  private interface Setter {
    void on(PreparedStatement statement) throws SQLException;
  }

  /** The storage class and the value as SQLite quotes it. */
  private String stored(Setter setter) throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT typeof(v), quote(v) FROM (SELECT ?1 AS v)")) {
      setter.on(statement);
      return text(statement.executeQuery());
    }
  }

  private String object(Object value) throws SQLException {
    return stored(statement -> statement.setObject(1, value));
  }

  private String object(Object value, int type) throws SQLException {
    return stored(statement -> statement.setObject(1, value, type));
  }

  @Test
  void objectsByTheirClass() throws SQLException {
    assertThat(object(1)).isEqualTo("integer|1");
    assertThat(object((byte) 1)).isEqualTo("integer|1");
    assertThat(object(true)).isEqualTo("integer|1");
    assertThat(object(1.5f)).isEqualTo("real|1.5");
    assertThat(object("x")).isEqualTo("text|'x'");
    assertThat(object('x')).isEqualTo("text|'x'");
    assertThat(object(new byte[] {1, 2})).isEqualTo("blob|X'0102'");
    assertThat(object(new BigDecimal("0.10"))).isEqualTo("text|'0.10'");
    assertThat(object(BigInteger.TEN)).isEqualTo("integer|10");
    assertThat(object(BigInteger.TEN.pow(20))).isEqualTo("text|'100000000000000000000'");
    assertThat(object(new UUID(1, 2))).isEqualTo("text|'" + new UUID(1, 2) + "'");
    assertThat(object(Types.class.getDeclaredFields().length > 0)).isEqualTo("integer|1");
    assertThat(stored(statement -> statement.setObject(1, null))).isEqualTo("null|NULL");
    assertThat(failureOf(() -> object(new int[] {1})).getSQLState()).isEqualTo("HYC00");
    assertThat(failureOf(() -> object(new Object())).getSQLState()).isEqualTo("HYC00");
  }

  @Test
  void targetTypesConvert() throws SQLException {
    assertThat(object("12", Types.INTEGER)).isEqualTo("integer|12");
    assertThat(object(12.9, Types.BIGINT)).isEqualTo("integer|12");
    assertThat(object("true", Types.BOOLEAN)).isEqualTo("integer|1");
    assertThat(object("1.5", Types.DOUBLE)).isEqualTo("real|1.5");
    assertThat(object(12, Types.VARCHAR)).isEqualTo("text|'12'");
    assertThat(object(12, Types.DECIMAL)).isEqualTo("integer|12");
    assertThat(object("ab", Types.BLOB)).isEqualTo("blob|X'6162'");
    assertThat(object(new UUID(1, 2), Types.BINARY))
        .isEqualTo("blob|X'00000000000000010000000000000002'");
    assertThat(object("2024-02-29 10:00:00", Types.DATE)).isEqualTo("text|'2024-02-29'");
    assertThat(object(LocalDate.of(2024, 2, 29), Types.TIMESTAMP))
        .isEqualTo("text|'2024-02-29 00:00:00.000'");
    assertThat(object(LocalDateTime.of(2024, 2, 29, 1, 2), Types.TIME))
        .isEqualTo("text|'01:02:00.000'");
    assertThat(stored(statement -> statement.setObject(1, "1.005", Types.DECIMAL, 2)))
        .isEqualTo("text|'1.01'");
    assertThat(stored(statement -> statement.setObject(1, "7", JDBCType.INTEGER)))
        .isEqualTo("integer|7");
    assertThat(stored(statement -> statement.setObject(1, null, Types.INTEGER)))
        .isEqualTo("null|NULL");
  }

  @Test
  void whatDoesNotConvertIsRefused() {
    assertThat(failureOf(() -> object("x", Types.INTEGER)).getSQLState()).isEqualTo("22018");
    assertThat(failureOf(() -> object(5000000000L, Types.INTEGER)).getSQLState())
        .isEqualTo("22003");
    assertThat(failureOf(() -> object("1e400000000", Types.BIGINT)).getSQLState())
        .isEqualTo("22003");
    assertThat(failureOf(() -> object("x", Types.TIMESTAMP)).getSQLState()).isEqualTo("22018");
    assertThat(failureOf(() -> object(1, Types.BLOB)).getSQLState()).isEqualTo("22018");
    assertThat(failureOf(() -> object(new byte[1], Types.VARCHAR)).getSQLState())
        .isEqualTo("22018");
    assertThat(failureOf(() -> object("x", Types.ARRAY)).getSQLState()).isEqualTo("HYC00");
  }

  @Test
  void timesAreTextThatSqliteReads() throws SQLException {
    Timestamp timestamp = Timestamp.valueOf("2024-02-29 13:14:15.5");
    assertThat(stored(statement -> statement.setTimestamp(1, timestamp)))
        .isEqualTo("text|'2024-02-29 13:14:15.500'");
    assertThat(stored(statement -> statement.setDate(1, Date.valueOf("2024-02-29"))))
        .isEqualTo("text|'2024-02-29'");
    assertThat(stored(statement -> statement.setTime(1, Time.valueOf("13:14:15"))))
        .isEqualTo("text|'13:14:15.000'");
    assertThat(object(LocalTime.of(1, 2, 3))).isEqualTo("text|'01:02:03.000'");
    assertThat(object(Instant.parse("2024-02-29T13:14:15Z")))
        .isEqualTo("text|'2024-02-29 13:14:15.000Z'");
    assertThat(object(OffsetDateTime.parse("2024-02-29T13:14:15+02:00")))
        .isEqualTo("text|'2024-02-29 13:14:15.000+02:00'");
    assertThat(object(ZonedDateTime.parse("2024-02-29T13:14:15+02:00")))
        .isEqualTo("text|'2024-02-29 13:14:15.000+02:00'");
    try (PreparedStatement statement = connection.prepareStatement("SELECT strftime('%Y', ?)")) {
      statement.setTimestamp(1, timestamp);
      assertThat(text(statement.executeQuery())).isEqualTo("2024");
    }
  }

  @Test
  void dateClassChoosesTheForm() throws SQLException {
    Timestamp timestamp = Timestamp.from(Instant.ofEpochMilli(1709212455123L));
    for (String[] pair :
        new String[][] {
          {"date_class=INTEGER", "integer|1709212455123"},
          {"date_class=integer&date_precision=seconds", "integer|1709212455"},
          {"date_class=REAL", "real|2460370.0515639237"},
          {"date_string_format=yyyy", "text|'2024'"}
        }) {
      connection.close();
      connection = DriverManager.getConnection("jdbc:turso::memory:?" + pair[0]);
      assertThat(stored(statement -> statement.setTimestamp(1, timestamp))).isEqualTo(pair[1]);
    }
  }

  @Test
  void secondsAreReadAsSeconds() throws SQLException {
    connection.close();
    connection =
        DriverManager.getConnection(
            "jdbc:turso::memory:?date_class=INTEGER&date_precision=SECONDS");
    Timestamp timestamp = Timestamp.from(Instant.ofEpochSecond(1709212455));
    try (PreparedStatement statement = connection.prepareStatement("SELECT ?")) {
      statement.setTimestamp(1, timestamp);
      try (java.sql.ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getTimestamp(1)).isEqualTo(timestamp);
      }
    }
  }

  @Test
  void streamsAreReadToTheirEndOrLength() throws SQLException {
    byte[] bytes = "grüße".getBytes(StandardCharsets.UTF_8);
    assertThat(
            stored(statement -> statement.setBinaryStream(1, new ByteArrayInputStream(bytes), 2)))
        .isEqualTo("blob|X'6772'");
    assertThat(stored(statement -> statement.setBlob(1, new ByteArrayInputStream(bytes))))
        .isEqualTo("blob|X'6772C3BCC39F65'");
    assertThat(stored(statement -> statement.setCharacterStream(1, new StringReader("grüße"), 3L)))
        .isEqualTo("text|'grü'");
    assertThat(stored(statement -> statement.setClob(1, new StringReader("grüße"))))
        .isEqualTo("text|'grüße'");
    assertThat(stored(statement -> statement.setAsciiStream(1, new ByteArrayInputStream(bytes), 2)))
        .isEqualTo("text|'gr'");
    assertThat(stored(statement -> statement.setNString(1, "ß"))).isEqualTo("text|'ß'");
    assertThat(stored(statement -> statement.setBlob(1, (Blob) null))).isEqualTo("null|NULL");
    assertThat(stored(statement -> statement.setBinaryStream(1, null))).isEqualTo("null|NULL");
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            throw new IOException("broken");
          }

          @Override
          public int read(byte[] target, int offset, int length) throws IOException {
            throw new IOException("broken");
          }
        };
    assertThat(failureOf(() -> stored(statement -> statement.setBlob(1, broken))).getCause())
        .isInstanceOf(IOException.class);
  }

  @Test
  void largeObjectsCanBeMade() throws Exception {
    Blob blob = connection.createBlob();
    blob.setBytes(1, new byte[] {1, 2, 3});
    try (java.io.OutputStream out = blob.setBinaryStream(3)) {
      out.write(new byte[] {9, 8});
    }
    assertThat(blob.position(new byte[] {9, 8}, 1)).isEqualTo(3);
    blob.truncate(3);
    assertThat(stored(statement -> statement.setBlob(1, blob))).isEqualTo("blob|X'010209'");
    assertThat(failureOf(() -> blob.getBytes(9, 1)).getSQLState()).isEqualTo("22003");
    blob.free();
    assertThat(failureOf(blob::length).getSQLState()).isEqualTo("HY010");

    Clob clob = connection.createClob();
    clob.setString(1, "hello");
    try (java.io.Writer writer = clob.setCharacterStream(6)) {
      writer.write(" world");
    }
    assertThat(clob.position("world", 1)).isEqualTo(7);
    clob.setString(1, "J");
    assertThat(stored(statement -> statement.setClob(1, clob))).isEqualTo("text|'Jello world'");
    assertThat(stored(statement -> statement.setObject(1, clob))).isEqualTo("text|'Jello world'");
    assertThat(connection.createNClob().length()).isZero();
  }

  @Test
  void namedAndNumberedParameters() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT ?2, :name, ?1, @other, :name")) {
      assertThat(statement.getParameterMetaData().getParameterCount()).isEqualTo(4);
      for (int i = 1; i <= 4; i++) {
        statement.setInt(i, i);
        assertThat(statement.getParameterMetaData().getParameterType(i)).isEqualTo(Types.VARCHAR);
      }
      assertThat(text(statement.executeQuery())).isEqualTo("2|3|1|4|3");
    }
  }

  @Test
  void metadataIsThereBeforeTheRun() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement("SELECT 1 AS a, ? AS b")) {
      assertThat(statement.getMetaData().getColumnCount()).isEqualTo(2);
      assertThat(statement.getMetaData().getColumnLabel(2)).isEqualTo("b");
    }
  }

  @Test
  void parametersAreFoundByName() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT :a || @b || :a || $c || ?9, 'literal'")) {
      TursoPreparedStatement named = statement.unwrap(TursoPreparedStatement.class);
      named.setString(named.parameterIndex(":a"), "x");
      named.setString(named.parameterIndex("b"), "y");
      named.setString(named.parameterIndex("$c"), "z");
      named.setString(named.parameterIndex("?9"), "9");
      for (int i = 4; i < 9; i++) {
        named.setNull(i, Types.NULL);
      }
      try (ResultSet row = statement.executeQuery()) {
        assertThat(row.next()).isTrue();
        assertThat(row.getString(1)).isEqualTo("xyxz9");
      }
      for (String unknown : List.of("A", ":b", "9", "")) {
        assertThat(Failures.failureOf(() -> named.parameterIndex(unknown)).getSQLState())
            .isEqualTo("07009");
      }
    }
  }
}
