package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;

/** A sorter's temporary file: records, each behind its length, in sorted runs one after another. */
final class RunFile implements AutoCloseable {
  private final Frame frame;
  private final StorageFile file;
  private ByteBuffer buffer = ByteBuffer.allocate(0);
  private long written;
  private boolean closed;

  RunFile(Frame frame) {
    this.frame = frame;
    this.file = frame.context().temporaryFiles().openTemporary();
    frame.closeAtEnd(this);
  }

  /** Begins a run. @return where it begins */
  long begin(int bufferSize) {
    buffer = ByteBuffer.allocate(bufferSize);
    return written;
  }

  void write(byte[] record) {
    int size = Integer.BYTES + record.length;
    if (buffer.remaining() < size) {
      flush();
      if (size > buffer.capacity()) {
        buffer = ByteBuffer.allocate(size);
      }
    }
    buffer.putInt(record.length).put(record);
  }

  /** Ends a run. @return where it ends */
  long end() {
    flush();
    buffer = ByteBuffer.allocate(0);
    return written;
  }

  private void flush() {
    buffer.flip();
    int count = buffer.remaining();
    if (count > 0) {
      file.write(written, buffer);
      written += count;
    }
    buffer.clear();
  }

  int read(long position, ByteBuffer target) {
    return file.read(position, target);
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      frame.closed(this);
      file.close();
    }
  }
}
