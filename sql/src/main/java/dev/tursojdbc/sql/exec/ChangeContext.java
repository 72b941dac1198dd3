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
   * A change begins that the statement did not ask for itself, such as a foreign key's action.
   *
   * @return what {@link #endNested} wants to have back
   */
  long beginNested();

  /** The change is done; its rows count in total only. */
  void endNested(long counted);

  /** The violations of foreign keys so far. */
  ForeignKeyCounter foreignKeys();
}
