package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees that SQLite wrote are read and changed. */
class ForeignTreeTest {
  private static final KeyOrder ORDER =
      new KeyOrder(
          List.of(KeyOrder.Column.DEFAULT, new KeyOrder.Column(Collation.BINARY, true, false)),
          TextEncoding.UTF8);

  @TempDir Path directory;

  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Register register = new Register();

  private Path file(int pageSize, int vacuum) {
    Path file = directory.resolve("foreign.db");
    TestDatabase.execute(
        file,
        "PRAGMA page_size=" + pageSize,
        "PRAGMA auto_vacuum=" + vacuum,
        "CREATE TABLE t(a INTEGER PRIMARY KEY, b TEXT)",
        "CREATE INDEX i ON t(b)",
        "CREATE TABLE w(a TEXT, b INT, c, PRIMARY KEY(a, b DESC)) WITHOUT ROWID",
        "WITH n(x) AS (SELECT 1 UNION ALL SELECT x + 1 FROM n LIMIT 2000) INSERT INTO t"
            + " SELECT x * 3 - 5000, hex(randomblob(x % 40 + (x % 97 = 0) * 3000)) FROM n",
        "INSERT INTO w SELECT substr(b, 1, 1 + a % 300), a, b FROM t",
        "DELETE FROM t WHERE a % 5 = 0",
        "DELETE FROM w WHERE b % 7 = 0");
    return file;
  }

  private static int root(Path file, String name) {
    String sql = "SELECT rootpage FROM sqlite_schema WHERE name = '" + name + "'";
    return Integer.parseInt(TestDatabase.query(file, sql).get(0));
  }

  @ParameterizedTest
  @CsvSource({"512, 0", "512, 1", "1024, 2", "4096, 0", "8192, 1", "65536, 0", "65536, 1"})
  void readsTheSameRows(int pageSize, int vacuum) {
    Path file = file(pageSize, vacuum);
    MemoryPages pages = MemoryPages.read(file);

    TableCursor table = new TableCursor(pages, root(file, "t"));
    List<String> rows = new ArrayList<>();
    for (boolean more = table.first(); more; more = table.next()) {
      rows.add(table.rowid() + " " + column(table, 1));
    }
    assertThat(rows)
        .isEqualTo(TestDatabase.query(file, "SELECT a || ' ' || b FROM t NOT INDEXED ORDER BY a"));

    IndexCursor index = new IndexCursor(pages, root(file, "i"), TestDatabase.BINARY);
    List<String> entries = new ArrayList<>();
    for (boolean more = index.first(); more; more = index.next()) {
      entries.add(column(index, 0) + " " + index.rowid());
    }
    assertThat(entries)
        .isEqualTo(TestDatabase.query(file, "SELECT b || ' ' || a FROM t ORDER BY b, a"));

    IndexCursor withoutRowid = new IndexCursor(pages, root(file, "w"), ORDER);
    List<String> keyed = new ArrayList<>();
    for (boolean more = withoutRowid.last(); more; more = withoutRowid.previous()) {
      keyed.add(column(withoutRowid, 0) + " " + column(withoutRowid, 2));
    }
    assertThat(keyed)
        .isEqualTo(TestDatabase.query(file, "SELECT a || ' ' || c FROM w ORDER BY a DESC, b"));
  }

  private String column(TreeCursor cursor, int column) {
    byte[] record = cursor.payload();
    reader.attach(record, 0, record.length);
    reader.read(column, register);
    int end = register.offset + register.length;
    byte[] text = Arrays.copyOfRange(register.bytes, register.offset, end);
    return new String(text, StandardCharsets.UTF_8);
  }

  @ParameterizedTest
  @CsvSource({"512, 0", "512, 1", "1024, 2", "4096, 0", "65536, 1"})
  void changesLeaveAFileThatSqliteFindsSound(int pageSize, int vacuum) {
    Path file = file(pageSize, vacuum);
    MemoryPages pages = MemoryPages.read(file);
    TableTree table = new TableTree(pages, root(file, "t"));
    IndexTree index = new IndexTree(pages, root(file, "i"), TestDatabase.BINARY, 2);
    Random random = new Random(pageSize);

    for (int i = 0; i < 2000; i++) {
      long rowid = random.nextLong(6000) - 5000;
      if (table.cursor().seek(rowid)) {
        Register[] key = {
          TestDatabase.text(column(table.cursor(), 1)), TestDatabase.integer(rowid)
        };
        assertThat(index.delete(key)).isTrue();
        assertThat(table.delete(rowid)).isTrue();
      } else {
        byte[] text = new byte[random.nextInt(60) == 0 ? 2000 : random.nextInt(30)];
        random.nextBytes(text);
        Register value = TestDatabase.text(HexFormat.of().formatHex(text).toUpperCase(Locale.ROOT));
        Register[] key = {value, TestDatabase.integer(rowid)};
        byte[] entry = TestDatabase.record(key);
        byte[] record = TestDatabase.record(new Register(), value);
        assertThat(table.insert(rowid, record, record.length)).isTrue();
        assertThat(index.insert(key, entry, entry.length)).isTrue();
      }
    }

    pages.write(file);
    assertThat(TestDatabase.query(file, "PRAGMA integrity_check")).containsExactly("ok");
  }
}
