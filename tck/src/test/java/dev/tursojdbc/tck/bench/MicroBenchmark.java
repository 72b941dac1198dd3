package dev.tursojdbc.tck.bench;

import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** What single steps cost: a select of one row, a row of a scan, a value of a record. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class MicroBenchmark {
  private static final int ROWS = 10_000;

  /** A table in memory, on our driver or on the reference. */
  @State(Scope.Benchmark)
  public static class Database {
    @Param({"turso", "sqlite"})
    public String driver = "";

    Connection connection;
    PreparedStatement byRowid;
    PreparedStatement byIndex;
    PreparedStatement all;
    private int key;

    @Setup
    public void open() throws SQLException {
      connection = DriverManager.getConnection("jdbc:" + driver + "::memory:");
      try (Statement statement = connection.createStatement()) {
        statement.executeUpdate("CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT UNIQUE, c INT)");
        statement.executeUpdate(
            "WITH n(i) AS (VALUES(1) UNION ALL SELECT i+1 FROM n WHERE i<%d)".formatted(ROWS)
                + " INSERT INTO t SELECT i, 'name ' || i, i * 7 FROM n");
      }
      byRowid = connection.prepareStatement("SELECT c FROM t WHERE a = ?");
      byIndex = connection.prepareStatement("SELECT c FROM t WHERE b = ?");
      all = connection.prepareStatement("SELECT a, c FROM t");
    }

    @TearDown
    public void close() throws SQLException {
      connection.close();
    }

    /** Jumps about, so that neighbours do not share a leaf. */
    int nextKey() {
      key = (key + 7919) % ROWS;
      return key + 1;
    }
  }

  /** An encoded record of five values. */
  @State(Scope.Thread)
  public static class EncodedRecord {
    final RecordReader reader = new RecordReader(TextEncoding.UTF8);
    final Register value = new Register();
    byte[] bytes = {};

    @Setup
    public void encode() {
      Register[] values = new Register[5];
      for (int i = 0; i < values.length; i++) {
        values[i] = new Register();
      }
      values[0].setInteger(12);
      values[1].setText("a name of some length".getBytes(StandardCharsets.UTF_8));
      values[2].setReal(2.5);
      values[4].setInteger(1L << 40);
      RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
      encoder.encode(values, values.length);
      bytes = encoder.toByteArray();
    }
  }

  @Benchmark
  public long selectByRowid(Database database) throws SQLException {
    database.byRowid.setInt(1, database.nextKey());
    return onlyValue(database.byRowid);
  }

  @Benchmark
  public long selectByIndex(Database database) throws SQLException {
    database.byIndex.setString(1, "name " + database.nextKey());
    return onlyValue(database.byIndex);
  }

  private static long onlyValue(PreparedStatement select) throws SQLException {
    try (ResultSet row = select.executeQuery()) {
      return row.next() ? row.getLong(1) : -1;
    }
  }

  /** Of {@link #ROWS} rows together. */
  @Benchmark
  public long scan(Database database) throws SQLException {
    long sum = 0;
    try (ResultSet rows = database.all.executeQuery()) {
      while (rows.next()) {
        sum += rows.getLong(1) + rows.getLong(2);
      }
    }
    return sum;
  }

  @Benchmark
  public long decodeLastValue(EncodedRecord encoded) {
    encoded.reader.attach(encoded.bytes, 0, encoded.bytes.length);
    encoded.reader.read(4, encoded.value);
    return encoded.value.integer;
  }

  @Benchmark
  public long decodeAllValues(EncodedRecord encoded) {
    encoded.reader.attach(encoded.bytes, 0, encoded.bytes.length);
    long sum = 0;
    for (int i = 0; i < 5; i++) {
      encoded.reader.read(i, encoded.value);
      sum += encoded.value.length;
    }
    return sum;
  }
}
