package dev.tursojdbc.sql;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * A temporary file of records, one after another, each to be read by its number. Where they begin
 * is kept in memory.
 */
final class RecordFile implements AutoCloseable {
  private static final int WRITE_BUFFER_SIZE = 1 << 16;

  private final StorageFile file;

  /** Where each record begins, and behind them where the next one will. */
  private long[] offsets = new long[16];

  private int count;

  /** The last records, not written yet. */
  private final ByteBuffer unwritten = ByteBuffer.allocate(WRITE_BUFFER_SIZE);

  /** Bytes in the file, where the unwritten ones begin. */
  private long written;

  RecordFile(FileSystem files) {
    file = files.openTemporary();
  }

  void add(byte[] record) {
    if (unwritten.remaining() < record.length) {
      flush();
    }
    if (record.length > unwritten.capacity()) {
      write(ByteBuffer.wrap(record));
    } else {
      unwritten.put(record);
    }
    if (count + 1 == offsets.length) {
      offsets = Arrays.copyOf(offsets, 2 * offsets.length);
    }
    offsets[count + 1] = offsets[count] + record.length;
    count++;
  }

  private void flush() {
    write(unwritten.flip());
    unwritten.clear();
  }

  private void write(ByteBuffer bytes) {
    int length = bytes.remaining();
    if (length > 0) {
      file.write(written, bytes);
      written += length;
    }
  }

  byte[] record(int number) {
    long offset = offsets[number];
    byte[] record = new byte[(int) (offsets[number + 1] - offset)];
    if (offset + record.length > written) {
      flush();
    }
    file.read(offset, record, 0, record.length);
    return record;
  }

  @Override
  public void close() {
    file.close();
  }
}
