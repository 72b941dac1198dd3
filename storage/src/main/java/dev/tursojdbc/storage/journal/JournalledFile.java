package dev.tursojdbc.storage.journal;

import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.page.DatabaseHeader;
import java.util.Arrays;

/**
 * A database file without a write-ahead log, as all connections of this process share it: which
 * committed state it holds.
 *
 * <p>States are numbered. A commit of this process makes the next one and says which pages it
 * changed, so that what is cached of the others stays good. A commit of another process is noticed
 * by the header's change counter and the fields behind it, or by the file's size; then nothing is
 * known about any page, which is what skipping a number says.
 *
 * <p>If the file turns out to be something else than it was when it was opened (another page size,
 * WAL mode, empty), this object is outdated for good, and the database is to be opened anew.
 */
public final class JournalledFile {
  /** Change counter, size, freelist: what SQLite compares. */
  private static final int VERSION_OFFSET = DatabaseHeader.CHANGE_COUNTER_OFFSET;

  private static final int VERSION_SIZE = 16;
  private static final int[] NO_PAGES = {};

  private final FileSystem fileSystem;
  private final StorageFile file;
  private final String path;
  private final int pageSize;

  /** Guarded by this. */
  private byte[] version = {};

  private long size = -1;

  private volatile State state = new State(1, 1, NO_PAGES);
  private volatile boolean outdated;

  /**
   * A committed state.
   *
   * <p>The generation differs for each; the pages are those that the commit of this process changed
   * that led to it.
   */
  static final class State {
    final long generation;
    final long changeCount;
    final int[] changedPages;

    State(long generation, long changeCount, int[] changedPages) {
      this.generation = generation;
      this.changeCount = changeCount;
      this.changedPages = changedPages;
    }
  }

  /**
   * @param path of the database
   * @param pageSize what it has, or is to have while it is empty
   */
  public JournalledFile(FileSystem fileSystem, StorageFile file, String path, int pageSize) {
    this.fileSystem = fileSystem;
    this.file = file;
    this.path = path;
    this.pageSize = pageSize;
  }

  /**
   * One connection to it.
   *
   * @param own the same file, opened {@linkplain FileSystem#openShared shared} for the connection
   *     alone, which takes its locks through it and closes it
   */
  public JournalledConnection connect(StorageFile own, boolean readOnly) {
    return new JournalledConnection(this, own, readOnly);
  }

  FileSystem fileSystem() {
    return fileSystem;
  }

  String path() {
    return path;
  }

  int pageSize() {
    return pageSize;
  }

  /** Whether this is not the file any more that was opened. */
  public boolean isOutdated() {
    return outdated;
  }

  void setOutdated() {
    outdated = true;
  }

  /** The state that the file holds. The caller holds SHARED, so it does not change meanwhile. */
  synchronized State validate() {
    long presentSize = file.size();
    byte[] header = new byte[DatabaseHeader.SIZE];
    int read = file.read(0, header, 0, header.length);
    if (!isOfThisLayout(header, read)) {
      outdated = true;
      return state;
    }
    byte[] present = versionIn(header, read);
    if (presentSize != size || !Arrays.equals(present, version)) {
      if (size >= 0) {
        State last = state;
        state = new State(last.generation + 1, last.changeCount + 2, NO_PAGES);
      }
      version = present;
      size = presentSize;
    }
    return state;
  }

  /**
   * Whether the header is one of a database as it was opened.
   *
   * @param bytes the header; what a shorter file lacks is zero, as {@code Attaching} reads it too:
   *     if the two disagreed, the file would be opened anew for ever
   * @param count how many bytes of it the file has
   */
  private boolean isOfThisLayout(byte[] bytes, int count) {
    if (count == 0) {
      return size <= 0;
    }
    try {
      DatabaseHeader header = DatabaseHeader.decode(bytes);
      return header.pageSize() == pageSize && !header.isWal();
    } catch (TursoException e) {
      // Opening it anew finds the same, and says so.
      return false;
    }
  }

  private static byte[] versionIn(byte[] header, int count) {
    return count == 0
        ? new byte[0]
        : Arrays.copyOfRange(header, VERSION_OFFSET, VERSION_OFFSET + VERSION_SIZE);
  }

  /** Somebody may have changed anything; what is cached is not to be trusted. */
  synchronized void distrust() {
    version = new byte[0];
  }

  /**
   * A commit of this process is final. The caller still holds EXCLUSIVE. What the file looks like
   * is not asked, for an answer that failed would belie the commit.
   *
   * @param firstPage as it was written
   * @param newSize of the file
   */
  synchronized State committed(int[] changedPages, byte[] firstPage, long newSize) {
    version = versionIn(firstPage, firstPage.length);
    size = newSize;
    State last = state;
    State next = new State(last.generation + 1, last.changeCount + 1, changedPages);
    state = next;
    return next;
  }
}
