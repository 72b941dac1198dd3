package dev.tursojdbc.sql.exec;

import java.nio.ByteBuffer;

/** A sorted part of a sorter's rows in its temporary file, being read. */
final class SortedRun {
  private final RunFile file;
  private final long start;
  private final long end;
  private final int number;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long position;
  private byte[] record = {};

  /**
   * @param number position among the runs, in the order in which their rows came
   */
  SortedRun(RunFile file, long start, long end, int number) {
    this.file = file;
    this.start = start;
    this.end = end;
    this.number = number;
  }

  int number() {
    return number;
  }

  /** Goes to before the first record. */
  void open(int bufferSize) {
    buffer = ByteBuffer.allocate(bufferSize);
    buffer.limit(0);
    position = start;
  }

  /** Reads the next record. @return whether there is one; if not, the buffer is given back */
  boolean advance() {
    if (!fill(Integer.BYTES)) {
      buffer = ByteBuffer.allocate(0);
      return false;
    }
    int size = buffer.getInt();
    fill(size);
    record = new byte[size];
    buffer.get(record);
    return true;
  }

  private boolean fill(int count) {
    if (buffer.remaining() >= count) {
      return true;
    }
    if (count > buffer.capacity()) {
      ByteBuffer larger = ByteBuffer.allocate(count);
      larger.put(buffer);
      buffer = larger;
    } else {
      buffer.compact();
    }
    buffer.limit(buffer.position() + (int) Math.min(buffer.remaining(), end - position));
    position += file.read(position, buffer);
    buffer.flip();
    return buffer.remaining() >= count;
  }

  byte[] record() {
    return record;
  }
}
