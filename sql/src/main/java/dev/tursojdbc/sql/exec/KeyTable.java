package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;

/**
 * A hash table of keys, numbered in the order in which they were added. NULLs are equal to each
 * other here, texts by their collations, numbers by value.
 */
final class KeyTable {
  private final Collation[] collations;
  private final KeyOrder order;
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private int[] slots = new int[16];
  private int[] hashes = new int[8];
  private byte[][] keys = new byte[8][];
  private int size;
  private long bytes;

  KeyTable(Collation[] collations) {
    this.collations = collations;
    KeyOrder.Column[] columns = new KeyOrder.Column[collations.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new KeyOrder.Column(collations[i], false, false);
    }
    this.order = new KeyOrder(Arrays.asList(columns), TextEncoding.UTF8);
  }

  void clear() {
    if (size > 0) {
      slots = new int[16];
      Arrays.fill(keys, 0, size, null);
      size = 0;
      bytes = 0;
    }
  }

  int size() {
    return size;
  }

  /** Bytes of all keys. */
  long bytes() {
    return bytes;
  }

  /** The key as a record. */
  byte[] key(int number) {
    return keys[number];
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
    bytes += keys[size].length;
    hashes[size] = hash;
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
