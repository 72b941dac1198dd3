package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.ChangeMark;

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

  /** A trigger begins, whose statements count by themselves. */
  ChangeMark beginNested() {
    ChangeMark mark = new ChangeMark(counting, changes, lastInsertRowid);
    counting = 0;
    return mark;
  }

  /** The trigger is done: all is as it was, but for the total. */
  void endNested(ChangeMark mark) {
    counting = mark.counting();
    changes = mark.changes();
    lastInsertRowid = mark.lastInsertRowid();
  }

  /** The statement, or one of a trigger's, is done, be it that it changed nothing. */
  void complete() {
    changes = counting;
    totalChanges += counting;
    counting = 0;
  }

  /** The statement was done, but could not be committed. */
  void failCommit() {
    totalChanges -= changes;
    changes = 0;
  }

  /** The statement failed and was undone. */
  void fail() {
    changes = 0;
    counting = 0;
  }
}
