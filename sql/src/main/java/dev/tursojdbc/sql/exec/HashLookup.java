package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;

/**
 * The rows of a source with some values equal to given ones, found by hash: the source is read once
 * and kept. What SQLite does with an automatic index.
 */
final class HashLookup extends Operator {
  private final Operator input;
  private final Evaluator[] storedColumns;
  private final Evaluator[] storedKeys;
  private final Evaluator[] keys;
  private final Affinity[] conversions;
  private final StoredRow row;
  private final boolean oncePerRun;
  private final RowStore store = new RowStore();
  private final KeyTable table;
  private final Register[] key;
  private final Register[] stored;

  /** For each key the first row, for each row the next one with the same key; -1 ends. */
  private int[] firstRow = new int[16];

  private int[] lastRow = new int[16];
  private int[] nextRow = new int[16];
  private long filledIn = -1;
  private int next;

  /**
   * @param storedColumns what is kept of each row of the input
   * @param storedKeys the values in the input's row that are compared
   * @param keys what they shall be equal to
   * @param conversions of both before they are compared
   */
  HashLookup(
      Operator input,
      Evaluator[] storedColumns,
      Evaluator[] storedKeys,
      Evaluator[] keys,
      Affinity[] conversions,
      Collation[] collations,
      StoredRow row,
      boolean oncePerRun) {
    this.input = input;
    this.storedColumns = storedColumns;
    this.storedKeys = storedKeys;
    this.keys = keys;
    this.conversions = conversions;
    this.row = row;
    this.oncePerRun = oncePerRun;
    this.table = new KeyTable(collations);
    this.key = Registers.of(keys.length);
    this.stored = Registers.of(storedColumns.length);
  }

  @Override
  public void open(Frame frame) {
    if (!oncePerRun || filledIn != frame.run()) {
      fill(frame);
      filledIn = frame.run();
    }
    next = evaluate(frame, keys) ? find() : -1;
  }

  private int find() {
    int number = table.find(key);
    return number < 0 ? -1 : firstRow[number];
  }

  private void fill(Frame frame) {
    table.clear();
    store.clear();
    input.forEach(frame, this::take);
  }

  private void take(Frame frame) {
    if (!evaluate(frame, storedKeys)) {
      return;
    }
    int known = table.size();
    int number = table.findOrAdd(key);
    int rowNumber = store.size();
    for (int i = 0; i < stored.length; i++) {
      storedColumns[i].into(frame, stored[i]);
    }
    store.add(stored);
    if (rowNumber == nextRow.length) {
      nextRow = Arrays.copyOf(nextRow, 2 * rowNumber);
    }
    nextRow[rowNumber] = -1;
    if (number < known) {
      nextRow[lastRow[number]] = rowNumber;
    } else {
      if (number == firstRow.length) {
        firstRow = Arrays.copyOf(firstRow, 2 * number);
        lastRow = Arrays.copyOf(lastRow, 2 * number);
      }
      firstRow[number] = rowNumber;
    }
    lastRow[number] = rowNumber;
  }

  /** Computes a key. @return whether no part of it is NULL */
  private boolean evaluate(Frame frame, Evaluator[] parts) {
    for (int i = 0; i < parts.length; i++) {
      parts[i].into(frame, key[i]);
      if (key[i].isNull()) {
        return false;
      }
      conversions[i].apply(key[i]);
    }
    return true;
  }

  @Override
  public boolean next(Frame frame) {
    if (next < 0) {
      return false;
    }
    row.attach(store.record(next), next);
    next = nextRow[next];
    return true;
  }
}
