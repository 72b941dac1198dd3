package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.page.PageWriter;

/** What a statement that changes rows needs of its connection besides what every statement does. */
public interface ChangeContext extends ExecutionContext {

  /** The pages of a database in its write transaction. */
  PageWriter writer(int database);

  /** A row was inserted under this rowid. */
  void setLastInsertRowid(long rowid);

  /** A row was inserted, updated or deleted by the statement itself, not by a trigger. */
  void countChange();

  /** So many rows were deleted at once. */
  void countChanges(long count);

  /**
   * Something begins that the statement did not ask for itself: a trigger, or a foreign key's
   * action.
   *
   * @return what {@link #endNested} wants to have back
   */
  ChangeMark beginNested();

  /** One of its statements is done: until the end, changes() tells of it. */
  void completeNested();

  /** It is done, or has failed; what it has changed counts in total only. */
  void endNested(ChangeMark mark);

  /** The violations of foreign keys so far. */
  ForeignKeyCounter foreignKeys();
}
