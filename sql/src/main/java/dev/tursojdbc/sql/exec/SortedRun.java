package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;

/** A sorted part of a sorter's rows in a temporary file: each record behind its length. */
final class SortedRun implements AutoCloseable {
  private static final int BUFFER_SIZE = 1 << 16;

  private final StorageFile file;
  private final int number;
  private ByteBuffer buffer = ByteBuffer.allocate(BUFFER_SIZE);
  private long position;
  private long length;
  private byte[] record = {};
  private boolean closed;

  SortedRun(Frame frame, int number) {
    this.file = frame.context().temporaryFiles().openTemporary();
    this.number = number;
    frame.closeAtEnd(this);
  }

  /** Position among the runs, in the order in which their rows came. */
  int number() {
    return number;
  }

  void write(byte[] bytes) {
    if (buffer.remaining() < Integer.BYTES + bytes.length) {
      flush();
    }
    if (Integer.BYTES + bytes.length > buffer.capacity()) {
      buffer = ByteBuffer.allocate(Integer.BYTES + bytes.length);
    }
    buffer.putInt(bytes.length).put(bytes);
  }

  private void flush() {
    buffer.flip();
    int count = buffer.remaining();
    file.write(position, buffer);
    position += count;
    length = position;
    buffer.clear();
  }

  /** Ends writing; reading begins. */
  void rewind() {
    flush();
    position = 0;
    buffer.limit(0);
  }

  /** Reads the next record. @return whether there is one */
  boolean advance() {
    if (!fill(Integer.BYTES)) {
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
      larger.flip();
      buffer = larger;
    }
    buffer.compact();
    int wanted = (int) Math.min(buffer.remaining(), length - position);
    buffer.limit(buffer.position() + wanted);
    position += file.read(position, buffer);
    buffer.flip();
    return buffer.remaining() >= count;
  }

  byte[] record() {
    return record;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      file.close();
    }
  }
}
