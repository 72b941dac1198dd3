package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import org.jspecify.annotations.Nullable;

/**
 * A file that this process has open, with its users and their locks; see {@link FileRegistry}, by
 * whose monitor everything here is guarded.
 *
 * <p>There is one descriptor, or two if the file was first opened for reading and later for
 * writing; the first must then stay open too, because closing it would drop the locks.
 */
final class SharedFile {
  private final FileRegistry registry;
  private final String path;
  private final Object fileKey;
  private @Nullable StorageFile readOnly;
  private @Nullable StorageFile writable;
  private final RangeLocks locks = new RangeLocks();
  private int users;

  SharedFile(
      FileRegistry registry, String path, Object fileKey, StorageFile descriptor, OpenMode mode) {
    this.registry = registry;
    this.path = path;
    this.fileKey = fileKey;
    if (mode == OpenMode.READ_ONLY) {
      readOnly = descriptor;
    } else {
      writable = descriptor;
    }
  }

  Object fileKey() {
    return fileKey;
  }

  /** Adds a user. */
  StorageFile join(OpenMode mode) {
    StorageFile descriptor = writable;
    if (descriptor == null && mode == OpenMode.READ_ONLY) {
      descriptor = readOnly;
    }
    if (descriptor == null) {
      descriptor = openWritable();
    }
    users++;
    return new SharedFileUser(this, descriptor, mode == OpenMode.READ_ONLY, locks);
  }

  private StorageFile openWritable() {
    StorageFile descriptor = registry.fileSystem().open(path, OpenMode.READ_WRITE);
    writable = descriptor;
    return descriptor;
  }

  void leave() {
    registry.leave(this);
  }

  /** Removes a user. @return whether it was the last */
  boolean removeUser() {
    users--;
    return users == 0;
  }

  void closeDescriptors() {
    try (StorageFile first = readOnly;
        StorageFile second = writable) {
      assert first != null || second != null;
    } finally {
      registry.fileSystem().release(fileKey);
    }
  }

  static TursoException vanished(String path) {
    return new TursoException(
        ErrorCode.CANTOPEN,
        ErrorCode.CANTOPEN.message() + " (open " + path + ": somebody deleted it meanwhile)");
  }
}
