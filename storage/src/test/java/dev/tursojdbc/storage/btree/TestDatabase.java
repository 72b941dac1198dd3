package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A database whose trees we change, and SQLite's opinion of it. */
final class TestDatabase {
  static final KeyOrder BINARY = new KeyOrder(List.of(), TextEncoding.UTF8);

  final MemoryPages pages;
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private int objects;

  TestDatabase(int pageSize, int reservedBytes, int autoVacuum) {
    this.pages = new MemoryPages(pageSize, reservedBytes, autoVacuum);
  }

  /** Makes a tree and the schema row for it. */
  int create(String type, String name, String table, String sql) {
    TreeRoots roots = new TreeRoots(pages);
    boolean isTable = type.equals("table") && !sql.endsWith("WITHOUT ROWID");
    int root = isTable ? roots.createTable() : roots.createIndex();
    Register[] row = {text(type), text(name), text(table), integer(root), text(sql)};
    encoder.encode(row, row.length);
    new TableTree(pages, 1).insert(++objects, encoder.buffer(), encoder.size());
    pages.setHeaderValue(DatabaseHeader.SCHEMA_COOKIE_OFFSET, objects);
    return root;
  }

  static Register text(String value) {
    Register register = new Register();
    register.setText(value.getBytes(StandardCharsets.UTF_8));
    return register;
  }

  static Register integer(long value) {
    Register register = new Register();
    register.setInteger(value);
    return register;
  }

  static Register blob(byte[] value) {
    Register register = new Register();
    register.setBlob(value);
    return register;
  }

  static byte[] record(Register... values) {
    RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
    encoder.encode(values, values.length);
    return encoder.toByteArray();
  }

  /** Reads the first columns of the entry under a cursor. */
  static void keyAt(IndexCursor cursor, Register[] target) {
    RecordReader reader = new RecordReader(TextEncoding.UTF8);
    byte[] record = cursor.payload();
    reader.attach(record, 0, record.length);
    for (int i = 0; i < target.length; i++) {
      reader.read(i, target[i]);
    }
  }

  /** Writes the database to a file and has SQLite check it. */
  void assertIntact() {
    assertThat(query("PRAGMA integrity_check")).containsExactly("ok");
  }

  /** First column of a query by SQLite on a copy. */
  List<String> query(String sql) {
    try {
      Path file = Files.createTempFile("tree", ".db");
      try {
        pages.write(file);
        return query(file, sql);
      } finally {
        Files.delete(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<String> query(Path file, String sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      List<String> result = new ArrayList<>();
      while (rows.next()) {
        result.add(rows.getString(1));
      }
      return result;
    } catch (SQLException e) {
      throw new AssertionError(sql, e);
    }
  }

  static void execute(Path file, String... sql) {
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + file);
        Statement statement = connection.createStatement()) {
      for (String each : sql) {
        statement.execute(each);
      }
    } catch (SQLException e) {
      throw new AssertionError(e);
    }
  }
}
