package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a source with some values equal to given ones, found by hash: the source is read once
 * and kept. What SQLite does with an automatic index.
 *
 * <p>Rows with the same key come out as from an index that has some of their columns behind the
 * key: ordered by these, then as they came. Rows for which there is no memory are found in just
 * such an index, in a temporary file.
 */
final class HashLookup extends Operator {
  /** What a row takes beside its record: array header, references, its place in a chain. */
  private static final int ROW_OVERHEAD = 40;

  private final Operator input;
  private final Evaluator[] storedColumns;
  private final int ordering;
  private final Evaluator[] storedKeys;
  private final Evaluator[] keys;
  private final Affinity[] conversions;
  private final boolean[] nullMatches;
  private final StoredRow row;
  private final boolean oncePerRun;
  private final KeyTable table;
  private final MemoryClaim claim = new MemoryClaim(this::clear);
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private final Register[] key;
  private final Register[] stored;

  /** The rows in memory; for each key the first row, for each row the next one, -1 at the end. */
  private byte[][] records = new byte[16][];

  private int count;
  private long recordBytes;
  private int[] firstRow = new int[16];
  private int[] lastRow = new int[16];
  private int[] nextRow = new int[16];

  /** Keys whose rows are chained in order. */
  private final BitSet inOrder = new BitSet();

  private final RecordReader left = new RecordReader(TextEncoding.UTF8);
  private final Register[] leftValues;
  private final KeyOrder rowOrder = new KeyOrder(List.of(), TextEncoding.UTF8);

  /** The other rows: key, ordering columns, number, record. */
  private @Nullable TemporaryIndex others;

  private final List<KeyOrder.Column> othersOrder = new ArrayList<>();
  private final Register[] other;
  private final RecordReader otherReader = new RecordReader(TextEncoding.UTF8);
  private final Register found = new Register();
  private final Register rowNumber = new Register();

  private long filledIn = -1;

  /** The next row of the key in memory, or -1. */
  private int next;

  /** Whether the cursor of the others stands on a row of the key. */
  private boolean onOther;

  /** Whether that row has been put out. */
  private boolean otherTaken;

  /**
   * @param storedColumns what is kept of each row of the input
   * @param ordering how many of these at the beginning order the rows of one key
   * @param storedKeys the values in the input's row that are compared
   * @param keys what they shall be equal to
   * @param conversions of both before they are compared
   * @param nullMatches whether NULL equals NULL: IS
   */
  HashLookup(
      Operator input,
      Evaluator[] storedColumns,
      int ordering,
      Evaluator[] storedKeys,
      Evaluator[] keys,
      Affinity[] conversions,
      Collation[] collations,
      boolean[] nullMatches,
      StoredRow row,
      boolean oncePerRun) {
    this.input = input;
    this.storedColumns = storedColumns;
    this.ordering = ordering;
    this.storedKeys = storedKeys;
    this.keys = keys;
    this.conversions = conversions;
    this.nullMatches = nullMatches;
    this.row = row;
    this.oncePerRun = oncePerRun;
    this.table = new KeyTable(collations);
    this.key = Registers.of(keys.length);
    this.stored = Registers.of(storedColumns.length);
    this.leftValues = Registers.of(ordering);
    this.other = Registers.of(keys.length + ordering + 2);
    for (Collation collation : collations) {
      othersOrder.add(new KeyOrder.Column(collation, false, false));
    }
    othersOrder.addAll(Collections.nCopies(ordering + 1, KeyOrder.Column.DEFAULT));
  }

  @Override
  public void open(Frame frame) {
    if (!oncePerRun || filledIn != frame.run()) {
      clear();
      input.forEach(frame, this::take);
      filledIn = frame.run();
    }
    next = -1;
    onOther = false;
    otherTaken = false;
    if (evaluate(frame, keys)) {
      int number = table.find(key);
      if (number >= 0) {
        next = firstRow(number);
      }
      onOther = others != null && others.cursor().seek(key, key.length);
    }
  }

