package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are kept, as records in the order in which they came: the first ones in memory, what
 * exceeds it in a temporary file.
 */
final class RowStore {
  /** What a record takes beside its bytes: array header, reference. */
  private static final int RECORD_OVERHEAD = 24;

  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private final MemoryClaim claim = new MemoryClaim(this::clear);
  private byte[][] records = new byte[16][];
  private int inMemory;
  private long bytes;
  private @Nullable TemporaryTable others;
  private int size;

  void clear() {
    if (records.length > 1024) {
      records = new byte[16][];
    } else {
      Arrays.fill(records, 0, inMemory, null);
    }
    inMemory = 0;
    size = 0;
    bytes = 0;
    claim.release();
    if (others != null) {
      others.close();
      others = null;
    }
  }

  int size() {
    return size;
  }

  byte[] record(int index) {
    if (index < inMemory || others == null) {
      return records[index];
    }
    return others.record(index - inMemory);
  }

  void add(Frame frame, Register[] row) {
    encoder.encode(row, row.length);
    add(frame, encoder.toByteArray());
  }

  void add(Frame frame, byte[] record) {
    size++;
    TemporaryTable spilled = others;
    if (spilled != null) {
      spilled.add(record);
      return;
    }
    if (inMemory == records.length) {
      records = Arrays.copyOf(records, 2 * inMemory);
    }
    records[inMemory] = record;
    inMemory++;
    bytes += record.length + RECORD_OVERHEAD;
    if (claim.set(frame, bytes)) {
      others = new TemporaryTable(frame);
    }
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
              add(f, row);
            });
  }
}
