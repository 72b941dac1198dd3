package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A hash table of keys, numbered in the order in which they were added. NULLs are equal to each
 * other here, texts by their collations, numbers by value.
 */
final class KeyTable {
  /** What a key takes beside its bytes: array header, reference, hash, slots. */
  private static final int KEY_OVERHEAD = 40;

  private final Collation[] collations;
  private final KeyOrder order;
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private int[] slots = new int[16];
  private int[] hashes = new int[8];
  private byte[][] keys = new byte[8][];
  private int size;
  private long bytes;
  private Integer @Nullable [] sorted;
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Register[] left;

  KeyTable(Collation[] collations) {
    this.collations = collations;
    KeyOrder.Column[] columns = new KeyOrder.Column[collations.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new KeyOrder.Column(collations[i], false, false);
    }
    this.order = new KeyOrder(Arrays.asList(columns), TextEncoding.UTF8);
    this.left = Registers.of(columns.length);
  }

  void clear() {
    if (size > 0) {
      slots = new int[16];
      keys = new byte[8][];
      hashes = new int[8];
      sorted = null;
      size = 0;
      bytes = 0;
    }
  }

  int size() {
    return size;
  }

  /** Memory that the keys take. */
  long bytes() {
    return bytes;
  }

  /** The key as a record. */
  byte[] key(int number) {
    return keys[number];
  }

  /** Numbers of the keys in the order of the keys; kept until one is added. */
  Integer[] sorted() {
    Integer[] known = sorted;
    if (known == null) {
      known = sorted(order);
      sorted = known;
    }
    return known;
  }

  /** Numbers of the keys in an order of its own. */
  Integer[] sorted(KeyOrder wanted) {
    Integer[] numbers = new Integer[size];
    Arrays.setAll(numbers, i -> i);
    Arrays.sort(numbers, (a, b) -> compare(wanted, keys[a], keys[b]));
    return numbers;
  }

  private int compare(KeyOrder wanted, byte[] first, byte[] second) {
    reader.attach(first, 0, first.length);
    for (int i = 0; i < left.length; i++) {
      reader.read(i, left[i]);
    }
    return wanted.compare(left, left.length, second, 0, second.length);
  }

  /** The number of an equal key, or -1. */
  int find(Register[] key) {
    int hash = ValueHash.of(key, collations.length, collations);
    return slots[slot(key, hash)] - 1;
  }

  /** Adds the key. @return whether there was none that equals it */
  boolean add(Register[] key) {
    int before = size;
    findOrAdd(key);
    return size > before;
  }

  /** The number of the equal key; if there is none it is added, and the number is the last one. */
  int findOrAdd(Register[] key) {
    int hash = ValueHash.of(key, collations.length, collations);
    int slot = slot(key, hash);
    int found = slots[slot] - 1;
    if (found >= 0) {
      return found;
    }
    if (size == keys.length) {
      keys = Arrays.copyOf(keys, 2 * size);
      hashes = Arrays.copyOf(hashes, 2 * size);
    }
    encoder.encode(key, collations.length);
    keys[size] = encoder.toByteArray();
    bytes += keys[size].length + KEY_OVERHEAD;
    hashes[size] = hash;
    sorted = null;
    size++;
    slots[slot] = size;
    if (2 * size > slots.length) {
      grow();
    }
    return size - 1;
  }

  private int slot(Register[] key, int hash) {
    int mask = slots.length - 1;
    int slot = hash & mask;
    while (true) {
      int number = slots[slot] - 1;
      if (number < 0) {
        return slot;
      }
      if (hashes[number] == hash) {
        byte[] candidate = keys[number];
        if (order.compare(key, collations.length, candidate, 0, candidate.length) == 0) {
          return slot;
        }
      }
      slot = slot + 1 & mask;
    }
  }

  private void grow() {
    int[] larger = new int[2 * slots.length];
    int mask = larger.length - 1;
    for (int number = 0; number < size; number++) {
      int slot = hashes[number] & mask;
      while (larger[slot] != 0) {
        slot = slot + 1 & mask;
      }
      larger[slot] = number + 1;
    }
    slots = larger;
  }
}
