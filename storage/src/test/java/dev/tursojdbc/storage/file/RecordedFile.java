package dev.tursojdbc.storage.file;

import java.util.ArrayList;
import java.util.List;

/** A file of a {@link RecordingFileSystem}, whatever its names; what POSIX calls an inode. */
final class RecordedFile {
  /** What processes read; survives them, but not the machine. */
  final MemoryFileContent content = new MemoryFileContent();

  /** What the disk held when recording began. */
  final byte[] initial;

  /** Not recorded, because nobody looks for it after a crash. */
  final boolean temporary;

  /** Locks of the simulated other process; guarded by the file system. */
  private final List<Range> foreignLocks = new ArrayList<>();

  /** Locks of the process under test; guarded by the file system. */
  private final List<Range> ownLocks = new ArrayList<>();

  private record Range(long position, long length, boolean shared) {
    boolean conflictsWith(Range other) {
      return !(shared && other.shared)
          && position < other.position + other.length
          && other.position < position + length;
    }

    boolean is(long otherPosition, long otherLength) {
      return position == otherPosition && length == otherLength;
    }
  }

  RecordedFile(byte[] initial, boolean temporary) {
    this.initial = initial;
    this.temporary = temporary;
  }

  boolean lock(boolean foreign, long position, long length, boolean shared) {
    Range range = new Range(position, length, shared);
    List<Range> others = foreign ? ownLocks : foreignLocks;
    if (others.stream().anyMatch(range::conflictsWith)) {
      return false;
    }
    (foreign ? foreignLocks : ownLocks).add(range);
    return true;
  }

  boolean unlock(boolean foreign, long position, long length) {
    List<Range> locks = foreign ? foreignLocks : ownLocks;
    for (Range range : locks) {
      if (range.is(position, length)) {
        return locks.remove(range);
      }
    }
    return false;
  }

  /** POSIX: closing any descriptor of a file drops all locks of the process. */
  void dropOwnLocks() {
    ownLocks.clear();
  }

  void dropForeignLocks() {
    foreignLocks.clear();
  }
}
