package dev.tursojdbc.storage.file;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The byte-range locks that the users of one file in this process hold.
 *
 * <p>To the kernel the process is one owner, so conflicts between its users are found here. A range
 * has one exclusive holder or any number of shared ones; the kernel's lock is taken for the first
 * and released after the last. Shared holders must name the same range: SQLite's protocols have no
 * shared ranges that overlap in part, and Java could not express them, for it neither splits nor
 * merges locks.
 */
final class RangeLocks {
  /** Guarded by this, as are its elements. Files have a handful of ranges, so it is searched. */
  private final List<Range> ranges = new ArrayList<>();

  private static final class Range {
    final StorageFile descriptor;
    final long position;
    final long length;
    final boolean shared;
    final Set<SharedFileUser> holders = new HashSet<>();

    Range(StorageFile descriptor, long position, long length, boolean shared) {
      this.descriptor = descriptor;
      this.position = position;
      this.length = length;
      this.shared = shared;
    }

    boolean overlaps(long otherPosition, long otherLength) {
      return position < otherPosition + otherLength && otherPosition < position + length;
    }

    boolean is(long otherPosition, long otherLength) {
      return position == otherPosition && length == otherLength;
    }
  }

  /**
   * @param descriptor through which the kernel's lock is taken if there is none yet
   */
  synchronized boolean tryLock(
      SharedFileUser holder, StorageFile descriptor, long position, long length, boolean shared) {
    Range same = null;
    boolean conflict = false;
    for (Range range : ranges) {
      if (range.overlaps(position, length)) {
        if (range.holders.contains(holder)) {
          throw new IllegalStateException(
              "bytes " + position + "+" + length + " are already locked by the same user");
        }
        if (!shared || !range.shared) {
          conflict = true;
        } else if (range.is(position, length)) {
          same = range;
        } else {
          throw new IllegalStateException(
              "shared locks on " + position + "+" + length + " and on a part of it");
        }
      }
    }
    if (conflict) {
      return false;
    }
    if (same == null) {
      if (!descriptor.tryLock(position, length, shared)) {
        return false;
      }
      same = new Range(descriptor, position, length, shared);
      ranges.add(same);
    }
    same.holders.add(holder);
    return true;
  }

  synchronized void unlock(SharedFileUser holder, long position, long length) {
    for (Range range : ranges) {
      if (range.is(position, length) && range.holders.contains(holder)) {
        leave(range, holder);
        return;
      }
    }
    throw new IllegalStateException("bytes " + position + "+" + length + " are not locked");
  }

  synchronized void unlockAll(SharedFileUser holder) {
    for (Range range : List.copyOf(ranges)) {
      if (range.holders.contains(holder)) {
        leave(range, holder);
      }
    }
  }

  private void leave(Range range, SharedFileUser holder) {
    range.holders.remove(holder);
    if (range.holders.isEmpty()) {
      ranges.remove(range);
      range.descriptor.unlock(range.position, range.length);
    }
  }
}
