package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;

/** A file in memory that somebody has opened. */
final class MemoryFile implements StorageFile {
  private final String path;
  private final MemoryFileContent content;
  private final boolean readOnly;

  MemoryFile(String path, MemoryFileContent content, boolean readOnly) {
    this.path = path;
    this.content = content;
    this.readOnly = readOnly;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long size() {
    return content.size();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    return content.read(position, target, offset, length);
  }

  @Override
  public int read(long position, ByteBuffer target) {
    if (target.hasArray()) {
      int count =
          content.read(
              position,
              target.array(),
              target.arrayOffset() + target.position(),
              target.remaining());
      target.position(target.position() + count);
      return count;
    }
    byte[] bytes = new byte[target.remaining()];
    int count = content.read(position, bytes, 0, bytes.length);
    target.put(bytes, 0, count);
    return count;
  }

  @Override
  public void write(long position, ByteBuffer[] sources, int count) {
    requireWritable();
    content.write(position, sources, count);
  }

  @Override
  public void write(long position, ByteBuffer source) {
    write(position, new ByteBuffer[] {source}, 1);
  }

  @Override
  public void sync(boolean metadata) {
    // Memory is as durable as it gets.
  }

  @Override
  public void truncate(long size) {
    requireWritable();
    content.truncate(size);
  }

  private void requireWritable() {
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
  }

  /** Always succeeds: no other process sees this memory. */
  @Override
  public boolean tryLock(long position, long length, boolean shared) {
    content.lock(this, position, length);
    return true;
  }

  @Override
  public void unlock(long position, long length) {
    content.unlock(this, position, length);
  }

  @Override
  public void close() {
    content.unlockAll(this);
  }
}
