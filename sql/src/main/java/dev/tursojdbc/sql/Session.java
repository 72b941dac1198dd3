package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.pager.OpenOptions;
import dev.tursojdbc.storage.wal.WalStatistics;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection: its databases (main, temp, attached), transaction state, settings and statements.
 * Used by one thread at a time; only {@link #interrupt()} may be called by another.
 *
 * <p>Here statements begin and end, and with them snapshots and autocommit transactions; what
 * happens in between is a {@link Program}'s affair.
 */
public final class Session implements AutoCloseable {
  private final SessionDatabases databases;
  private final Interrupt interrupt = new Interrupt();
  private final BusyTimeout busy = new BusyTimeout(interrupt);
  private final Settings settings = new Settings();
  private final Transactions transactions;
  private final ChangeCounters counters = new ChangeCounters();
  private final SessionContext context = new SessionContext(this);
  private final UserDefinitions definitions = new UserDefinitions(this);
  private final StatementCompiler compiler;
  private final Preparer preparer;
  private final List<Query> queries = new ArrayList<>();
  private final List<Query> running = new ArrayList<>();

  /** The statement that is at work just now. */
  private @Nullable Query current;

  private boolean closed;

  private Session(SessionDatabases databases) {
    this.databases = databases;
    this.transactions =
        new Transactions(databases.open(), settings, busy, interrupt, this::freezeRunning);
    this.compiler = new StatementCompiler(this);
    this.preparer = new Preparer(this);
    databases.setBusyHandler(busy);
  }

  /** Opens a connection to a database; several to the same file share its cache and schema. */
  public static Session open(FileSystem fileSystem, String path, OpenOptions options) {
    return open(fileSystem, path, options, options);
  }

  /**
   * Opens a database.
   *
   * @param attachOptions how databases are opened that are attached, unless a URI says otherwise
   */
  public static Session open(
      FileSystem fileSystem, String path, OpenOptions options, OpenOptions attachOptions) {
    return new Session(SessionDatabases.open(fileSystem, path, options, attachOptions));
  }

  /**
   * Compiles the first statement of the text that is not empty.
   *
   * @param from index of the first character to look at
   * @return a statement whose {@link Query#endOffset()} tells where the next one begins; {@link
   *     Query#isEmpty()} if only blanks and comments were left
   */
  public Query prepare(String sql, int from) {
    requireOpen();
    try {
      Query query = preparer.prepare(sql, from);
      queries.add(query);
      return query;
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw StatementFailure.toThrow(failure);
    }
  }

  /** Offers a compiled statement to the other connections. */
  void share(ParsedStatement parsed, CompiledStatement compiled) {
    preparer.share(parsed, compiled);
  }

  /**
   * Does something with the schemas of the newest committed state, or of the snapshot held. A
   * snapshot that is taken for this alone goes back, even inside a transaction: its first statement
   * takes the one that counts. Where a database is locked, the schema that is known must do: the
   * first step says that it is locked, or that the schema has changed.
   */
  <T> T withSchemas(Supplier<T> action) {
    List<SessionDatabase> taken = new ArrayList<>();
    try {
      for (SessionDatabase database : databases.open()) {
        if (database.isOpen()) {
          if (!database.pager().isReading()) {
            if (database.knowsSchema() && !database.pager().tryBeginRead()) {
              continue;
            }
            transactions.beginRead(database);
            taken.add(database);
          }
          database.currentSchema();
        }
      }
      return action.get();
    } finally {
      taken.forEach(SessionDatabase::endRead);
    }
  }

  /** Whether no transaction is open: each statement commits by itself. */
  public boolean isAutocommit() {
    return transactions.isAutocommit();
  }

  public long lastInsertRowid() {
    return counters.lastInsertRowid();
  }

  /** Rows changed by the most recent INSERT, UPDATE or DELETE, triggers and cascades left out. */
  public long changes() {
    return counters.changes();
  }

  public long totalChanges() {
    return counters.totalChanges();
  }

  /** The log of the main database as it stands; null if it has none. */
  public @Nullable WalStatistics walStatistics() {
    // The log is opened by the first who reads.
    withSchemas(() -> true);
    return databases.main().pager().database().walStatistics();
  }

  /** The functions and collations of the application's own. */
  public UserDefinitions definitions() {
    return definitions;
  }

  /** Makes the running statement of this session end with INTERRUPT. */
  public void interrupt() {
    interrupt.raise();
  }

  /** How long to wait for locks, in milliseconds; 0 not at all. */
  public void setBusyTimeoutMillis(int millis) {
    busy.setTimeoutMillis(millis);
  }

  public int busyTimeoutMillis() {
    return busy.timeoutMillis();
  }

  /** Rolls back what is open, closes all statements, leaves the databases. */
  @Override
  public void close() {
    if (closed) {
      return;
    }
    closed = true;
    for (Query query : List.copyOf(queries)) {
      query.close();
    }
    transactions.rollbackAll();
    transactions.endReads();
    databases.close();
  }

  private void requireOpen() {
    if (closed) {
      throw new TursoException(ErrorCode.MISUSE);
    }
  }

  // A statement's run.

  /** Takes what the statement needs, compiles it anew if its schema is gone, and starts it. */
  void start(Query query) {
    requireOpen();
    if (running.isEmpty()) {
      interrupt.clear();
    }
    enter(query);
    try {
      acquire(query);
      Program program = query.program();
      beginUndo(query, program);
      if (program.writes() != 0) {
        freezeRunning();
        transactions.countWrite();
      }
      query.setWritesSeen(transactions.writes());
      running.add(query);
      query.setRunning(true);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      if (transactions.isAutocommit() && !isAnyWriterRunning()) {
        // One of several databases may be held for writing already when another cannot be.
        transactions.rollbackStatement();
      }
      if (query.program() instanceof ChangeProgram) {
        counters.fail();
      }
      endReadsIfIdle();
      throw StatementFailure.toThrow(failure);
    }
    context.beginStatement();
    try {
      query.program().start();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw failed(query, failure);
    }
  }

  private void acquire(Query query) {
    while (true) {
      Program program = query.program();
      begin(program);
      if (program.isCurrent() && !query.isExpired()) {
        return;
      }
      query.compile(compiler);
    }
  }

  private void begin(Program program) {
    long writes = program.writes();
    if (writes != 0 && settings.queryOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
    long reads = program.reads() | writes;
    List<SessionDatabase> open = databases.open();
    for (int i = 0; i < open.size(); i++) {
      if ((writes >> i & 1) != 0) {
        transactions.beginWrite(open.get(i));
      } else if ((reads >> i & 1) != 0) {
        transactions.beginRead(open.get(i));
      }
      if ((reads >> i & 1) != 0 && program.needsSchema()) {
        open.get(i).currentSchema();
      }
    }
  }

  /** In autocommit the transaction is the statement; undoing one undoes the other. */
  private void beginUndo(Query query, Program program) {
    boolean needed = program.needsUndo() && (!transactions.isAutocommit() || !running.isEmpty());
    query.setStatementSavepoint(needed);
    if (needed) {
      int depth = transactions.savepointCount();
      forWritten(program, database -> database.openSavepoints(depth + 1));
      query.setViolationsAtStart(transactions.foreignKeys().mark());
    }
  }

  private void forWritten(Program program, java.util.function.Consumer<SessionDatabase> action) {
    List<SessionDatabase> open = databases.open();
    for (int i = 0; i < open.size(); i++) {
      if ((program.writes() >> i & 1) != 0) {
        action.accept(open.get(i));
      }
    }
  }

  private void freezeRunning() {
    for (Query query : running) {
      query.program().freeze();
    }
  }

  /** Another step of a statement begins. */
  void enter(Query query) {
    current = query;
    interrupt.setDeadline(query.deadline());
  }

  /** Which statement is at work, to be remembered while the application's code runs. */
  @Nullable Query current() {
    return current;
  }

  /** The statement goes on whose function or collation may have used this session itself. */
  void resume(@Nullable Query query) {
    if (query != null && query != current) {
      enter(query);
    }
  }

  /** What names mean has changed: each statement is compiled anew when it next begins. */
  void expireStatements() {
    queries.forEach(Query::expire);
    preparer.forgetIdle();
  }

  /** The statement has come to its end, or is not wanted any more. */
  void completed(Query query) {
    Program program = query.program();
    end(query);
    try {
      if (query.hasStatementSavepoint()) {
        int depth = transactions.savepointCount();
        forWritten(program, database -> database.release(depth));
      }
      if (transactions.isAutocommit() && program.writes() != 0) {
        commitStatement(program);
      } else if (transactions.isAutocommit() && program.reads() != 0) {
        transactions.endStatement();
      }
    } finally {
      endReadsIfIdle();
    }
  }

  private void commitStatement(Program program) {
    boolean committed = false;
    try {
      transactions.commitStatement();
      committed = true;
    } finally {
      if (!committed && program instanceof ChangeProgram) {
        counters.failCommit();
      }
    }
  }

  /**
   * The statement has failed: undoes as much as the failure asks for.
   *
   * @return what is to be thrown
   */
  RuntimeException failed(Query query, Throwable failure) {
    Program program = query.program();
    end(query);
    try {
      StatementFailure.Undo undone = undo(query, program, failure);
      if (program instanceof ChangeProgram) {
        if (undone == StatementFailure.Undo.NOTHING) {
          counters.complete();
        } else {
          counters.fail();
        }
      }
    } catch (RuntimeException second) {
      failure.addSuppressed(second);
    } finally {
      endReadsIfIdle();
    }
    return StatementFailure.toThrow(failure);
  }

  private StatementFailure.Undo undo(Query query, Program program, Throwable failure) {
    StatementFailure.Undo undo =
        StatementFailure.undo(failure, program.writes() != 0, query.hasStatementSavepoint());
    undo(query, program, undo);
    return undo;
  }

  private void undo(Query query, Program program, StatementFailure.Undo undo) {
    if (undo == StatementFailure.Undo.TRANSACTION) {
      prepareOthersForRollback(transactions.writesBefore());
      transactions.rollbackAll();
      return;
    }
    if (transactions.isAutocommit()) {
      if (program.writes() == 0) {
        return;
      }
      if (undo == StatementFailure.Undo.NOTHING) {
        transactions.commitStatement();
      } else {
        transactions.rollbackStatement();
      }
      return;
    }
    if (query.hasStatementSavepoint()) {
      int depth = transactions.savepointCount();
      if (undo == StatementFailure.Undo.STATEMENT) {
        forWritten(program, database -> database.rollbackTo(depth));
        transactions.foreignKeys().backTo(query.violationsAtStart());
      }
      forWritten(program, database -> database.release(depth));
    }
  }

  private void end(Query query) {
    running.remove(query);
    query.setRunning(false);
    query.program().end();
  }

  private void endReadsIfIdle() {
    if (running.isEmpty() && transactions.isAutocommit()) {
      transactions.endReads();
    }
  }

  /**
   * Changes are about to be rolled back under the other running statements. Those that began before
   * the changes go on over the pages that they see. Those that may have seen changes end, and their
   * next step tells so; all do if the schema changes back, too.
   *
   * @param kept how many of the {@linkplain Transactions#writes() writes} are not rolled back
   */
  void prepareOthersForRollback(long kept) {
    boolean schemaChanges = databases.open().stream().anyMatch(SessionDatabase::schemaIsOwn);
    for (Query query : List.copyOf(running)) {
      if (query == current) {
        continue;
      }
      if (schemaChanges || query.writesSeen() > kept || query.program().writes() != 0) {
        end(query);
        query.abort();
      } else {
        query.program().freeze();
      }
    }
  }

  /** Whether a statement that changes rows has begun and not ended, other than the current one. */
  boolean isAnyWriterRunning() {
    return running.stream().anyMatch(query -> query != current && query.program().writes() != 0);
  }

  boolean isAnyRunning() {
    return !running.isEmpty();
  }

  /** Whether any statement other than the current one is running. */
  boolean areOthersRunning() {
    return running.stream().anyMatch(query -> query != current);
  }

  void forget(Query query, IdlePrograms.@Nullable Idle program) {
    // Most often it is the last one.
    for (int i = queries.size() - 1; i >= 0; i--) {
      if (queries.get(i) == query) {
        queries.remove(i);
        break;
      }
    }
    if (program != null && !closed) {
      preparer.giveBack(program);
    }
  }

  // What programs use.

  /** Makes a small change of its own, committed at once unless a transaction is open. */
  void write(int database, Runnable change) {
    transactions.beginWrite(databases.get(database));
    try {
      change.run();
    } catch (RuntimeException failure) {
      if (transactions.isAutocommit()) {
        transactions.rollbackStatement();
      }
      throw failure;
    }
    if (transactions.isAutocommit()) {
      transactions.commitStatement();
    }
  }

  /** PRAGMA optimize analyses the tables that statements of the session search by indexes. */
  void noteSearched(Planner planner) {
    for (Planner.SearchedTable searched : planner.searched()) {
      databases.get(searched.database()).noteSearched(searched.table());
    }
  }

  SessionDatabases databases() {
    return databases;
  }

  Transactions transactions() {
    return transactions;
  }

  /** What SQL on this connection is limited to. */
  public Limits limits() {
    return databases.limits();
  }

  Settings settings() {
    return settings;
  }

  Interrupt interruptFlag() {
    return interrupt;
  }

  ChangeCounters counters() {
    return counters;
  }

  SessionContext context() {
    return context;
  }

  StatementCompiler compiler() {
    return compiler;
  }

  /** The schemas that a statement can name now. */
  Catalog schemas() {
    return databases.schemas();
  }
}
