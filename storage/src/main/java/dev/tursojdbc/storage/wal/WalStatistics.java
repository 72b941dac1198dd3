package dev.tursojdbc.storage.wal;

import java.util.List;

/**
 * The log as it stands, for tests and tools. Read without locks: the numbers may be from slightly
 * different moments.
 *
 * @param generation the raw salts; changes when the log restarts
 * @param maxFrame last committed frame
 * @param backfilledFrames frames that are in the database file
 * @param pageCount pages of the database, 0 if only the file's size tells
 * @param marks the five read-marks, in order
 * @param writerHeld whether a write transaction is under way
 */
public record WalStatistics(
    long generation,
    int maxFrame,
    int backfilledFrames,
    int pageCount,
    List<Mark> marks,
    boolean writerHeld) {

  public WalStatistics {
    marks = List.copyOf(marks);
  }

  /** The read-marks that somebody holds. */
  public List<Mark> heldMarks() {
    return marks.stream().filter(mark -> mark.readers() > 0).toList();
  }

  /**
   * One read-mark.
   *
   * @param index 0 to 4
   * @param frame the frame it carries; -1 if it is unused
   * @param readers connections of this process that hold it
   */
  public record Mark(int index, int frame, int readers) {}
}
