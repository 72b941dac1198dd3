package dev.tursojdbc.storage.file;

import java.nio.ByteBuffer;

/**
 * A file whose content several processes share as memory: SQLite's {@code -shm}.
 *
 * <p>It has one user in this process, who keeps its own account of who holds what: locks taken here
 * hold against other processes only, and to lock bytes twice is an error. As long as it is open
 * nobody in this process may open the file by other means; see {@link FileSystem#openShared}.
 */
public interface SharedMemoryFile extends AutoCloseable {

  String path();

  /** Current size in bytes. */
  long size();

  /** Cuts the file. What is mapped behind the new end must not be used any more, by nobody. */
  void truncate(long size);

  /**
   * Makes the file at least so long by writing zeros behind its end, so that a full disk is noticed
   * here, as FULL, and not when the memory is used.
   */
  void grow(long size);

  /**
   * Maps a part of the file, which must be as long. The memory is freed when nobody refers to the
   * buffer any more; it may be used for as long as the file is open.
   *
   * @param position a multiple of the operating system's page size
   */
  ByteBuffer map(long position, int size);

  /** Takes a byte-range lock against other processes, without waiting. */
  boolean tryLock(long position, long length, boolean shared);

  /** Releases a lock taken with exactly this range. */
  void unlock(long position, long length);

  /** Gives up all locks. */
  @Override
  void close();
}
