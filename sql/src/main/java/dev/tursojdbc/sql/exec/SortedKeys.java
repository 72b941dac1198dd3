package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import org.jspecify.annotations.Nullable;

/**
 * Goes through the keys of a {@link KeySet} in their order, those in memory and those in a file.
 */
final class SortedKeys {
  private final KeySet keys;
  private final KeyOrder order;
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Register[] key;
  private boolean reverse;
  private Integer[] inMemory = {};
  private int next;

  /** On the next key of those in the file; null if there is none. */
  private @Nullable TemporaryIndex others;

  SortedKeys(KeySet keys) {
    this.keys = keys;
    this.order = new KeyOrder(keys.order(), TextEncoding.UTF8);
    this.key = Registers.of(keys.order().size());
  }

  /** Goes to before the first key, or the last one. */
  void open(boolean fromLast) {
    reverse = fromLast;
    inMemory = keys.table().sorted();
    next = 0;
    TemporaryIndex spilled = keys.others();
    if (spilled != null) {
      IndexCursor cursor = spilled.cursor();
      others = (fromLast ? cursor.last() : cursor.first()) ? spilled : null;
    } else {
      others = null;
    }
  }

  /** Reads the next key. @return null if there is none; else good until the next call */
  Register @Nullable [] next() {
    byte[] first =
        next < inMemory.length
            ? keys.table().key(inMemory[reverse ? inMemory.length - 1 - next : next])
            : null;
    TemporaryIndex spilled = others;
    if (spilled != null) {
      spilled.attach(reader);
      readKey();
      int difference = first == null ? -1 : order.compare(key, key.length, first, 0, first.length);
      if (first == null || (difference < 0) != reverse) {
        IndexCursor cursor = spilled.cursor();
        others = (reverse ? cursor.previous() : cursor.next()) ? spilled : null;
        return key;
      }
    }
    if (first == null) {
      return null;
    }
    next++;
    reader.attach(first, 0, first.length);
    readKey();
    return key;
  }

  private void readKey() {
    for (int i = 0; i < key.length; i++) {
      reader.read(i, key[i]);
    }
  }
}
