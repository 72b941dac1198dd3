package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/** A window function over one window: has a value for each row, computed in their order. */
abstract class WindowValue {
  private final Register result = new Register();

  /** Goes to the beginning of a partition. */
  abstract void beginPartition(Frame frame);

  /**
   * Computes the value for the current row into the register.
   *
   * @param value has the value for the row before, unless this is the partition's first
   */
  abstract void compute(Frame frame, int current, Register value);

  /** Where the value for the current row is kept. */
  final Register result() {
    return result;
  }

  /** Whether the value depends on the frame, which then has to be found. */
  boolean needsFrame() {
    return false;
  }

  /** Whether the value depends on the row's peers. */
  boolean needsPeers() {
    return false;
  }
}
