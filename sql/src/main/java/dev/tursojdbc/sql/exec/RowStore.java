package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;

/** Rows that are kept, as records in the order in which they came. */
final class RowStore {
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private byte[][] records = new byte[16][];
  private int size;

  void clear() {
    Arrays.fill(records, 0, size, null);
    size = 0;
  }

  int size() {
    return size;
  }

  byte[] record(int index) {
    return records[index];
  }

  void add(Register[] row) {
    encoder.encode(row, row.length);
    add(encoder.toByteArray());
  }

  void add(byte[] record) {
    if (size == records.length) {
      records = Arrays.copyOf(records, 2 * size);
    }
    records[size] = record;
    size++;
  }

  /** Runs a query and keeps its rows. */
  void fill(Frame frame, BuiltQuery query) {
    clear();
    Evaluator[] columns = query.columns();
    Register[] row = Registers.of(columns.length);
    query
        .operator()
        .forEach(
            frame,
            f -> {
              for (int i = 0; i < row.length; i++) {
                columns[i].into(f, row[i]);
              }
              add(row);
            });
  }
}
