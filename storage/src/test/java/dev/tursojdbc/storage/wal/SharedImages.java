package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.file.StorageFile;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The simplest page cache that all connections of a process may share, built on what {@link
 * Wal#backfillCount()} promises. Never forgets an image of which the log does not say that it is
 * stale, so any gap in the promise shows as a wrong page.
 */
final class SharedImages implements BackfillObserver {
  private record FrameKey(long generation, int frame) {}

  private static final class FileImage {
    final byte[] image;
    final long backfillCount;

    FileImage(byte[] image, long backfillCount) {
      this.image = image;
      this.backfillCount = backfillCount;
    }
  }

  private final Map<FrameKey, byte[]> frames = new HashMap<>();
  private final Map<Integer, FileImage> filePages = new HashMap<>();

  byte[] read(Wal wal, StorageFile database, int pageNumber, int pageSize) {
    int frame = wal.findFrame(pageNumber);
    return frame == 0
        ? readFile(wal, database, pageNumber, pageSize)
        : readFrame(wal, frame, pageSize);
  }

  private byte[] readFrame(Wal wal, int frame, int pageSize) {
    WalSnapshot snapshot = wal.snapshot();
    FrameKey key = new FrameKey(snapshot.generation(), frame);
    boolean published = frame <= snapshot.maxFrame();
    byte[] image = published ? frames.get(key) : null;
    if (image == null) {
      image = new byte[pageSize];
      wal.readFrame(frame, image);
      if (published) {
        frames.put(key, image);
      }
    }
    return image;
  }

  private byte[] readFile(Wal wal, StorageFile database, int pageNumber, int pageSize) {
    FileImage known = filePages.get(pageNumber);
    if (known != null && !wal.isBackfilledSince(pageNumber, known.backfillCount)) {
      return known.image;
    }
    long count = wal.backfillCount();
    byte[] image = new byte[pageSize];
    if (database.read((pageNumber - 1L) * pageSize, image, 0, pageSize) < pageSize) {
      throw new AssertionError("page " + pageNumber + " is nowhere");
    }
    filePages.put(pageNumber, new FileImage(image, count));
    return image;
  }

  @Override
  public byte @Nullable [] image(long generation, int pageNumber, int frame) {
    return frames.get(new FrameKey(generation, frame));
  }

  @Override
  public void backfilled(long generation, int pageNumber, int frame, long backfillCount) {
    byte[] image = frames.get(new FrameKey(generation, frame));
    if (image != null) {
      filePages.put(pageNumber, new FileImage(image, backfillCount));
    }
  }
}
