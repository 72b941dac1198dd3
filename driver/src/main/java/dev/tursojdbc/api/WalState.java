package dev.tursojdbc.api;

import java.util.List;

/**
 * The write-ahead log of a database as it stands, for tests and tools. Read without locks: the
 * numbers may be from slightly different moments.
 *
 * @param frames committed frames in the log
 * @param backfilledFrames how many of them a checkpoint has copied to the database file
 * @param readMarks the read-marks that connections of this process hold
 * @param writing whether a write transaction is under way
 */
public record WalState(
    int frames, int backfilledFrames, List<ReadMark> readMarks, boolean writing) {
  public WalState {
    readMarks = List.copyOf(readMarks);
  }

  /**
   * A claim on the log: its readers see the frames up to this one.
   *
   * @param index which of the five marks; mark 0 means that the database file has everything
   * @param frame last frame that they see
   * @param readers how many hold it
   */
  public record ReadMark(int index, int frame, int readers) {}
}
