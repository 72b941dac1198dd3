package dev.tursojdbc.storage.file;

/**
 * Byte-range locks on the files of a {@link RecordingFileSystem}, as another process takes them.
 */
public final class OtherProcess {
  private final RecordingFileSystem fileSystem;

  OtherProcess(RecordingFileSystem fileSystem) {
    this.fileSystem = fileSystem;
  }

  /** Takes a lock unless the process under test holds a conflicting one. */
  public boolean tryLock(String path, long position, long length, boolean shared) {
    synchronized (fileSystem) {
      return file(path).lock(true, position, length, shared);
    }
  }

  /** Releases a lock taken with exactly this range. */
  public void unlock(String path, long position, long length) {
    synchronized (fileSystem) {
      if (!file(path).unlock(true, position, length)) {
        throw new IllegalStateException(position + "+" + length + " of " + path + " is not locked");
      }
    }
  }

  /** The process dies: its locks on the file are gone. */
  public void dropLocks(String path) {
    synchronized (fileSystem) {
      file(path).dropForeignLocks();
    }
  }

  private RecordedFile file(String path) {
    RecordedFile file = fileSystem.find(path);
    if (file == null) {
      throw new IllegalStateException("no file " + path);
    }
    return file;
  }
}
