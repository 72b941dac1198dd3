package dev.tursojdbc.sql;

import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;

/**
 * One connection: its databases (main, temp, attached), transaction state, settings and statement
 * cache. Used by one thread at a time; only {@link #interrupt()} may be called by another.
 */
public interface Session extends AutoCloseable {

  /** Opens a connection to a database; several to the same file share its cache and schema. */
  static Session open(FileSystem fileSystem, String path, OpenOptions options) {
    throw new UnsupportedOperationException();
  }

  /**
   * Compiles the first statement of the text that is not empty.
   *
   * @param from index of the first character to look at
   * @return a statement whose {@link Query#endOffset()} tells where the next one begins; {@link
   *     Query#isEmpty()} if only blanks and comments were left
   */
  Query prepare(String sql, int from);

  /** Whether no transaction is open: each statement commits by itself. */
  boolean isAutocommit();

  long lastInsertRowid();

  /** Rows changed by the most recent INSERT, UPDATE or DELETE, triggers and cascades left out. */
  long changes();

  long totalChanges();

  /** Makes the running statement of this session end with INTERRUPT. */
  void interrupt();

  /** How long to wait for locks, in milliseconds; 0 not at all. */
  void setBusyTimeoutMillis(int millis);

  int busyTimeoutMillis();

  /** Rolls back what is open, closes all statements, leaves the databases. */
  @Override
  void close();
}
