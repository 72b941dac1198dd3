package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.function.BooleanSupplier;

/**
 * One run of copying frames into the database file.
 *
 * <pre>
 *   lock checkpoint (never waits)
 *   lock writer                                   FULL and above; refused: go on as PASSIVE, answer busy
 *   for marks 1 to 4 below the last frame: free -> raise or retire it; held -> copy only so far
 *   lock mark 0                                   refused: copy nothing
 *     sync log -> copy the newest frame of each page -> if that was all: cut and sync the database file
 *     -> publish the count
 *   lock marks 1 to 4                             RESTART and above
 *     restart the log -> cut it to 0 bytes        TRUNCATE
 * </pre>
 *
 * <p>The order is what makes each step safe against a crash: the log is on disk before the database
 * file is changed, so recovery can repeat a half-done copy; the database file is on disk before the
 * count says that the frames are dispensable. A count below the last frame is only a hint that
 * recovery forgets, so it needs no sync. A run that fails publishes nothing.
 */
final class WalCheckpoint {
  /** Bytes that are copied with one write at most, roughly. */
  private static final int BATCH_SIZE = 1 << 20;

  /** Frames that are listed at once, eight bytes each; at least half of them are of other pages. */
  private static final int MAX_LISTED_FRAMES = 1 << 17;

  /** How much a database may grow beyond what its frames explain; SQLite's number. */
  private static final int GROWTH_TOLERANCE = 65536;

  private final WalFileShared shared;
  private final WalCoordination coordination;
  private final FileSystem fileSystem;
  private final CheckpointMode mode;
  private final BusyHandler busy;
  private final boolean sync;

  /** False once a lock was refused for good: then no other is waited for. */
  private boolean waiting;

  private int waits;
  private boolean writerLocked;
  private WalIndexHeader header;

  WalCheckpoint(WalFileShared shared, CheckpointMode mode, BusyHandler busy, SyncMode syncMode) {
    this.shared = shared;
    this.coordination = shared.coordination();
    this.fileSystem = shared.fileSystem();
    this.mode = mode;
    this.busy = busy;
    this.sync = syncMode != SyncMode.OFF;
    this.waiting = mode != CheckpointMode.PASSIVE;
    this.header = coordination.header();
  }

  CheckpointResult run() {
    shared.requireWritable();
    if (!coordination.tryLockCheckpoint()) {
      return new CheckpointResult(true, -1, -1);
    }
    try {
      fileSystem.reached("wal.checkpoint.locked");
      writerLocked = mode != CheckpointMode.PASSIVE && lock(coordination::tryLockWriter);
      if (!writerLocked) {
        waiting = false;
        return runLocked();
      }
      try {
        return runLocked();
      } finally {
        coordination.unlockWriter();
      }
    } finally {
      coordination.unlockCheckpoint();
    }
  }

  /** Takes a lock, waiting as the busy handler wants. */
  private boolean lock(BooleanSupplier lock) {
    while (!lock.getAsBoolean()) {
      if (!waiting || !busy.retry(waits++)) {
        return false;
      }
    }
    return true;
  }

  /** The newest state, whatever is held of the locks by which it may have to be rebuilt. */
  private WalIndexHeader newest() {
    return coordination.header(true, writerLocked);
  }

  private CheckpointResult runLocked() {
    header = newest();
    copy();
    boolean refused = mode != CheckpointMode.PASSIVE && !(writerLocked && finish());
    return new CheckpointResult(refused, header.maxFrame(), coordination.backfilled());
  }

  private void copy() {
    if (coordination.backfilled() >= header.maxFrame()) {
      return;
    }
    int safeFrame = safeFrame();
    fileSystem.reached("wal.checkpoint.marks-read");
    if (coordination.backfilled() >= safeFrame || !lock(() -> coordination.tryLockMark(0))) {
      return;
    }
    try {
      // Before mark 0 was ours, a writer that held it may have restarted the log.
      WalIndexHeader now = newest();
      if (now.generation() == header.generation()) {
        backfill(safeFrame);
      } else {
        header = now;
      }
    } finally {
      coordination.unlockMark(0);
    }
  }

  /** How far may be copied without changing what a reader sees in the database file. */
  private int safeFrame() {
    int safe = header.maxFrame();
    for (int i = 1; i < WalCoordination.MARKS; i++) {
      int index = i;
      int frame = coordination.mark(i);
      if (Integer.compareUnsigned(frame, safe) >= 0) {
        continue;
      }
      if (lock(() -> coordination.tryLockMark(index))) {
        // Nobody uses it. Mark 1 is made ready for the next reader.
        coordination.setMark(i, i == 1 ? safe : WalCoordination.UNUSED);
        coordination.unlockMark(i);
      } else {
        safe = frame;
        waiting = false;
      }
    }
    return safe;
  }

