package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.TransactionStatement;
import dev.tursojdbc.sql.exec.ForeignKeyCounter;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.journal.SuperJournal;
import dev.tursojdbc.storage.pager.Pager;
import java.util.ArrayList;
import java.util.List;

/**
 * The transaction of a session over all its databases: autocommit, explicit transactions, named
 * savepoints.
 *
 * <pre>
 *   AUTOCOMMIT -- BEGIN, SAVEPOINT --> OPEN -- COMMIT, ROLLBACK, RELEASE of the outermost --> AUTOCOMMIT
 * </pre>
 *
 * <p>In autocommit a statement that writes commits when it is done, and the snapshot goes back when
 * the last running statement ends. In an open transaction a database is read from the snapshot that
 * the first statement took, and written once a statement needs it.
 *
 * <p>Waiting for a lock happens here and only where nothing is held: a writer that holds a snapshot
 * already gets BUSY at once, because waiting could not help it.
 */
final class Transactions {
  /** How often who waits for his turn looks whether he is to stop. */
  private static final long WAIT_SLICE_NANOS = 20_000_000;

  private final List<SessionDatabase> databases;
  private final BusyTimeout busy;
  private final Interrupt interrupt;
  private final Runnable freezeReaders;
  private final List<Savepoint> savepoints = new ArrayList<>();
  private boolean autocommit = true;

  /** How many statements that write have begun, ever. */
  private long writes;

  /** How many of them had when the transaction began. */
  private long writesBefore;

  /** Whether the outermost savepoint began the transaction, as outside BEGIN it does. */
  private boolean savepointIsTransaction;

  /** Violations of foreign keys; a COMMIT is refused while deferred ones are left. */
  private final ForeignKeyCounter foreignKeys = new ForeignKeyCounter();

  private final Settings settings;

  /** What ROLLBACK TO goes back to, beside the pages. */
  private record Savepoint(String name, ForeignKeyCounter.Mark violations, long writesBefore) {}

  /**
   * @param freezeReaders called before pages move, so that running queries keep the old ones
   */
  Transactions(
      List<SessionDatabase> databases,
      Settings settings,
      BusyTimeout busy,
      Interrupt interrupt,
      Runnable freezeReaders) {
    this.databases = databases;
    this.settings = settings;
    this.busy = busy;
    this.interrupt = interrupt;
    this.freezeReaders = freezeReaders;
  }

  boolean isAutocommit() {
    return autocommit;
  }

  int savepointCount() {
    return savepoints.size();
  }

  /** Takes a snapshot, unless one is held. */
  void beginRead(SessionDatabase database) {
    Pager pager = database.pager();
    if (pager.isReading()) {
      return;
    }
    for (int attempt = 0; ; attempt++) {
      try {
        pager.beginRead();
        return;
      } catch (TursoException failure) {
        waitOrThrow(failure, attempt);
      }
    }
  }

  /**
   * Takes a snapshot and the right to write, and begins the savepoints that are not known there.
   */
  void beginWrite(SessionDatabase database) {
    Pager pager = database.pager();
    if (!pager.isWriting()) {
      if (pager.isReading()) {
        pager.beginWrite();
      } else {
        beginFreshWrite(pager);
      }
    }
    database.openSavepoints(savepoints.size());
  }

  /**
   * Gives the snapshot back before each wait, so that the next try has the newest one. Writers of
   * this process wait in the pager's queue and go in turn; for another process there are pauses.
   */
  private void beginFreshWrite(Pager pager) {
    long deadline = busy.deadline();
    for (int attempt = 0; ; attempt++) {
      try {
        pager.beginRead();
        pager.beginWrite();
        return;
      } catch (TursoException failure) {
        pager.endRead();
        if (!isBusy(failure) || !awaitTurn(pager, deadline)) {
          interrupt.check();
          throw failure;
        }
        // First in the queue and still too late: somebody outside of this process writes.
        if (attempt > 0) {
          waitOrThrow(failure, attempt - 1);
        }
      }
    }
  }

