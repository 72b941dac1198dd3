package dev.tursojdbc.sql;

/** What changes(), total_changes() and last_insert_rowid() tell. */
final class ChangeCounters {
  private long lastInsertRowid;
  private long changes;
  private long totalChanges;

  /** Rows changed so far by the statement that runs. */
  private long counting;

  long lastInsertRowid() {
    return lastInsertRowid;
  }

  void setLastInsertRowid(long rowid) {
    lastInsertRowid = rowid;
  }

  long changes() {
    return changes;
  }

  long totalChanges() {
    return totalChanges;
  }

  /** A statement that changes rows begins. */
  void begin() {
    counting = 0;
  }

  /** Rows were changed. */
  void count(long rows) {
    counting += rows;
  }

  /** What the statement that runs has counted so far; what a trigger's body goes back to. */
  long counting() {
    return counting;
  }

  /** The statement is done, be it that it changed nothing. */
  void complete() {
    changes = counting;
    totalChanges += counting;
    counting = 0;
  }

  /** The statement failed and was undone. */
  void fail() {
    changes = 0;
    counting = 0;
  }

  /** A part of the work that does not show in changes() is done, such as a trigger's. */
  void endNested(long countedBefore) {
    totalChanges += counting - countedBefore;
    counting = countedBefore;
  }
}
