package dev.tursojdbc.storage.file;

/** What a {@link RecordingFileSystem} counts and can let fail. */
public enum FileOperation {
  /** Opening of a file that exists. */
  OPEN,
  /** Opening of a file that did not exist. */
  CREATE,
  READ,
  WRITE,
  TRUNCATE,
  SYNC,
  DELETE,
  SYNC_DIRECTORY,
  LOCK;

  /** Whether it changes what a disk holds, so that a crash before and after it differ. */
  public boolean isChange() {
    return switch (this) {
      case CREATE, WRITE, TRUNCATE, SYNC, DELETE, SYNC_DIRECTORY -> true;
      case OPEN, READ, LOCK -> false;
    };
  }
}
