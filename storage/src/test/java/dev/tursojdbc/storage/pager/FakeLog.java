package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.file.StorageFile;
import dev.tursojdbc.storage.wal.BusyHandler;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.CheckpointResult;
import dev.tursojdbc.storage.wal.SyncMode;
import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalAutoActions;
import dev.tursojdbc.storage.wal.WalPosition;
import dev.tursojdbc.storage.wal.WalSnapshot;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A log as another process works on it: it commits, backfills and restarts without telling our
 * cache anything. Readers have a mark each; the rules of marks hold.
 */
final class FakeLog {
  private static final class Frame {
    final int pageNumber;
    final byte[] image;

    Frame(int pageNumber, byte[] image) {
      this.pageNumber = pageNumber;
      this.image = image;
    }
  }

  private final StorageFile file;
  private final int pageSize;
  private final int pageCount;
  private final List<Reader> reading = new ArrayList<>();

  private List<Frame> frames = new ArrayList<>();
  private long generation = 1;
  private int backfilled;
  private long changeCount;

  FakeLog(StorageFile file, int pageSize, int pageCount) {
    this.file = file;
    this.pageSize = pageSize;
    this.pageCount = pageCount;
  }

  Wal connect() {
    return new Reader();
  }

  void commit(Map<Integer, byte[]> pages) {
    pages.forEach((pageNumber, image) -> frames.add(new Frame(pageNumber, image.clone())));
    changeCount++;
  }

  /** Copies as many frames as the marks allow. */
  void backfill() {
    int safe = frames.size();
    for (Reader reader : reading) {
      if (reader.readsFileOnly()) {
        return; // It holds mark 0.
      }
      safe = Math.min(safe, reader.snapshot().maxFrame());
    }
    for (int i = backfilled; i < safe; i++) {
      Frame frame = frames.get(i);
      file.write((frame.pageNumber - 1L) * pageSize, ByteBuffer.wrap(frame.image));
    }
    backfilled = Math.max(backfilled, safe);
  }

  /** Begins the log anew if all is backfilled and nobody reads frames. */
  boolean restart() {
    boolean isFree = reading.stream().allMatch(Reader::readsFileOnly);
    if (backfilled < frames.size() || !isFree) {
      return false;
    }
    frames = new ArrayList<>();
    generation++;
    backfilled = 0;
    return true;
  }

  private final class Reader implements Wal {
    private @Nullable WalSnapshot snapshot;

    boolean readsFileOnly() {
      return snapshot().minFrame() > snapshot().maxFrame();
    }

    @Override
    public boolean beginRead() {
      snapshot = new WalSnapshot(generation, frames.size(), backfilled + 1, pageCount, changeCount);
      reading.add(this);
      return true;
    }

    @Override
    public void endRead() {
      reading.remove(this);
      snapshot = null;
    }

    @Override
    public boolean isReading() {
      return snapshot != null;
    }

    @Override
    public WalSnapshot snapshot() {
      WalSnapshot held = snapshot;
      if (held == null) {
        throw new IllegalStateException("not reading");
      }
      return held;
    }

    @Override
    public int findFrame(int pageNumber) {
      return findFrame(pageNumber, snapshot().maxFrame());
    }

    @Override
    public int findFrame(int pageNumber, int maxFrame) {
      for (int frame = maxFrame; frame >= snapshot().minFrame(); frame--) {
        if (frames.get(frame - 1).pageNumber == pageNumber) {
          return frame;
        }
      }
      return 0;
    }

    @Override
    public int pageNumber(int frame) {
      return snapshot().generation() == generation ? frames.get(frame - 1).pageNumber : 0;
    }

    @Override
    public void readFrame(int frame, byte[] target) {
      System.arraycopy(frames.get(frame - 1).image, 0, target, 0, pageSize);
    }

    @Override
    public void beginWrite() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void endWrite() {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isWriting() {
      return false;
    }

    @Override
    public int append(int[] pageNumbers, byte[][] images, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void rewrite(int[] frameNumbers, byte[][] images, int count) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void commit(
        int[] pageNumbers, byte[][] images, int count, int pages, SyncMode syncMode) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void setAutoActions(WalAutoActions actions) {
      throw new UnsupportedOperationException();
    }

    @Override
    public boolean isCheckpointDue() {
      return false;
    }

    @Override
    public WalPosition position() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void rollbackTo(WalPosition position) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void rollback() {
      throw new UnsupportedOperationException();
    }

    @Override
    public CheckpointResult checkpoint(CheckpointMode mode, BusyHandler busy, SyncMode syncMode) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void close() {
      throw new UnsupportedOperationException();
    }
  }
}
