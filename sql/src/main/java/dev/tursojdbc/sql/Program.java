package dev.tursojdbc.sql;

import dev.tursojdbc.storage.record.Register;
import java.util.List;

/**
 * A compiled statement as one session runs it, over and over.
 *
 * <pre>
 *   IDLE -- start --> RUNNING -- step: true --> RUNNING -- step: false, failure --> end --> IDLE
 * </pre>
 *
 * <p>Transactions are not its business: when it starts, the snapshots and write rights that {@link
 * #reads} and {@link #writes} ask for are there, and who runs it commits or undoes what it did.
 */
abstract class Program {
  /** Databases by their index in the session, one bit each. */
  static final long NO_DATABASE = 0;

  /** Databases that must have a snapshot, those that are written included. */
  abstract long reads();

  /** Databases that must be writable. */
  abstract long writes();

  /** Whether it leaves all databases as they are, as sqlite3_stmt_readonly says. */
  boolean isReadOnly() {
    return writes() == NO_DATABASE;
  }

  /**
   * Whether it may fail after its first change, so that a failure has to undo changes while the
   * transaction goes on.
   */
  boolean needsUndo() {
    return false;
  }

  /** Whether the schemas that it was compiled against still are what the session sees. */
  abstract boolean isCurrent();

  /** Whether it cannot run where the schema is damaged. */
  boolean needsSchema() {
    return true;
  }

  abstract List<ColumnInfo> columns();

  /** Begins a run. */
  abstract void start();

  /** Runs to the next row. @return whether there is one */
  abstract boolean step();

  /** A value of the current row. */
  abstract Register value(int column);

  /** Ends the run, complete or not; frees cursors and memory. */
  abstract void end();

  /** The session is about to change a database while this one runs: it must not notice. */
  void freeze() {}
}