  /** The first row of a key, whose rows are put in order when the key is first sought. */
  private int firstRow(int number) {
    int first = firstRow[number];
    if (ordering == 0 || nextRow[first] < 0 || inOrder.get(number)) {
      return first;
    }
    List<Integer> rows = new ArrayList<>();
    for (int at = first; at >= 0; at = nextRow[at]) {
      rows.add(at);
    }
    rows.sort((a, b) -> compare(records[a], records[b]));
    for (int i = 0; i < rows.size(); i++) {
      nextRow[rows.get(i)] = i + 1 < rows.size() ? rows.get(i + 1) : -1;
    }
    firstRow[number] = rows.get(0);
    inOrder.set(number);
    return firstRow[number];
  }

  private int compare(byte[] record, byte[] second) {
    return compare(record, second, 0, second.length);
  }

  private int compare(byte[] record, byte[] bytes, int offset, int length) {
    left.attach(record, 0, record.length);
    for (int i = 0; i < ordering; i++) {
      left.read(i, leftValues[i]);
    }
    return rowOrder.compare(leftValues, ordering, bytes, offset, length);
  }

  private void clear() {
    table.clear();
    inOrder.clear();
    records = new byte[16][];
    count = 0;
    recordBytes = 0;
    claim.release();
    if (others != null) {
      others.close();
      others = null;
    }
  }

  private void take(Frame frame) {
    if (!evaluate(frame, storedKeys)) {
      return;
    }
    for (int i = 0; i < stored.length; i++) {
      storedColumns[i].into(frame, stored[i]);
    }
    encoder.encode(stored, stored.length);
    TemporaryIndex index = others;
    if (index == null) {
      keep(encoder.toByteArray());
      if (claim.set(frame, table.bytes() + recordBytes)) {
        others = new TemporaryIndex(frame, othersOrder);
      }
      return;
    }
    for (int i = 0; i < key.length; i++) {
      other[i].set(key[i]);
    }
    for (int i = 0; i < ordering; i++) {
      other[key.length + i].set(stored[i]);
    }
    other[key.length + ordering].setInteger(count);
    other[key.length + ordering + 1].setBlob(encoder.toByteArray());
    index.add(other, other.length);
    count++;
  }

  private void keep(byte[] record) {
    int known = table.size();
    int number = table.findOrAdd(key);
    if (count == records.length) {
      records = Arrays.copyOf(records, 2 * count);
    }
    if (records.length > nextRow.length) {
      nextRow = Arrays.copyOf(nextRow, records.length);
    }
    records[count] = record;
    recordBytes += record.length + ROW_OVERHEAD;
    nextRow[count] = -1;
    if (number < known) {
      nextRow[lastRow[number]] = count;
    } else {
      if (number == firstRow.length) {
        firstRow = Arrays.copyOf(firstRow, 2 * number);
        lastRow = Arrays.copyOf(lastRow, 2 * number);
      }
      firstRow[number] = count;
    }
    lastRow[number] = count;
    count++;
  }

  /** Computes a key. @return whether it can equal another: parts that are NULL match nothing */
  private boolean evaluate(Frame frame, Evaluator[] parts) {
    for (int i = 0; i < parts.length; i++) {
      parts[i].into(frame, key[i]);
      if (!key[i].isNull()) {
        conversions[i].apply(key[i]);
      } else if (!nullMatches[i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean next(Frame frame) {
    TemporaryIndex index = others;
    if (otherTaken && index != null) {
      // The key is that of the last opening: nobody else computes one before the next.
      onOther = index.cursor().next() && index.cursor().compareKey(key, key.length) == 0;
      otherTaken = false;
    }
    if (onOther && index != null) {
      index.attach(otherReader);
      otherReader.read(key.length + ordering + 1, found);
      if (next < 0 || compare(records[next], found.bytes, found.offset, found.length) > 0) {
        otherReader.read(key.length + ordering, rowNumber);
        row.attach(found.bytes, found.offset, found.length, (int) rowNumber.integer);
        otherTaken = true;
        return true;
      }
    }
    if (next < 0) {
      return false;
    }
    row.attach(records[next], next);
    next = nextRow[next];
    return true;
  }
}
