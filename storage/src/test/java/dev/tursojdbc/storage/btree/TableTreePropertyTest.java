package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class TableTreePropertyTest {
  private static final int[] PAGE_SIZES = {512, 512, 512, 1024, 4096, 65536};

  @Property(tries = 40)
  void behavesLikeASortedMap(
      @ForAll long seed,
      @ForAll @IntRange(max = 5) int size,
      @ForAll @IntRange(max = 2) int vacuum) {
    Random random = new Random(seed);
    int reserved = random.nextInt(3) == 0 ? 32 : 0;
    TestDatabase database = new TestDatabase(PAGE_SIZES[size], reserved, vacuum);
    int root = database.create("table", "t", "t", "CREATE TABLE t(a INTEGER PRIMARY KEY, b)");
    TableTree tree = new TableTree(database.pages, root);
    TreeMap<Long, byte[]> model = new TreeMap<>();

    int steps = random.nextInt(1500);
    long range = 1L << (1 + random.nextInt(63));
    int largest = 1 << (1 + random.nextInt(12));
    int deleting = 1 + random.nextInt(9);
    for (int i = 0; i < steps; i++) {
      step(database, tree, model, random, range, largest, deleting);
    }

    assertSame(database, root, model, random);
    database.assertIntact();
    assertThat(database.query("SELECT a || hex(b) FROM t ORDER BY a"))
        .containsExactlyElementsOf(described(model));
  }

  private static void step(
      TestDatabase database,
      TableTree tree,
      NavigableMap<Long, byte[]> model,
      Random random,
      long range,
      int largest,
      int deleting) {
    long rowid = random.nextLong() % range;
    if (random.nextInt(20) == 0) {
      database.pages.freeze();
    }
    int action = random.nextInt(10);
    if (action < deleting) {
      Long victim = random.nextInt(8) == 0 ? Long.valueOf(rowid) : model.ceilingKey(rowid);
      if (victim != null) {
        assertThat(tree.delete(victim)).isEqualTo(model.remove(victim) != null);
        return;
      }
    }
    byte[] value = new byte[random.nextInt(random.nextInt(4) == 0 ? largest : 40)];
    random.nextBytes(value);
    byte[] record = TestDatabase.record(new Register(), TestDatabase.blob(value));
    if (action == 9) {
      Long last = model.isEmpty() ? Long.valueOf(0) : model.lastKey();
      assertThat(tree.lastRowid()).isEqualTo(last);
      if (last < Long.MAX_VALUE) {
        assertThat(tree.newRowid()).isEqualTo(model.isEmpty() ? 1 : last + 1);
        rowid = tree.newRowid();
      }
    }
    if (random.nextBoolean()) {
      assertThat(tree.contains(rowid)).isEqualTo(model.containsKey(rowid));
    }
    if (random.nextBoolean()) {
      boolean inserted = tree.insert(rowid, record, record.length);
      assertThat(inserted).isEqualTo(model.putIfAbsent(rowid, value) == null);
      assertThat(tree.insert(rowid, record, record.length)).isFalse();
    } else {
      boolean replaced = tree.put(rowid, record, record.length);
      assertThat(replaced).isEqualTo(model.put(rowid, value) != null);
    }
  }

  private static List<String> described(Map<Long, byte[]> model) {
    List<String> result = new ArrayList<>();
    model.forEach(
        (key, value) -> result.add(key + HexFormat.of().withUpperCase().formatHex(value)));
    return result;
  }

  private static void assertSame(
      TestDatabase database, int root, NavigableMap<Long, byte[]> model, Random random) {
    TableCursor cursor = new TableCursor(database.pages, root);
    assertThat(cursor.count()).isEqualTo(model.size());
    List<Long> forward = new ArrayList<>();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      forward.add(cursor.rowid());
      byte[] record =
          TestDatabase.record(new Register(), TestDatabase.blob(model.get(cursor.rowid())));
      assertThat(cursor.payload()).isEqualTo(record);
    }
    assertThat(forward).containsExactlyElementsOf(model.keySet());
    List<Long> backward = new ArrayList<>();
    for (boolean more = cursor.last(); more; more = cursor.previous()) {
      backward.add(cursor.rowid());
    }
    assertThat(backward).containsExactlyElementsOf(model.descendingKeySet());
    for (int i = 0; i < 200; i++) {
      long near = forward.isEmpty() ? 5 : forward.get(random.nextInt(forward.size()));
      long sought = near + random.nextInt(3) - 1;
      assertThat(cursor.seek(sought)).isEqualTo(model.containsKey(sought));
      assertAt(cursor, cursor.seekAtLeast(sought), model.ceilingKey(sought));
      assertAt(cursor, cursor.seekAfter(sought), model.higherKey(sought));
      assertAt(cursor, cursor.seekAtMost(sought), model.floorKey(sought));
      assertAt(cursor, cursor.seekBefore(sought), model.lowerKey(sought));
    }
  }

  private static void assertAt(TableCursor cursor, boolean found, Long expected) {
    assertThat(found).isEqualTo(expected != null);
    assertThat(cursor.isPositioned()).isEqualTo(found);
    if (found) {
      assertThat(cursor.rowid()).isEqualTo(expected);
    }
  }
}
