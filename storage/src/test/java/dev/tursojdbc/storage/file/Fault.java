package dev.tursojdbc.storage.file;

/** How an operation on a {@link RecordingFileSystem} fails. */
public enum Fault {
  /** The device answers with an error; nothing is done. A sync leaves open what is durable. */
  EIO,
  /** There is no room; nothing is written. */
  ENOSPC,
  /** Half of the bytes are written, then there is no room. */
  SHORT_WRITE,
  /** Half of the bytes are read, as if the file ended there. */
  SHORT_READ;

  /** Whether it can happen to the operation. */
  public boolean appliesTo(FileOperation operation) {
    return switch (this) {
      case EIO -> true;
      case ENOSPC -> operation == FileOperation.WRITE || operation == FileOperation.CREATE;
      case SHORT_WRITE -> operation == FileOperation.WRITE;
      case SHORT_READ -> operation == FileOperation.READ;
    };
  }
}
