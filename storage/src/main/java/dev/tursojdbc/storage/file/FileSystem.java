package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.TursoException;
import org.jspecify.annotations.Nullable;

/**
 * Where databases live: the operating system's files, memory, or a recorder that can crash and
 * fail.
 *
 * <p>Paths are strings in the file system's own form. Failures are {@link TursoException}s that
 * name path, operation and offset.
 */
public interface FileSystem {

  /** How a file is opened. */
  enum OpenMode {
    /** The file must exist; writes fail. */
    READ_ONLY,
    /** The file must exist. */
    READ_WRITE,
    /** The file is made if absent. */
    CREATE
  }

  /**
   * Opens a descriptor of its own. The caller owns the result and closes it once. Not for files
   * that locks are taken on: see {@link #openShared}.
   */
  StorageFile open(String path, OpenMode mode);

  /**
   * Opens a database file, or another on which locks are taken. Those who do so share one
   * descriptor, which closes after the last of them; two of them exclude each other by locks as two
   * processes do. The caller closes the result once.
   *
   * <p>Never open the file by other means meanwhile, not even to copy it: on POSIX systems closing
   * any descriptor of a file drops all locks that the process has on it.
   *
   * @param path a canonical path
   */
  StorageFile openShared(String path, OpenMode mode);

  /** Whether processes can share memory by mapping a file that lies here. */
  default boolean sharesMemory() {
    return false;
  }

  /**
   * Opens a file to be mapped, and makes it if it is absent. The caller closes the result once.
   *
   * @throws TursoException CANTOPEN if it can neither be opened for writing nor made
   */
  default SharedMemoryFile openSharedMemory(String path) {
    throw new IllegalStateException("no shared memory for " + path);
  }

  /** A file without a name, gone when it is closed: for sorters and temporary databases. */
  StorageFile openTemporary();

  boolean exists(String path);

  /** Size in bytes, 0 if the file does not exist. */
  long size(String path);

  /** Deletes the file; nothing happens if it does not exist. */
  void delete(String path);

  /** Makes creations and deletions in the file's directory durable. */
  void syncDirectory(String path);

  /** The path that names this file whatever the way it was written: absolute, links resolved. */
  String canonicalPath(String path);

  /**
   * What tells this file from all others, whatever names it has: equal for two paths if and only if
   * they name the same file.
   *
   * @return null if there is no such file
   */
  @Nullable Object fileKey(String path);

  /**
   * The first descriptor of a shared file is about to be opened. Refuses it if somebody else in
   * this process uses the file, whose locks would get lost with ours.
   */
  default void claim(Object fileKey, String path) {}

  /** The last descriptor of a claimed file has been closed. */
  default void release(Object fileKey) {}

  /** Whether the file exists and may be written by this process. */
  boolean isWritable(String path);

  /**
   * A named point in the code has been reached; a test's file system may stop the thread here. The
   * names are {@code package.operation.point}, such as {@code wal.commit.before-publish}.
   */
  default void reached(String point) {}
}
