package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import java.util.HashMap;
import java.util.Map;

/**
 * The open shared files of a file system, so that each is opened once however many use it.
 *
 * <p>Two facts about POSIX locks make this necessary. They belong to the process: two users of a
 * file in one process never conflict in the kernel. And closing any descriptor of a file drops all
 * locks of the process on that file. Hence the users of a file share its descriptor and a table of
 * locks; a lock is taken in the kernel for the first holder and released after the last, and the
 * descriptor is closed after its last user.
 *
 * <p>A file is known by {@link FileSystem#fileKey}, not by its path.
 */
final class FileRegistry {
  private final FileSystem fileSystem;

  /** Guarded by this, as is every opening and closing. */
  private final Map<Object, SharedFile> files = new HashMap<>();

  FileRegistry(FileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  synchronized StorageFile open(String path, OpenMode mode) {
    Object fileKey = fileSystem.fileKey(path);
    if (fileKey == null) {
      // The key is known only once the file is there. Nobody can hold locks on a new file yet, so
      // this descriptor may be closed again.
      fileSystem.open(path, mode).close();
      fileKey = fileSystem.fileKey(path);
      if (fileKey == null) {
        throw SharedFile.vanished(path);
      }
    }
    SharedFile shared = files.get(fileKey);
    return shared != null ? shared.join(mode) : register(path, mode, fileKey);
  }

  private StorageFile register(String path, OpenMode mode, Object fileKey) {
    fileSystem.claim(fileKey, path);
    StorageFile descriptor;
    try {
      descriptor = fileSystem.open(path, mode);
    } catch (RuntimeException e) {
      fileSystem.release(fileKey);
      throw e;
    }
    SharedFile shared = new SharedFile(this, path, fileKey, descriptor, mode);
    files.put(fileKey, shared);
    return shared.join(mode);
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  /** A user has left. */
  synchronized void leave(SharedFile shared) {
    if (shared.removeUser()) {
      files.remove(shared.fileKey());
      shared.closeDescriptors();
    }
  }
}
