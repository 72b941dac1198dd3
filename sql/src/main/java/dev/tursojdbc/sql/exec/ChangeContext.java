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
}
