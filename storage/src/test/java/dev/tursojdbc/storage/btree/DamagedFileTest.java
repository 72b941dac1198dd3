package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.btree.IntegrityCheckTest.Root;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever bytes a file has: an answer or CORRUPT, soon. */
class DamagedFileTest {
  @TempDir Path directory;

  private long reads;
  private long refusals;

  @ParameterizedTest
  @ValueSource(ints = {0, 1})
  @Timeout(value = 60, unit = TimeUnit.SECONDS)
  void readingAndChangingAnswersOrRefuses(int vacuum) throws IOException {
    Path file = directory.resolve("sound.db");
    TestDatabase.execute(file, IntegrityCheckTest.schema(vacuum));
    byte[] sound = Files.readAllBytes(file);
    List<Root> roots = IntegrityCheckTest.roots(file);
    Random random = new Random(vacuum);
    for (int round = 0; round < 100; round++) {
      byte[] damaged = IntegrityCheckTest.damage(sound, random);
      for (int i = random.nextInt(200); i > 0; i--) {
        damaged[512 + random.nextInt(damaged.length - 512)] ^= (byte) (1 << random.nextInt(8));
      }
      damaged[100 + random.nextInt(412)] ^= (byte) random.nextInt(3);
      for (Root root : roots) {
        answersOrRefuses(() -> readAll(MemoryPages.of(damaged), root));
        answersOrRefuses(() -> seek(MemoryPages.of(damaged), root, random));
        answersOrRefuses(() -> change(MemoryPages.of(damaged), root, random));
        answersOrRefuses(() -> new TreeRoots(MemoryPages.of(damaged)).clear(root.page()));
        answersOrRefuses(() -> new TreeRoots(MemoryPages.of(damaged)).drop(root.page()));
      }
      answersOrRefuses(
          () -> IntegrityCheck.checkAll(MemoryPages.of(damaged), Root.pages(roots), 100));
      answersOrRefuses(() -> new AutoVacuum(MemoryPages.of(damaged)).vacuum(20));
      if (vacuum != 0) {
        answersOrRefuses(() -> new AutoVacuum(MemoryPages.of(damaged)).vacuumAll());
      }
    }
    assertThat(reads).isGreaterThan(1000);
    assertThat(refusals).isGreaterThan(100);
  }

  private void answersOrRefuses(Runnable work) {
    try {
      work.run();
    } catch (CorruptDatabaseException e) {
      refusals++;
    } catch (TursoException e) {
      throw new AssertionError("expected CORRUPT", e);
    }
  }

  private static TreeCursor cursor(MemoryPages pages, Root root) {
    return root.table()
        ? new TableCursor(pages, root.page())
        : new IndexCursor(pages, root.page(), TestDatabase.BINARY);
  }

  private void readAll(MemoryPages pages, Root root) {
    TreeCursor cursor = cursor(pages, root);
    for (boolean more = cursor.last(); more; more = cursor.previous()) {
      reads++;
    }
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      reads += cursor.payload().length > 3 ? 1 : 0;
      if (cursor instanceof IndexCursor index) {
        reads += index.rowid() > 0 ? 1 : 0;
      }
    }
    cursor.count();
  }

  private void seek(MemoryPages pages, Root root, Random random) {
    TreeCursor cursor = cursor(pages, root);
    for (int i = 0; i < 40; i++) {
      long key = random.nextInt(600);
      Register[] keys = {TestDatabase.integer(key * 2)};
      boolean found;
      if (cursor instanceof TableCursor table) {
        found = random.nextBoolean() ? table.seekAtLeast(key) : table.seekBefore(key);
      } else {
        IndexCursor index = (IndexCursor) cursor;
        found = random.nextBoolean() ? index.seekAfter(keys, 1) : index.seekAtMost(keys, 1);
      }
      reads += found ? 1 : 0;
    }
  }

  private static void change(MemoryPages pages, Root root, Random random) {
    if (root.table()) {
      TableTree tree = new TableTree(pages, root.page());
      for (int i = 0; i < 100; i++) {
        byte[] record = TestDatabase.record(TestDatabase.blob(new byte[random.nextInt(900)]));
        tree.put(random.nextInt(600), record, record.length);
        tree.delete(random.nextInt(600));
      }
      return;
    }
    IndexTree tree = new IndexTree(pages, root.page(), TestDatabase.BINARY, 2);
    for (int i = 0; i < 100; i++) {
      Register[] key = {TestDatabase.integer(random.nextInt(1000)), TestDatabase.integer(i)};
      byte[] record = TestDatabase.record(key);
      tree.put(key, record, record.length);
      if (tree.find(key, 1) != null && tree.cursor().next()) {
        TestDatabase.keyAt(tree.cursor(), key);
        tree.delete(key);
      }
    }
  }
}
