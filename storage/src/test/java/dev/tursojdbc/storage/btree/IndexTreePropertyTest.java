package dev.tursojdbc.storage.btree;

import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class IndexTreePropertyTest {
  private static final int[] PAGE_SIZES = {512, 512, 512, 1024, 4096, 65536};

  /** Key bytes of unsigned order, here as hexadecimal digits of fixed case, and a row number. */
  private record Key(String blob, long number) implements Comparable<Key> {
    @Override
    public int compareTo(Key other) {
      int order = blob.compareTo(other.blob);
      return order != 0 ? order : -Long.compare(number, other.number);
    }

    Register[] registers() {
      return new Register[] {
        TestDatabase.blob(HexFormat.of().withUpperCase().parseHex(blob)),
        TestDatabase.integer(number)
      };
    }
  }

  private static final KeyOrder ORDER =
      new KeyOrder(
          List.of(KeyOrder.Column.DEFAULT, new KeyOrder.Column(Collation.BINARY, true, false)),
          TextEncoding.UTF8);

  @Property(tries = 40)
  void behavesLikeASortedMap(
      @ForAll long seed,
      @ForAll @IntRange(max = 5) int size,
      @ForAll @IntRange(max = 2) int vacuum) {
    Random random = new Random(seed);
    int reserved = random.nextInt(3) == 0 ? 32 : 0;
    TestDatabase database = new TestDatabase(PAGE_SIZES[size], reserved, vacuum);
    int root =
        database.create(
            "table",
            "t",
            "t",
            "CREATE TABLE t(a, b INTEGER, c, PRIMARY KEY(a, b DESC)) WITHOUT ROWID");
    IndexTree tree = new IndexTree(database.pages, root, ORDER, 2);
    TreeMap<Key, byte[]> model = new TreeMap<>();

    int steps = random.nextInt(1500);
    int keySize = 1 << random.nextInt(11);
    int deleting = 1 + random.nextInt(9);
    tree.setAscending(random.nextInt(5) == 0);
    for (int i = 0; i < steps; i++) {
      if (random.nextInt(20) == 0) {
        database.pages.freeze();
      }
      step(tree, model, random, keySize, deleting);
    }

    assertSame(database, root, model, random);
    database.assertIntact();
    assertThat(
            database.query("SELECT hex(a) || ',' || b || ',' || hex(c) FROM t ORDER BY a, b DESC"))
        .containsExactlyElementsOf(described(model));
  }

  private static void step(
      IndexTree tree, NavigableMap<Key, byte[]> model, Random random, int keySize, int deleting) {
    byte[] blob = new byte[random.nextInt(4) == 0 ? random.nextInt(keySize) : random.nextInt(12)];
    random.nextBytes(blob);
    Key key = new Key(HexFormat.of().withUpperCase().formatHex(blob), random.nextInt(50));
    if (random.nextInt(10) < deleting) {
      Key victim = random.nextInt(8) == 0 ? key : model.ceilingKey(key);
      if (victim != null) {
        assertThat(tree.delete(victim.registers())).isEqualTo(model.remove(victim) != null);
        return;
      }
    }
    Key used = random.nextInt(3) == 0 && model.floorKey(key) != null ? model.floorKey(key) : key;
    byte[] value = new byte[random.nextInt(random.nextInt(6) == 0 ? 2000 : 20)];
    random.nextBytes(value);
    Register[] registers = used.registers();
    byte[] record = TestDatabase.record(registers[0], registers[1], TestDatabase.blob(value));
    if (random.nextBoolean()) {
      assertThat(tree.insert(registers, record, record.length))
          .isEqualTo(model.putIfAbsent(used, value) == null);
    } else {
      assertThat(tree.find(registers, 2) != null).isEqualTo(model.containsKey(used));
      assertThat(tree.put(registers, record, record.length))
          .isEqualTo(model.put(used, value) != null);
    }
  }

  private static List<String> described(Map<Key, byte[]> model) {
    List<String> result = new ArrayList<>();
    HexFormat hex = HexFormat.of().withUpperCase();
    model.forEach((k, v) -> result.add(k.blob + "," + k.number + "," + hex.formatHex(v)));
    return result;
  }

  private static Key keyAt(IndexCursor cursor) {
    RecordReader reader = new RecordReader(TextEncoding.UTF8);
    byte[] record = cursor.payload();
    reader.attach(record, 0, record.length);
    Register a = new Register();
    Register b = new Register();
    reader.read(0, a);
    reader.read(1, b);
    byte[] blob = Arrays.copyOfRange(a.bytes, a.offset, a.offset + a.length);
    return new Key(HexFormat.of().withUpperCase().formatHex(blob), b.integer);
  }

  private static void assertSame(
      TestDatabase database, int root, NavigableMap<Key, byte[]> model, Random random) {
    IndexCursor cursor = new IndexCursor(database.pages, root, ORDER);
    assertThat(cursor.count()).isEqualTo(model.size());
    List<Key> forward = new ArrayList<>();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      forward.add(keyAt(cursor));
    }
    assertThat(forward).containsExactlyElementsOf(model.keySet());
    List<Key> backward = new ArrayList<>();
    for (boolean more = cursor.last(); more; more = cursor.previous()) {
      backward.add(keyAt(cursor));
    }
    assertThat(backward).containsExactlyElementsOf(model.descendingKeySet());
    for (int i = 0; i < 100 && !forward.isEmpty(); i++) {
      Key near = forward.get(random.nextInt(forward.size()));
      Key sought = new Key(near.blob, near.number + random.nextInt(3) - 1);
      Register[] whole = sought.registers();
      assertThat(cursor.seek(whole, 2)).isEqualTo(model.containsKey(sought));
      assertAt(cursor, cursor.seekAtLeast(whole, 2), model.ceilingKey(sought));
      assertAt(cursor, cursor.seekAfter(whole, 2), model.higherKey(sought));
      assertAt(cursor, cursor.seekAtMost(whole, 2), model.floorKey(sought));
      assertAt(cursor, cursor.seekBefore(whole, 2), model.lowerKey(sought));

      Key lowest = new Key(near.blob, Long.MAX_VALUE);
      Key highest = new Key(near.blob, Long.MIN_VALUE + 1);
      assertThat(cursor.seek(whole, 1)).isTrue();
      assertAt(cursor, cursor.seekAtLeast(whole, 1), model.ceilingKey(lowest));
      assertAt(cursor, cursor.seekAfter(whole, 1), model.higherKey(highest));
      assertAt(cursor, cursor.seekAtMost(whole, 1), model.floorKey(highest));
      assertAt(cursor, cursor.seekBefore(whole, 1), model.lowerKey(lowest));
    }
  }

  private static void assertAt(IndexCursor cursor, boolean found, Key expected) {
    assertThat(found).isEqualTo(expected != null);
    assertThat(cursor.isPositioned()).isEqualTo(found);
    if (found) {
      assertThat(keyAt(cursor)).isEqualTo(expected);
    }
  }
}
