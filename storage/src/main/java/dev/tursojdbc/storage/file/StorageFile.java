package dev.tursojdbc.storage.file;

import java.nio.ByteBuffer;

/**
 * An open file: positional reads and writes, sync, truncate, byte-range locks. All operations may
 * be called by several threads at once. An interrupted thread keeps its interrupt flag and its
 * operation completes: nothing here is closed by {@link Thread#interrupt()}.
 */
public interface StorageFile extends AutoCloseable {

  String path();

  /** Current size in bytes. */
  long size();

  /**
   * Reads until the target is full or the file ends.
   *
   * @return the number of bytes read, less than asked only at the end of the file, 0 beyond it
   */
  int read(long position, ByteBuffer target);

  /** As {@link #read(long, ByteBuffer)}, into a part of an array. */
  default int read(long position, byte[] target, int offset, int length) {
    return read(position, ByteBuffer.wrap(target, offset, length));
  }

  /** Writes the first {@code count} buffers one after the other, whole, as one batch. */
  void write(long position, ByteBuffer[] sources, int count);

  /** Writes the whole buffer. */
  void write(long position, ByteBuffer source);

  /**
   * Makes what was written durable.
   *
   * @param metadata also what is not needed to read the data back, such as times
   */
  void sync(boolean metadata);

  /** Cuts the file; one that is not longer stays as it is. */
  void truncate(long size);

  /**
   * Takes a byte-range lock, without waiting. A {@linkplain FileSystem#openShared shared} file
   * holds it against other processes and against other users in this one. A plain one holds it
   * against other processes only, and in this one a second lock on the same bytes is an error.
   *
   * @return whether the lock was taken; false if somebody else holds a conflicting one
   * @throws IllegalStateException if bytes of the range are already locked through this file
   */
  boolean tryLock(long position, long length, boolean shared);

  /** Releases a lock taken with exactly this range. */
  void unlock(long position, long length);

  @Override
  void close();
}
