package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.file.FileSystem;

/**
 * One database of the process. Opened once per file identity, shared by all connections to it; it
 * owns the file descriptors, the page cache and the log.
 */
public final class DatabaseFile {
  private DatabaseFile() {}

  /** Opens a connection; the first one opens the database. */
  public static Pager connect(FileSystem fileSystem, String path, OpenOptions options) {
    throw new UnsupportedOperationException();
  }
}
