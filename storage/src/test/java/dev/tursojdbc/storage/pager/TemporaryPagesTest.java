package dev.tursojdbc.storage.pager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.file.CountedTemporaryFiles;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class TemporaryPagesTest {
  private final CountedTemporaryFiles files = new CountedTemporaryFiles();
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);

  @Test
  void whatFitsIntoMemoryNeedsNoFile() {
    try (TemporaryPages pages = new TemporaryPages(files, 1 << 20)) {
      TableTree tree = new TableTree(pages, new TreeRoots(pages).createTable());
      for (int i = 0; i < 1000; i++) {
        tree.insert(i, new byte[500], 500);
      }

      assertThat(tree.count()).isEqualTo(1000);
    }
    assertThat(files.opened()).isZero();
  }

  @Test
  void theFileGoesWhenThePagesAreClosed() {
    try (TemporaryPages pages = new TemporaryPages(files, 0)) {
      TableTree tree = new TableTree(pages, new TreeRoots(pages).createTable());
      for (int i = 0; i < 1000; i++) {
        tree.insert(i, new byte[500], 500);
      }

      assertThat(files.open()).isEqualTo(1);
    }
    assertThat(files.open()).isZero();
  }

  @Test
  void aTableTreeMuchLargerThanMemoryKeepsItsRows() {
    SplittableRandom random = new SplittableRandom(7);
    TreeMap<Long, byte[]> model = new TreeMap<>();
    try (TemporaryPages pages = new TemporaryPages(files, 0)) {
      TableTree tree = new TableTree(pages, new TreeRoots(pages).createTable());
      for (int i = 0; i < 30_000; i++) {
        long rowid = random.nextLong(5000);
        if (random.nextInt(4) == 0) {
          assertThat(tree.delete(rowid)).isEqualTo(model.remove(rowid) != null);
          continue;
        }
        byte[] row = new byte[random.nextInt(50) == 0 ? 9000 : random.nextInt(400)];
        random.nextBytes(row);
        tree.put(rowid, row, row.length);
        model.put(rowid, row);
      }

      TableCursor cursor = new TableCursor(pages, tree.root());
      boolean more = cursor.first();
      for (var entry : model.entrySet()) {
        assertThat(more).isTrue();
        assertThat(cursor.rowid()).isEqualTo(entry.getKey());
        assertThat(cursor.payload()).isEqualTo(entry.getValue());
        more = cursor.next();
      }
      assertThat(more).isFalse();
      assertThat(files.written()).isGreaterThan(1_000_000);
    }
  }

  @Test
  void anIndexTreeMuchLargerThanMemoryKeepsItsEntriesInOrder() {
    SplittableRandom random = new SplittableRandom(11);
    TreeSet<Long> model = new TreeSet<>();
    KeyOrder order = new KeyOrder(List.of(KeyOrder.Column.DEFAULT), TextEncoding.UTF8);
    Register[] entry = {new Register(), new Register()};
    entry[1].setBlob(new byte[100]);
    try (TemporaryPages pages = new TemporaryPages(files, 0)) {
      IndexTree tree = new IndexTree(pages, new TreeRoots(pages).createIndex(), order, 1);
      for (int i = 0; i < 30_000; i++) {
        long key = random.nextLong(20_000);
        entry[0].setInteger(key);
        if (random.nextInt(3) == 0) {
          assertThat(tree.delete(entry)).isEqualTo(model.remove(key));
        } else {
          encoder.encode(entry, 2);
          assertThat(tree.insert(entry, encoder.buffer(), encoder.size()))
              .isEqualTo(model.add(key));
        }
      }

      IndexCursor cursor = new IndexCursor(pages, tree.root(), order);
      boolean more = cursor.first();
      for (long key : model) {
        assertThat(more).isTrue();
        entry[0].setInteger(key);
        encoder.encode(entry, 2);
        assertThat(cursor.payload()).isEqualTo(Arrays.copyOf(encoder.buffer(), encoder.size()));
        more = cursor.next();
      }
      assertThat(more).isFalse();
      assertThat(files.open()).isEqualTo(1);
    }
  }
}
