package dev.tursojdbc.storage.pager;

import dev.tursojdbc.storage.wal.Wal;
import dev.tursojdbc.storage.wal.WalSnapshot;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The committed page images of one database, shared by all its connections.
 *
 * <p>For each page there is one place, for its newest image as far as the cache knows, wherever
 * that comes from: the log, the database file, or a writer that just committed it. A
 * <i>position</i> is a snapshot's change count; each commit has a higher one. The cache has
 * <i>covered</i> the log up to a position: it went through the frames and gave each page in them
 * the <i>stamp</i> of that position, whereupon older images lost their place. Before a snapshot is
 * used, its position is covered. Hence:
 *
 * <ul>
 *   <li>An image in its place is what every snapshot sees whose position is at least the page's
 *       stamp. A snapshot before the stamp must look into the log or the file itself.
 *   <li>Who read an image by a snapshot at or after the stamp may put it there, whether it came
 *       from a frame or from the file: nobody changed the page between the stamp and the snapshot.
 *       An image that was read while somebody else's change of that page was covered has an older
 *       position than the stamp: its reader uses it and it is not cached.
 *   <li>Checkpoints change nothing here. A restart of the log changes nothing either if it is known
 *       that no other commit lies between. If somebody restarted the log behind our back, nothing
 *       is known about any page: a new cache begins, and old snapshots keep theirs.
 * </ul>
 *
 * <p>Looking up a page takes no lock and allocates nothing. There are three kinds of locks, so that
 * readers who miss pages neither wait for a commit nor for each other:
 *
 * <ul>
 *   <li>The cache's own is for covering, and for the images that are kept for old snapshots. Stamps
 *       change only under it. A reader takes it if the newest commit is not covered yet, which
 *       seldom is so: the committer covers at once.
 *   <li>A {@linkplain CacheSegment segment's monitor} makes checking a stamp and putting an image
 *       one step: an image that was read before a change of the page cannot get its place after the
 *       change was covered. It is taken last and held for a few instructions.
 *   <li>The lock of the clock's hand is only tried: who finds it taken leaves the work to its
 *       holder.
 * </ul>
 *
 * <p>The budget counts images; where it is exceeded, the clock's hand goes round and takes those
 * that were not used since it came last. For a moment there may be a few more.
 */
final class PageCache {
  /** Stands for no position at all. */
  static final long NO_POSITION = -1;

  private static final int MINIMAL_CAPACITY = 16;

  private final int pageSize;
  private final ActivePositions active;

  /** Nothing is known about what was changed before this position. */
  private final long firstPosition;

  /** For covering, older images and new segments. */
  private final ReentrantLock covering = new ReentrantLock();

  /** Grows; a stale array only lacks segments. */
  private @Nullable CacheSegment[] segments = new CacheSegment[4];

  /** The covered position. Who reads it sees all stamps up to it. */
  private volatile long position;

  /** Generation and frame that the position corresponds to; guarded by {@link #covering}. */
  private volatile long generation;

  private int frame;

  /** Position on which a writer of this process builds; the commit after it is its own. */
  private long writerBase = NO_POSITION;

  private volatile int capacity;
  private final AtomicInteger imageCount = new AtomicInteger();

  /** The clock's hand, and its lock. */
  private final ReentrantLock hand = new ReentrantLock();

  private int handSegment;
  private int handIndex;

  private final IntList pagesWithOlder = new IntList();
  private int olderCount;

  /** Of a database without a log, where all snapshots are at position 0. */
  PageCache(int pageSize, long budget, ActivePositions active) {
    this(pageSize, budget, active, new WalSnapshot(0, 0, 1, 0, 0));
  }

  /** Begins at a snapshot, with nothing in it; not for snapshots before that. */
  PageCache(int pageSize, long budget, ActivePositions active, WalSnapshot start) {
    this.pageSize = pageSize;
    this.active = active;
    this.firstPosition = start.changeCount();
    this.position = start.changeCount();
    this.generation = start.generation();
    this.frame = start.maxFrame();
    setBudget(budget);
  }

  long firstPosition() {
    return firstPosition;
  }

  void setBudget(long bytes) {
    capacity = (int) Math.max(MINIMAL_CAPACITY, Math.min(Integer.MAX_VALUE, bytes / pageSize));
    evict();
  }

  /** What a snapshot of this position sees, if it is at hand. */
  byte @Nullable [] find(int pageNumber, long snapshotPosition) {
    @Nullable CacheSegment[] all = segments;
    int number = pageNumber >>> CacheSegment.SHIFT;
    if (number >= all.length) {
      return null;
    }
    CacheSegment segment = all[number];
    return segment == null ? null : segment.find(pageNumber & CacheSegment.MASK, snapshotPosition);
  }

  /** Whether the page was changed after the position, as far as the cache covers. */
  boolean isChangedSince(int pageNumber, long snapshotPosition) {
    CacheSegment segment = segmentOf(pageNumber);
    return segment != null && segment.stamp(pageNumber & CacheSegment.MASK) > snapshotPosition;
  }

  private @Nullable CacheSegment segmentOf(int pageNumber) {
    @Nullable CacheSegment[] all = segments;
    int number = pageNumber >>> CacheSegment.SHIFT;
    return number < all.length ? all[number] : null;
  }

  /** What an old snapshot sees, if it was kept for that. */
  byte @Nullable [] findOlder(int pageNumber, long snapshotPosition) {
    CacheSegment segment = segmentOf(pageNumber);
    return segment == null
        ? null
        : OlderImage.find(segment.older(pageNumber & CacheSegment.MASK), snapshotPosition);
  }

  /**
   * Offers what a snapshot of this position read. It gets the page's place if it is the newest
   * image; else it is kept for this snapshot alone, unless somebody covers the log just now.
   */
  void offer(int pageNumber, byte[] image, long snapshotPosition) {
    if (segment(pageNumber).offer(pageNumber & CacheSegment.MASK, image, snapshotPosition)) {
      evict();
    } else if (covering.tryLock()) {
      try {
        keepOlder(pageNumber, snapshotPosition, snapshotPosition, image);
      } finally {
        covering.unlock();
      }
    }
  }

  /** A writer of this process is about to commit on top of this position. */
  void announceCommit(long basePosition) {
    covering.lock();
    try {
      writerBase = basePosition;
    } finally {
      covering.unlock();
    }
  }

  /**
   * Learns what was committed up to a snapshot that is held.
   *
   * @return false if that cannot be found out, because the log was restarted behind our back
   */
  boolean cover(Wal wal, WalSnapshot snapshot) {
    return position >= snapshot.changeCount()
            && (snapshot.maxFrame() > 0 || snapshot.generation() == generation)
        ? true
        : coverNow(wal, snapshot);
  }

  private boolean coverNow(Wal wal, WalSnapshot snapshot) {
    covering.lock();
    try {
      return coverLocked(wal, snapshot);
    } finally {
      covering.unlock();
    }
  }

  private boolean coverLocked(Wal wal, WalSnapshot snapshot) {
    if (snapshot.changeCount() <= position) {
      if (snapshot.changeCount() == position && snapshot.maxFrame() == 0) {
        // The log was restarted, and that was all.
        generation = snapshot.generation();
        frame = 0;
      }
      return true;
    }
    boolean sameGeneration = snapshot.generation() == generation;
    boolean nextCommit = writerBase == position && snapshot.changeCount() == position + 1;
    if (!sameGeneration && !nextCommit) {
      return false;
    }
    for (int i = sameGeneration ? frame + 1 : 1; i <= snapshot.maxFrame(); i++) {
      int pageNumber = wal.pageNumber(i);
      if (pageNumber == 0) {
        return false;
      }
      stamp(pageNumber, snapshot.changeCount());
    }
    generation = snapshot.generation();
    frame = snapshot.maxFrame();
    position = snapshot.changeCount();
    forgetUnseen();
    return true;
  }

  private void stamp(int pageNumber, long newStamp) {
    CacheSegment segment = segment(pageNumber);
    int index = pageNumber & CacheSegment.MASK;
    long oldStamp = segment.stamp(index);
    byte[] image = segment.change(index, newStamp);
    if (image != null && active.anyWithin(oldStamp, newStamp - 1)) {
      keepOlder(pageNumber, oldStamp, newStamp - 1, image);
    }
  }

  /** Keeps an image for old snapshots, within a quarter of the budget. */
  private void keepOlder(int pageNumber, long first, long last, byte[] image) {
    CacheSegment segment = segment(pageNumber);
    int index = pageNumber & CacheSegment.MASK;
    OlderImage before = segment.older(index);
    OlderImage seen = OlderImage.keepSeen(before, active);
    segment.setOlder(index, new OlderImage(first, last, image, seen));
    olderCount += 1 + OlderImage.count(seen) - OlderImage.count(before);
    if (before == null) {
      pagesWithOlder.add(pageNumber);
    }
    if (olderCount > capacity / 4) {
      forgetOlder();
    }
  }

  private void forgetUnseen() {
    if (olderCount > 0 && !active.anyWithin(0, position - 1)) {
      forgetOlder();
    }
  }

  private void forgetOlder() {
    for (int i = 0; i < pagesWithOlder.size(); i++) {
      int pageNumber = pagesWithOlder.get(i);
      segment(pageNumber).setOlder(pageNumber & CacheSegment.MASK, null);
    }
    pagesWithOlder.clear();
    olderCount = 0;
  }

  /** Puts the images of a commit, whose position is covered, into their places. */
  void publish(int[] pageNumbers, byte[][] images, int count, long commitPosition) {
    for (int i = 0; i < count; i++) {
      segment(pageNumbers[i])
          .publish(pageNumbers[i] & CacheSegment.MASK, images[i], commitPosition);
    }
    evict();
  }

  private CacheSegment segment(int pageNumber) {
    CacheSegment segment = segmentOf(pageNumber);
    return segment != null ? segment : makeSegment(pageNumber >>> CacheSegment.SHIFT);
  }

  private CacheSegment makeSegment(int number) {
    covering.lock();
    try {
      if (number >= segments.length) {
        segments = Arrays.copyOf(segments, Math.max(number + 1, segments.length * 2));
      }
      CacheSegment segment = segments[number];
      if (segment == null) {
        segment = new CacheSegment(imageCount);
        segments[number] = segment;
      }
      return segment;
    } finally {
      covering.unlock();
    }
  }

  private void evict() {
    if (imageCount.get() > capacity && hand.tryLock()) {
      try {
        moveHand();
      } finally {
        hand.unlock();
      }
    }
  }

  /** Moves the clock's hand until the images fit. Two rounds suffice: the first takes the marks. */
  private void moveHand() {
    @Nullable CacheSegment[] all = segments;
    while (imageCount.get() > capacity) {
      if (++handIndex == CacheSegment.PAGES) {
        handIndex = 0;
        handSegment = handSegment + 1 < all.length ? handSegment + 1 : 0;
        all = segments;
      }
      CacheSegment segment = handSegment < all.length ? all[handSegment] : null;
      if (segment == null) {
        handIndex = CacheSegment.MASK;
      } else if (segment.hasImage(handIndex)) {
        segment.pass(handIndex);
      }
    }
  }

  /** For tests and statistics. */
  int imageCount() {
    return imageCount.get();
  }
}