  private boolean awaitTurn(Pager pager, long deadline) {
    while (!interrupt.isRaised()) {
      long left = deadline - System.nanoTime();
      if (left <= 0 || Thread.currentThread().isInterrupted()) {
        return false;
      }
      if (pager.awaitWriterTurn(Math.min(left, WAIT_SLICE_NANOS))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isBusy(TursoException failure) {
    return failure.code().primaryCode() == ErrorCode.BUSY.code();
  }

  private void waitOrThrow(TursoException failure, int attempt) {
    if (!isBusy(failure) || !busy.retry(attempt)) {
      interrupt.check();
      throw failure;
    }
  }

  /** As in SQLite, locks are taken first, and stay even if there is a transaction already. */
  void begin(TransactionStatement.Mode mode) {
    if (mode != TransactionStatement.Mode.DEFERRED) {
      beginWriteEverywhere(mode == TransactionStatement.Mode.EXCLUSIVE);
    }
    if (!autocommit) {
      throw error("cannot start a transaction within a transaction");
    }
    open();
  }

  private void open() {
    autocommit = false;
    writesBefore = writes;
  }

  /** A statement that writes begins. */
  void countWrite() {
    writes++;
  }

  /** How many statements that write have begun: what who begins now may have seen. */
  long writes() {
    return writes;
  }

  /** How many of them a rollback of everything leaves alone. */
  long writesBefore() {
    return autocommit ? writes : writesBefore;
  }

  /** How many of them ROLLBACK TO leaves alone. */
  long writesBefore(String savepoint) {
    return savepoints.get(find(savepoint)).writesBefore();
  }

  private void beginWriteEverywhere(boolean exclusive) {
    if (settings.queryOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    try {
      for (SessionDatabase database : databases) {
        if (database.isOpen() && database.isReadOnly()) {
          beginRead(database);
        } else if (database.isOpen()) {
          boolean isNew = !database.pager().isWriting();
          boolean wasReading = database.pager().isReading();
          beginWrite(database);
          if (exclusive && isNew) {
            lockExclusively(database, wasReading);
          }
        }
      }
    } catch (TursoException failure) {
      if (autocommit) {
        rollbackDatabases();
      }
      throw failure;
    }
  }

  /** If the file cannot be had for oneself, nothing stays locked that was not before. */
  private static void lockExclusively(SessionDatabase database, boolean wasReading) {
    boolean locked = false;
    try {
      database.lockForCommit();
      locked = true;
    } finally {
      if (!locked) {
        database.rollback();
        if (!wasReading) {
          database.endRead();
        }
      }
    }
  }

  /** The statement COMMIT. */
  void commit() {
    requireOpen("commit");
    if (foreignKeys.hasDeferred()) {
      throw ForeignKeyCounter.failure();
    }
    commitDatabases();
    end();
  }

  /** Refuses to end a transaction that there is not. */
  void requireOpen(String action) {
    if (autocommit) {
      throw error("cannot " + action + " - no transaction is active");
    }
  }

  void requireSavepoint(String name) {
    find(name);
  }

  /** Undoes everything and returns to autocommit; what a grave failure does, too. */
  void rollbackAll() {
    rollbackDatabases();
    end();
  }

  private void end() {
    autocommit = true;
    savepoints.clear();
    savepointIsTransaction = false;
    forgetViolations();
  }

  private void forgetViolations() {
    foreignKeys.clear();
    settings.deferForeignKeys = false;
  }

  /** A statement outside of a transaction is over; PRAGMA defer_foreign_keys was for it. */
  void endStatement() {
    settings.deferForeignKeys = false;
  }

  /** Commits what an autocommit statement wrote; if that fails, it is undone. */
  void commitStatement() {
    if (foreignKeys.hasDeferred()) {
      rollbackDatabases();
      forgetViolations();
      throw ForeignKeyCounter.failure();
    }
    try {
      commitDatabases();
    } catch (TursoException failure) {
      rollbackStatement();
      throw failure;
    }
    forgetViolations();
  }

  /** Undoes what an autocommit statement wrote. */
  void rollbackStatement() {
    rollbackDatabases();
    forgetViolations();
  }

  /**
   * Commits all databases. A lock that is not to be had is found out before anything is changed:
   * then the transaction stays as it is, and COMMIT can be tried again.
   */
  private void commitDatabases() {
    boolean locked = false;
    try {
      for (SessionDatabase database : databases) {
        if (database.mustVacuum()) {
          freezeReaders.run();
          database.vacuum();
        }
      }
      for (SessionDatabase database : databases) {
        database.lockForCommit();
      }
      locked = true;
      commitLocked();
    } catch (TursoException failure) {
      if (locked || !isBusy(failure)) {
        rollbackAll();
      }
      throw failure;
    }
  }

  /** Databases with rollback journals commit together, by a super-journal; each other by itself. */
  private void commitLocked() {
    List<String> paths = new ArrayList<>();
    for (SessionDatabase database : databases) {
      if (database.needsSuperJournal()) {
        paths.add(database.path());
      }
    }
    SessionDatabase main = databases.get(SessionDatabases.MAIN);
    if (paths.size() > 1 && !main.isInMemory()) {
      FileSystem files = main.pager().database().fileSystem();
      String superJournal = SuperJournal.create(files, main.path(), paths);
      for (SessionDatabase database : databases) {
        database.prepareCommit(database.needsSuperJournal() ? superJournal : "");
      }
      SuperJournal.delete(files, superJournal);
    }
    for (SessionDatabase database : databases) {
      database.commit();
    }
  }

  private void rollbackDatabases() {
    for (SessionDatabase database : databases) {
      database.rollback();
    }
  }

  /** Gives all snapshots back, once no statement runs and no transaction is open. */
  void endReads() {
    for (SessionDatabase database : databases) {
      database.endRead();
    }
  }

  void savepoint(String name) {
    if (autocommit) {
      open();
      savepointIsTransaction = true;
    }
    savepoints.add(new Savepoint(name, foreignKeys.mark(), writes));
  }

  void release(String name) {
    int index = find(name);
    if (index == 0 && savepointIsTransaction) {
      commit();
      return;
    }
    for (SessionDatabase database : databases) {
      database.release(index);
    }
    truncate(index);
  }

  void rollbackTo(String name) {
    int index = find(name);
    for (SessionDatabase database : databases) {
      database.rollbackTo(index);
    }
    foreignKeys.backTo(savepoints.get(index).violations());
    truncate(index + 1);
  }

  private void truncate(int count) {
    savepoints.subList(count, savepoints.size()).clear();
  }

  private int find(String name) {
    for (int i = savepoints.size() - 1; i >= 0; i--) {
      if (Names.same(savepoints.get(i).name(), name)) {
        return i;
      }
    }
    throw error("no such savepoint: " + name);
  }

  ForeignKeyCounter foreignKeys() {
    return foreignKeys;
  }

  private static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }
}