  private void backfill(int safeFrame) {
    NewestFrames newest =
        new NewestFrames(
            coordination::pageNumber,
            coordination.backfilled() + 1,
            safeFrame,
            header.pageCount(),
            MAX_LISTED_FRAMES);
    coordination.setBackfillAttempted(safeFrame);
    if (sync) {
      shared.syncLog();
    }
    requirePlausibleSize();
    fileSystem.reached("wal.checkpoint.before-copy");
    Copier copier = new Copier();
    while (newest.next()) {
      copier.copy(newest);
    }
    if (safeFrame == newest().maxFrame()) {
      fileSystem.reached("wal.checkpoint.before-cut");
      fitDatabase();
      if (sync) {
        shared.syncDatabase();
      } else {
        shared.leaveDatabaseUnsynced();
      }
    }
    fileSystem.reached("wal.checkpoint.before-publish");
    coordination.setBackfilled(safeFrame);
    fileSystem.reached("wal.checkpoint.published");
  }

  /** A page count that the log cannot explain would fill the disk with nothing. */
  private void requirePlausibleSize() {
    long needed = (long) header.pageCount() * header.pageSize();
    long explained = (long) header.maxFrame() * header.pageSize() + GROWTH_TOLERANCE;
    if (needed > shared.database().size() + explained) {
      throw CorruptDatabaseException.atPage(
          header.pageCount(), "the last commit's page count is more than the log explains");
    }
  }

  /** Gives the database file the size that the last commit names. */
  private void fitDatabase() {
    StorageFile database = shared.database();
    long wanted = (long) header.pageCount() * header.pageSize();
    long size = database.size();
    if (size > wanted) {
      database.truncate(wanted);
    } else if (size < wanted) {
      // Pages that were allocated and never written, at the end.
      database.write(wanted - header.pageSize(), ByteBuffer.allocate(header.pageSize()));
    }
  }

  /** The part that needs the writer lock. Returns whether the mode got what it wanted. */
  private boolean finish() {
    if (coordination.backfilled() < header.maxFrame()) {
      return false;
    }
    if (mode == CheckpointMode.FULL) {
      return true;
    }
    if (!lock(coordination::tryLockFrameMarks)) {
      return false;
    }
    try {
      if (mode == CheckpointMode.TRUNCATE && shared.hasLog()) {
        truncateLog();
      }
    } finally {
      coordination.unlockFrameMarks();
    }
    return true;
  }

  private void truncateLog() {
    fileSystem.reached("wal.checkpoint.before-restart");
    header = shared.restart(header);
    fileSystem.reached("wal.checkpoint.before-truncate");
    shared.log().truncate(0);
    if (sync) {
      shared.syncLog();
    }
  }

  /**
   * Copies pages in page order, a batch at a time. Frames that follow each other, as a commit of
   * many pages leaves them, are read at once, and pages that follow each other are written at once.
   */
  private final class Copier {
    private final int pageSize = header.pageSize();
    private final int frameSize = WalFrame.HEADER_SIZE + pageSize;
    private final int capacity = Math.max(1, BATCH_SIZE / pageSize);
    private final ByteBuffer[] buffers = new ByteBuffer[capacity];

    /** The frames of a batch one after the other. */
    private byte[] frames = {};

    void copy(NewestFrames newest) {
      int largest = Math.min(capacity, newest.count());
      if (frames.length < largest * frameSize) {
        frames = new byte[largest * frameSize];
      }
      for (int from = 0; from < newest.count(); from += capacity) {
        int count = Math.min(capacity, newest.count() - from);
        read(newest, from, count);
        write(newest, from, count);
        fileSystem.reached("wal.checkpoint.copied");
      }
    }

    private void read(NewestFrames newest, int from, int count) {
      int begin = 0;
      for (int i = 0; i < count; i++) {
        int frame = newest.frame(from + i);
        if (i + 1 == count || newest.frame(from + i + 1) != frame + 1) {
          int size = (i + 1 - begin) * frameSize;
          long position = WalFrame.position(newest.frame(from + begin), pageSize);
          int found = shared.log().read(position, frames, begin * frameSize, size);
          for (int k = begin; k <= i; k++) {
            requireFrame(newest, from + k, k, found >= (k + 1 - begin) * frameSize);
          }
          begin = i + 1;
        }
      }
    }

    /** A frame has to be the one that the index speaks of. */
    private void requireFrame(NewestFrames newest, int index, int place, boolean whole) {
      int pageNumber = newest.pageNumber(index);
      if (!whole
          || WalFrame.pageNumber(frames, place * frameSize) != pageNumber
          || WalFrame.salts(frames, place * frameSize) != header.generation()) {
        throw CorruptDatabaseException.atPage(
            pageNumber, "frame " + newest.frame(index) + " is not in the log");
      }
    }

    private void write(NewestFrames newest, int from, int count) {
      int begin = 0;
      for (int i = 0; i < count; i++) {
        int pageNumber = newest.pageNumber(from + i);
        buffers[i - begin] =
            ByteBuffer.wrap(frames, i * frameSize + WalFrame.HEADER_SIZE, pageSize);
        if (i + 1 == count || newest.pageNumber(from + i + 1) != pageNumber + 1) {
          int size = i + 1 - begin;
          shared.database().write((long) (pageNumber - size) * pageSize, buffers, size);
          begin = i + 1;
        }
      }
    }
  }
}
