package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Session;
import dev.tursojdbc.sql.StatementKind;
import java.sql.SQLException;
import java.sql.Savepoint;
import org.jspecify.annotations.Nullable;

/**
 * A connection's autocommit, transactions and savepoints. With autocommit off, a transaction begins
 * with the first statement that needs one, not before: an idle connection of a pool holds no lock.
 * On a read-only connection it begins as a reader, whatever the mode.
 */
abstract class TransactionConnection extends SessionConnection {
  private final String begin;
  private boolean autocommit = true;
  private int savepoints;

  /**
   * @param mode DEFERRED, IMMEDIATE or EXCLUSIVE
   */
  TransactionConnection(Session session, String mode) {
    super(session);
    this.begin = mode.equalsIgnoreCase("DEFERRED") ? "BEGIN" : "BEGIN " + mode;
  }

  private void begin() throws SQLException {
    execute(isReadOnly() ? "BEGIN" : begin);
  }

  /** Begins the transaction that autocommit off promises, if the statement is one that needs it. */
  void beginIfNeeded(StatementKind kind) throws SQLException {
    if (!autocommit && session.isAutocommit() && kind.needsTransaction()) {
      begin();
    }
  }

  void beginBatch() throws SQLException {
    begin();
  }

  boolean inAutocommit() {
    return session.isAutocommit();
  }

  @Override
  public void setAutoCommit(boolean value) throws SQLException {
    lock();
    try {
      if (value && !autocommit && !session.isAutocommit()) {
        execute("COMMIT");
      }
      autocommit = value;
    } finally {
      unlock();
    }
  }

  @Override
  public boolean getAutoCommit() throws SQLException {
    checkOpen();
    return autocommit;
  }

  @Override
  public void commit() throws SQLException {
    endTransaction("COMMIT");
  }

  @Override
  public void rollback() throws SQLException {
    endTransaction("ROLLBACK");
  }

  private void endTransaction(String sql) throws SQLException {
    lock();
    try {
      if (autocommit) {
        throw SqlErrors.misuse("the connection is in autocommit mode");
      }
      if (!session.isAutocommit()) {
        execute(sql);
      }
    } finally {
      unlock();
    }
  }

  @Override
  public Savepoint setSavepoint() throws SQLException {
    return savepoint(null);
  }

  @Override
  public Savepoint setSavepoint(String name) throws SQLException {
    return savepoint(name);
  }

  private Savepoint savepoint(@Nullable String name) throws SQLException {
    lock();
    try {
      if (autocommit) {
        throw SqlErrors.misuse("no savepoint in autocommit mode");
      }
      if (session.isAutocommit()) {
        begin();
      }
      JdbcSavepoint savepoint = new JdbcSavepoint(savepoints++, name);
      execute("SAVEPOINT " + savepoint.sqlName());
      return savepoint;
    } finally {
      unlock();
    }
  }

  @Override
  public void rollback(Savepoint savepoint) throws SQLException {
    withSavepoint("ROLLBACK TO ", savepoint);
  }

  @Override
  public void releaseSavepoint(Savepoint savepoint) throws SQLException {
    withSavepoint("RELEASE ", savepoint);
  }

  private void withSavepoint(String verb, Savepoint savepoint) throws SQLException {
    lock();
    try {
      if (!(savepoint instanceof JdbcSavepoint ours)) {
        throw SqlErrors.misuse("a savepoint of another driver");
      }
      execute(verb + ours.sqlName());
    } finally {
      unlock();
    }
  }
}
