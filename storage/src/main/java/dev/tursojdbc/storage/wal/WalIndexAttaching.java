package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.SharedMemoryFile;
import dev.tursojdbc.storage.file.StorageFile;

/**
 * How a process comes to share the wal-index of a log.
 *
 * <pre>
 *   byte 128 exclusively? -- yes: nobody uses the file --> cut it to 3 bytes --> give the lock back
 *     |                                                                               |
 *     no: it is in use, or about to be cut                                            |
 *     v                                                                               |
 *   byte 128 shared, until the end  <-------------------------------------------------+
 * </pre>
 *
 * <p>Nothing is mapped before byte 128 is held: a file that nobody uses may be left over from
 * before the machine went down, and is emptied by the first who comes. A lock cannot be turned from
 * exclusive to shared here, so the two are taken one after the other, and if somebody gets in
 * between it begins anew.
 *
 * <p>That leaves a gap: whoever holds the lock exclusively may die before he cuts the file, between
 * another's two tries, which then takes the old content for good. So who was not the first looks
 * whether the log has what the header says of it.
 */
final class WalIndexAttaching {
  private static final long ATTACHED = 128;
  private static final int EMPTIED_SIZE = 3;

  private final FileSystem fileSystem;
  private final String logPath;
  private final int pageSize;

  WalIndexAttaching(FileSystem fileSystem, String logPath, int pageSize) {
    this.fileSystem = fileSystem;
    this.logPath = logPath;
    this.pageSize = pageSize;
  }

  /**
   * The caller holds SHARED on the database, so that nobody deletes the file meanwhile.
   *
   * @throws TursoException CANTOPEN if the file cannot be made or opened for writing
   */
  WalCoordination attach(String indexPath) {
    SharedMemoryFile file = fileSystem.openSharedMemory(indexPath);
    boolean attached = false;
    try {
      boolean first = lock(file);
      ShmWalCoordination made = new ShmWalCoordination(file, pageSize, this::recover);
      WalIndexHeader header = made.header();
      if (!first) {
        verify(made, header);
      }
      attached = true;
      return made;
    } finally {
      if (!attached) {
        file.close();
      }
    }
  }

  /** Takes byte 128 shared. @return whether nobody used the file before */
  private boolean lock(SharedMemoryFile file) {
    for (int attempt = 1; ; attempt++) {
      boolean first = file.tryLock(ATTACHED, 1, false);
      if (first) {
        file.truncate(EMPTIED_SIZE);
        fileSystem.reached("wal.attach.emptied");
        file.unlock(ATTACHED, 1);
      }
      if (file.tryLock(ATTACHED, 1, true)) {
        fileSystem.reached("wal.attach.locked");
        return first;
      }
      Retry.pauseBefore(attempt);
    }
  }

  private void verify(ShmWalCoordination coordination, WalIndexHeader first) {
    WalIndexHeader header = first;
    for (int attempt = 1; !isInLog(header); attempt++) {
      WalIndexHeader newest = coordination.header();
      if (newest.changeCount() == header.changeCount()) {
        // It did not change while we looked, so it is not that the log moved on.
        coordination.distrust(header);
        Retry.pauseBefore(attempt);
      }
      header = coordination.header();
    }
  }

  /** Whether the last frame that a header speaks of is in the log. */
  private boolean isInLog(WalIndexHeader header) {
    if (header.maxFrame() == 0) {
      return true;
    }
    if (!fileSystem.exists(logPath)) {
      return false;
    }
    try (StorageFile log = fileSystem.open(logPath, OpenMode.READ_ONLY)) {
      byte[] frame = new byte[WalFrame.HEADER_SIZE];
      long position = WalFrame.position(header.maxFrame(), header.pageSize());
      return log.read(position, frame, 0, frame.length) == frame.length
          && WalFrame.salts(frame, 0) == header.generation()
          && WalFrame.checksum(frame, 0) == header.checksum();
    }
  }

  private WalRecovery recover() {
    if (!fileSystem.exists(logPath)) {
      return WalRecovery.empty(pageSize);
    }
    try (StorageFile log = fileSystem.open(logPath, OpenMode.READ_ONLY)) {
      return WalRecovery.recover(log, pageSize);
    }
  }
}
