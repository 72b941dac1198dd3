package dev.tursojdbc.tck.bench;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;

/** The workloads on one engine, one line of output each: name, tab, microseconds an operation. */
public final class Workloads {
  private static final int ROWS = 1_000_000;
  private static final int JOINED_ROWS = 100_000;
  private static final int CONNECTIONS = 10;

  /** A JVM compiles what a commit runs only after some thousands of them. */
  private static final int COMMITS_TO_WARM_UP = 10_000;

  private final String url;
  private final List<String> parts;
  private final Random random = new Random(7);
  private long sink;

  private Workloads(String url, List<String> parts) {
    this.url = url;
    this.parts = parts;
  }

  public static void main(String[] arguments) throws Exception {
    String url = arguments[0] + arguments[1];
    new Workloads(url, List.of(arguments).subList(2, arguments.length)).run();
  }

  /** One operation, counted as one. */
  private interface Operation {
    void run() throws SQLException;
  }

  private void report(String name, double micros) {
    System.out.println(name + "\t" + micros);
    System.out.flush();
  }

  /** Warms up, then takes the median over batches. */
  private void measure(String name, int warmUp, int batches, int perBatch, Operation operation) {
    if (!parts.isEmpty() && parts.stream().noneMatch(name::contains)) {
      return;
    }
    try {
      for (int i = 0; i < warmUp; i++) {
        operation.run();
      }
      double[] micros = new double[batches];
      for (int batch = 0; batch < batches; batch++) {
        long start = System.nanoTime();
        for (int i = 0; i < perBatch; i++) {
          operation.run();
        }
        micros[batch] = (System.nanoTime() - start) / 1000.0 / perBatch;
      }
      Arrays.sort(micros);
      report(name, micros[batches / 2]);
    } catch (SQLException e) {
      System.err.println(url + ": " + name + " failed: " + e);
    }
  }

  private Connection open() throws SQLException {
    return DriverManager.getConnection(url);
  }

  private void run() throws Exception {
    fill();
    openToFirstRow();
    try (Connection connection = open()) {
      reads(connection);
      adHoc(connection);
      commits(connection, "NORMAL");
      commits(connection, "FULL");
    }
    readersBesideWriter();
    if (sink == 42) {
      System.err.println(sink);
    }
  }

