package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;

/** Keys and values as records, in the order in which they came or in that of a sorter. */
final class StoredKeys {
  private final RowStore rows = new RowStore();
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Sorter sorter;
  private final Register[] row;
  private boolean sorted;
  private int position;

  StoredKeys(int count, Sorter sorter) {
    this.row = Registers.of(count);
    this.sorter = sorter;
  }

  void clear() {
    rows.clear();
    sorter.clear();
  }

  void begin(boolean inOrder) {
    sorted = inOrder;
  }

  void add(Frame frame, Evaluator[] columns) {
    for (int i = 0; i < row.length; i++) {
      columns[i].into(frame, row[i]);
    }
    if (sorted) {
      sorter.add(frame, row, row.length);
    } else {
      rows.add(frame, row);
    }
  }

  void rewind(Frame frame) {
    position = 0;
    if (sorted) {
      sorter.sort(frame);
    }
  }

  boolean next(Register[] target) {
    if (sorted) {
      if (!sorter.next()) {
        return false;
      }
      for (int i = 0; i < row.length; i++) {
        sorter.read(i, target[i]);
      }
      return true;
    }
    if (position == rows.size()) {
      return false;
    }
    byte[] record = rows.record(position++);
    reader.attach(record, 0, record.length);
    for (int i = 0; i < row.length; i++) {
      reader.read(i, target[i]);
    }
    return true;
  }
}
