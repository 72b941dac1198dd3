package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.util.HashMap;
import java.util.Map;

/**
 * The process's open database files, so that each is opened once however many use it.
 *
 * <p>Two facts about POSIX locks make this necessary. They belong to the process: two users of a
 * file in one process never conflict in the kernel. And closing any descriptor of a file drops all
 * locks of the process on that file. Hence the users of a file share its descriptor and a table of
 * locks; a lock is taken in the kernel for the first holder and released after the last, and the
 * descriptor is closed after its last user. What {@link #open} answers behaves in all other
 * respects like a file of its own: two of them exclude each other by locks as two processes do, and
 * closing one releases the locks that were taken through it.
 *
 * <p>A file is known by {@link FileSystem#fileKey}, not by its path. Never open the file by other
 * means while it is registered, not even to copy it.
 */
public final class FileRegistry {
  /** Guarded by the class, as is every opening and closing. */
  private static final Map<Object, SharedFile> FILES = new HashMap<>();

  private FileRegistry() {}

  /**
   * Opens a file or joins those who have it open. The caller closes the result once.
   *
   * @param path a canonical path
   */
  public static synchronized StorageFile open(FileSystem fileSystem, String path, OpenMode mode) {
    Object fileKey = fileSystem.fileKey(path);
    if (fileKey == null) {
      return create(fileSystem, path, mode);
    }
    SharedFile shared = FILES.get(fileKey);
    if (shared != null) {
      return shared.join(mode);
    }
    fileSystem.claim(fileKey, path);
    return register(fileSystem, path, mode, fileKey);
  }

  private static StorageFile create(FileSystem fileSystem, String path, OpenMode mode) {
    // Whoever else could own a descriptor of the file must have opened it within this call.
    fileSystem.open(path, mode).close();
    Object fileKey = fileSystem.fileKey(path);
    if (fileKey == null) {
      throw SharedFile.vanished(path);
    }
    return open(fileSystem, path, mode);
  }

  private static StorageFile register(
      FileSystem fileSystem, String path, OpenMode mode, Object fileKey) {
    StorageFile descriptor;
    try {
      descriptor = fileSystem.open(path, mode);
    } catch (RuntimeException e) {
      fileSystem.release(fileKey);
      throw e;
    }
    SharedFile shared = new SharedFile(fileSystem, path, fileKey, descriptor, mode);
    FILES.put(fileKey, shared);
    return shared.join(mode);
  }

  /** A user has left. */
  static synchronized void leave(SharedFile shared) {
    if (shared.removeUser()) {
      FILES.remove(shared.fileKey());
      shared.closeDescriptors();
    }
  }
}