  private void fill() throws SQLException {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA journal_mode=WAL");
      statement.execute("PRAGMA synchronous=NORMAL");
      statement.execute(
          "CREATE TABLE t(id INTEGER PRIMARY KEY, name TEXT, i INTEGER, r REAL, b BLOB)");
      connection.setAutoCommit(false);
      long start = System.nanoTime();
      try (PreparedStatement insert =
          connection.prepareStatement("INSERT INTO t VALUES(?,?,?,?,?)")) {
        byte[] blob = new byte[60];
        for (int i = 1; i <= ROWS; i++) {
          insert.setLong(1, i);
          insert.setString(2, "name of row " + i * 7919L % ROWS);
          insert.setLong(3, i * 31L % ROWS);
          insert.setDouble(4, i / 3.0);
          insert.setBytes(5, blob);
          insert.addBatch();
          if (i % 1000 == 0) {
            insert.executeBatch();
          }
        }
      }
      connection.commit();
      report("bulk insert, per row", (System.nanoTime() - start) / 1000.0 / ROWS);
      statement.execute("CREATE INDEX t_i ON t(i)");
      statement.execute("CREATE TABLE o(id INTEGER PRIMARY KEY, tid INTEGER, q INTEGER)");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO o VALUES(?,?,?)")) {
        for (int i = 1; i <= JOINED_ROWS; i++) {
          insert.setLong(1, i);
          insert.setLong(2, 1 + random.nextInt(ROWS));
          insert.setLong(3, i % 100);
          insert.executeUpdate();
        }
      }
      statement.execute("CREATE TABLE c(id INTEGER PRIMARY KEY, v TEXT)");
      connection.commit();
    }
  }

  private void openToFirstRow() {
    measure(
        "open to first row",
        20,
        7,
        20,
        () -> {
          try (Connection connection = open();
              Statement statement = connection.createStatement();
              ResultSet row = statement.executeQuery("SELECT name FROM t WHERE id = 5")) {
            row.next();
            sink += row.getString(1).length();
          }
        });
  }

  private long read(PreparedStatement statement) throws SQLException {
    long total = 0;
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        total += rows.getLong(1);
      }
    }
    return total;
  }

  private void query(Connection connection, String name, int batches, int perBatch, String sql)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      int parameters = statement.getParameterMetaData().getParameterCount();
      measure(
          name,
          Math.max(2, batches * perBatch / 3),
          batches,
          perBatch,
          () -> {
            for (int i = 1; i <= parameters; i++) {
              statement.setLong(i, 1 + random.nextInt(ROWS - 2000));
            }
            sink += read(statement);
          });
    } catch (SQLException e) {
      System.err.println(url + ": " + name + " failed: " + e);
    }
  }

  private void reads(Connection connection) throws SQLException {
    query(connection, "point select by rowid", 11, 20_000, "SELECT i FROM t WHERE id = ?");
    query(connection, "point select by index", 11, 20_000, "SELECT id, name FROM t WHERE i = ?");
    query(
        connection,
        "1,000-row range",
        11,
        200,
        "SELECT i, name FROM t WHERE id BETWEEN ?1 AND ?1 + 999");
    query(
        connection,
        "full-scan aggregate",
        5,
        1,
        "SELECT count(*), sum(i), avg(r), max(name) FROM t WHERE i % 7 <> 3");
    query(
        connection, "GROUP BY", 5, 1, "SELECT i % 1000, count(*), sum(r) FROM t GROUP BY i % 1000");
    query(
        connection, "ORDER BY LIMIT", 5, 1, "SELECT id, name FROM t ORDER BY name DESC LIMIT 100");
    query(
        connection,
        "two-table join",
        5,
        1,
        "SELECT count(*), sum(t.i + o.q) FROM o JOIN t ON t.id = o.tid");
  }

  private void adHoc(Connection connection) {
    measure(
        "ad-hoc statement, distinct literals",
        5000,
        11,
        5000,
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet rows =
                  statement.executeQuery(
                      "SELECT name, i FROM t WHERE id = " + (1 + random.nextInt(ROWS)))) {
            rows.next();
            sink += rows.getLong(2);
          }
        });
  }

  private void commits(Connection connection, String mode) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous=" + mode);
    }
    try (PreparedStatement insert = connection.prepareStatement("INSERT INTO c(v) VALUES(?)")) {
      measure(
          "single-row commit, " + mode,
          COMMITS_TO_WARM_UP,
          7,
          500,
          () -> {
            insert.setString(1, "some value of a row");
            sink += insert.executeUpdate();
          });
    } catch (SQLException e) {
      System.err.println(url + ": single-row commit failed: " + e);
    }
  }

  /** Ten connections read by rowid while one writes; the time is per read. */
  private void readersBesideWriter() throws Exception {
    String name = "ten readers beside a writer, per read";
    if (!parts.isEmpty() && parts.stream().noneMatch(name::contains)) {
      return;
    }
    AtomicBoolean stop = new AtomicBoolean();
    Thread writer = new Thread(() -> write(stop));
    writer.start();
    int reads = 20_000;
    List<Thread> readers = new ArrayList<>();
    AtomicBoolean failed = new AtomicBoolean();
    long start = System.nanoTime();
    for (int i = 0; i < CONNECTIONS; i++) {
      Thread reader = new Thread(() -> readRows(reads, failed));
      readers.add(reader);
      reader.start();
    }
    for (Thread reader : readers) {
      reader.join();
    }
    double micros = (System.nanoTime() - start) / 1000.0 / reads / CONNECTIONS;
    stop.set(true);
    writer.join();
    if (!failed.get()) {
      report(name, micros);
    }
  }

  private void write(AtomicBoolean stop) {
    try (Connection connection = open();
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA synchronous=NORMAL");
      try (PreparedStatement insert = connection.prepareStatement("INSERT INTO c(v) VALUES(?)")) {
        while (!stop.get()) {
          insert.setString(1, "written beside readers");
          insert.executeUpdate();
        }
      }
    } catch (SQLException e) {
      System.err.println(url + ": writer failed: " + e);
    }
  }

  private void readRows(int reads, AtomicBoolean failed) {
    Random keys = new Random();
    try (Connection connection = open();
        PreparedStatement select = connection.prepareStatement("SELECT i FROM t WHERE id = ?")) {
      for (int i = 0; i < reads; i++) {
        select.setLong(1, 1 + keys.nextInt(ROWS));
        read(select);
      }
    } catch (SQLException e) {
      failed.set(true);
      System.err.println(url + ": reader failed: " + e);
    }
  }
}
