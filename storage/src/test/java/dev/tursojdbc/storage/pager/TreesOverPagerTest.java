package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.file.OperatingSystemFileSystem;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import dev.tursojdbc.storage.wal.SyncMode;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Trees that change in transactions much larger than memory, and SQLite's opinion of the file. */
class TreesOverPagerTest {
  @TempDir Path directory;

  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);

  private Path database() {
    return directory.resolve("app.db");
  }

  private static Register integer(long value) {
    Register register = new Register();
    register.setInteger(value);
    return register;
  }

  private static Register text(String value) {
    Register register = new Register();
    register.setText(value.getBytes(StandardCharsets.UTF_8));
    return register;
  }

  private static Register blob(int size, int fill) {
    byte[] bytes = new byte[size];
    Arrays.fill(bytes, (byte) fill);
    Register register = new Register();
    register.setBlob(bytes);
    return register;
  }

  /** Table and index of {@code t(id INTEGER PRIMARY KEY, a, b)} and {@code i(a)}, with a model. */
  private final class Trees {
    final TableTree table;
    final IndexTree index;
    Map<Long, Long> rows = new TreeMap<>();

    Trees(Pager pager, int tableRoot, int indexRoot) {
      table = new TableTree(pager, tableRoot);
      index = new IndexTree(pager, indexRoot, new KeyOrder(List.of(), TextEncoding.UTF8), 2);
    }

    void put(long id, long value, int size) {
      remove(id);
      Register[] row = {new Register(), integer(value), blob(size, (int) value)};
      row[0].setNull();
      encoder.encode(row, row.length);
      table.insert(id, encoder.buffer(), encoder.size());
      Register[] key = {integer(value), integer(id)};
      encoder.encode(key, key.length);
      index.insert(key, encoder.buffer(), encoder.size());
      rows.put(id, value);
    }

    void remove(long id) {
      Long value = rows.remove(id);
      if (value != null) {
        assertThat(table.delete(id)).isTrue();
        assertThat(index.delete(new Register[] {integer(value), integer(id)})).isTrue();
      }
    }
  }

  private Trees create(Pager pager) {
    TreeRoots roots = new TreeRoots(pager);
    Trees trees = new Trees(pager, roots.createTable(), roots.createIndex());
    TableTree schema = new TableTree(pager, 1);
    String[][] objects = {
      {"table", "t", "CREATE TABLE t(id INTEGER PRIMARY KEY, a, b)"},
      {"index", "i", "CREATE INDEX i ON t(a)"}
    };
    int[] roots2 = {trees.table.root(), trees.index.root()};
    for (int i = 0; i < objects.length; i++) {
      Register[] row = {
        text(objects[i][0]), text(objects[i][1]), text("t"), integer(roots2[i]), text(objects[i][2])
      };
      encoder.encode(row, row.length);
      schema.insert(i + 1, encoder.buffer(), encoder.size());
    }
    pager.setHeaderValue(DatabaseHeader.SCHEMA_FORMAT_OFFSET, 4);
    pager.setHeaderValue(DatabaseHeader.TEXT_ENCODING_OFFSET, DatabaseHeader.UTF_8);
    return trees;
  }

  @ParameterizedTest
  @CsvSource({"512, 0", "512, 1", "4096, 2"})
  void sqliteFindsTheFileIntactAndTheRowsThere(int pageSize, int autoVacuum) throws SQLException {
    SplittableRandom random = new SplittableRandom(pageSize + autoVacuum);
    Map<Long, Long> expected;
    try (Pager pager =
        DatabaseFile.connect(
            OperatingSystemFileSystem.INSTANCE,
            database().toString(),
            new OpenOptions(false, true, false, pageSize))) {
      pager.settings().setAutoVacuum(autoVacuum);
      pager.settings().setSyncMode(SyncMode.OFF);
      pager.database().setCacheBudget(60L * pageSize);
      pager.beginRead();
      pager.beginWrite();
      Trees trees = create(pager);
      for (int i = 1; i <= 1500; i++) {
        trees.put(i, random.nextInt(1000), random.nextInt(pageSize));
      }
      int savepoint = pager.openSavepoint();
      Map<Long, Long> saved = new TreeMap<>(trees.rows);
      for (int i = 0; i < 800; i++) {
        change(trees, random, pageSize);
      }
      pager.rollbackTo(savepoint);
      trees.rows = saved;
      for (int i = 0; i < 300; i++) {
        change(trees, random, pageSize);
      }
      pager.commit();
      pager.beginWrite();
      for (int i = 0; i < 300; i++) {
        int statement = pager.openSavepoint();
        Map<Long, Long> before = new TreeMap<>(trees.rows);
        change(trees, random, pageSize);
        if (random.nextBoolean()) {
          pager.rollbackTo(statement);
          trees.rows = before;
        }
        pager.release(statement);
      }
      pager.commit();
      expected = trees.rows;
      pager.endRead();
    }
    assertThat(query("PRAGMA integrity_check")).containsExactly("ok");
    List<String> rows = new ArrayList<>();
    expected.forEach((id, value) -> rows.add(id + "=" + value));
    assertThat(query("SELECT id || '=' || a FROM t ORDER BY id")).isEqualTo(rows);
  }

  private static void change(Trees trees, SplittableRandom random, int pageSize) {
    long id = 1 + random.nextLong(1800);
    if (random.nextInt(3) == 0) {
      trees.remove(id);
    } else {
      trees.put(id, random.nextInt(1000), random.nextInt(3 * pageSize));
    }
  }

  private List<String> query(String sql) throws SQLException {
    List<String> answers = new ArrayList<>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database());
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        answers.add(rows.getString(1));
      }
    }
    return answers;
  }
}
