package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.ExecutionContext;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows of a query that are kept to be read in any order, as records: the first ones in memory, up
 * to what a statement may keep there, the rest in a temporary file.
 *
 * <p>Rows count from 0; values are of the row that was {@linkplain #moveTo moved to}. Kept rows
 * outlive the run of their query, but not the session.
 */
public final class KeptRows extends RowValues implements AutoCloseable {
  /** What a record takes beside its bytes: array header, reference. */
  private static final int RECORD_OVERHEAD = 24;

  private final ExecutionContext context;
  private final Register[] added;
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Register value = new Register();

  private final List<byte[]> inMemory = new ArrayList<>();
  private long bytesInMemory;
  private @Nullable RecordFile others;
  private int count;
  private boolean onRow;

  KeptRows(ExecutionContext context, int columns) {
    this.context = context;
    this.added = new Register[columns];
  }

  /** How many there are. */
  public int count() {
    return count;
  }

  /** Adds the current row of the query. */
  public void add(Query query) {
    if (count == Integer.MAX_VALUE) {
      throw new TursoException(ErrorCode.FULL);
    }
    for (int i = 0; i < added.length; i++) {
      added[i] = query.value(i);
    }
    try {
      encoder.encode(added, added.length);
      add(encoder.toByteArray());
    } catch (RuntimeException | OutOfMemoryError failure) {
      throw StatementFailure.toThrow(failure);
    }
    count++;
  }

  private void add(byte[] record) {
    RecordFile file = others;
    if (file == null && bytesInMemory > context.memoryBudget()) {
      file = new RecordFile(context.temporaryFiles());
      others = file;
    }
    if (file != null) {
      file.add(record);
    } else {
      inMemory.add(record);
      bytesInMemory += record.length + RECORD_OVERHEAD;
    }
  }

  /** Makes a row current. */
  public void moveTo(int number) {
    byte[] record = record(number);
    reader.attach(record, 0, record.length);
    onRow = true;
  }

  private byte[] record(int number) {
    RecordFile file = others;
    if (file == null || number < inMemory.size()) {
      return inMemory.get(number);
    }
    return file.record(number - inMemory.size());
  }

  @Override
  Register value(int column) {
    if (!onRow) {
      throw new TursoException(ErrorCode.MISUSE);
    }
    reader.read(column, value);
    return value;
  }

  @Override
  public void close() {
    onRow = false;
    inMemory.clear();
    bytesInMemory = 0;
    count = 0;
    if (others != null) {
      others.close();
      others = null;
    }
  }
}
