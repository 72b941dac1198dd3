package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.exec.ForeignKeyCounter;
import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One compiled statement of a session: parameters are set, rows are stepped through, and it can run
 * again. Like SQLite's prepared statement it notices a changed schema at its first step and
 * compiles itself anew.
 *
 * <p>Parameter and column positions count from 0. Column values are of the current row, after
 * {@link #step()} answered true.
 */
public final class Query extends RowValues implements AutoCloseable {
  private static final Register[] NO_PARAMETERS = {};

  private final Session session;
  private final ParsedStatement parsed;
  private final StatementKind kind;
  private final int endOffset;
  private final Register[] parameters;

  /** The text, if the statement in {@link #parsed} has parameters where this has literals. */
  private final @Nullable String liftedText;

  /** The program as others may use it after this; null if it is of no plan. */
  private IdlePrograms.@Nullable Idle reusable;

  private @Nullable Program program;
  private boolean running;
  private boolean expired;
  private boolean hasRow;
  private boolean closed;

  /** Whether the transaction was rolled back under this run, which the next step has to tell. */
  private boolean aborted;

  private long timeoutMillis;

  /** {@link System#nanoTime} at which this run must have ended; 0 for no limit. */
  private long deadline;

  /** Violations of deferred foreign keys that this run goes back to when it is undone. */
  private long writesSeen;

  private ForeignKeyCounter.Mark violationsAtStart = new ForeignKeyCounter.Mark(0, 0);

  /** Whether this run undoes its own changes by a savepoint when it fails. */
  private boolean hasStatementSavepoint;

  Query(
      Session session,
      ParsedStatement parsed,
      int endOffset,
      Register[] parameters,
      @Nullable Program program) {
    this.session = session;
    this.parsed = parsed;
    this.kind = StatementKind.of(parsed.statement());
    this.endOffset = endOffset;
    this.parameters = parameters;
    this.program = program;
    this.liftedText = null;
  }

  /**
   * A query of a shared plan.
   *
   * @param liftedText the text, if the program's parameters are lifted literals, which have their
   *     values already; null if they are the statement's own
   */
  Query(
      Session session,
      ParsedStatement parsed,
      int endOffset,
      IdlePrograms.Idle program,
      @Nullable String liftedText) {
    this.session = session;
    this.parsed = parsed;
    this.kind = StatementKind.of(parsed.statement());
    this.endOffset = endOffset;
    this.parameters = liftedText == null ? program.parameters() : NO_PARAMETERS;
    this.program = program.program();
    this.reusable = program;
    this.liftedText = liftedText;
  }

  /** What the statement is for. */
  public StatementKind kind() {
    return kind;
  }

  /** Where the next statement of the text begins; the text's length if there is none. */
  public int endOffset() {
    return endOffset;
  }

  /** Nothing but blanks and comments: not a statement. */
  public boolean isEmpty() {
    return kind == StatementKind.EMPTY;
  }

  /** Whether it leaves the database as it is (as sqlite3_stmt_readonly says). */
  public boolean isReadOnly() {
    return program == null || program.isReadOnly();
  }

  /** The statement's text, from what comes before it in a script to its last semicolon. */
  public String text() {
    // A text whose literals were lifted has no comments that could follow.
    return liftedText == null ? parsed.text() : liftedText.substring(0, endOffset);
  }

  /** The table that an INSERT without RETURNING fills; null for any other statement. */
  public @Nullable TableInfo insertTarget() {
    if (parsed.statement() instanceof InsertStatement insert && insert.returning().isEmpty()) {
      Name database = insert.table().schema();
      return new SchemaReader(session)
          .table(database == null ? null : database.text(), insert.table().name().text());
    }
    return null;
  }

  public int parameterCount() {
    return parameters.length;
  }

  /**
   * The parameter of a name, from 0; -1 if there is none.
   *
   * @param name with its first character, or without
   */
  public int parameterIndex(String name) {
    int exact = parsed.parameterNames().indexOf(name);
    if (exact >= 0) {
      return exact;
    }
    for (int i = 0; i < parameters.length; i++) {
      String full = parsed.parameterNames().get(i);
      if (full != null && full.charAt(0) != '?' && full.substring(1).equals(name)) {
        return i;
      }
    }
    return -1;
  }

  public void setNull(int parameter) {
    parameter(parameter).setNull();
  }

  public void setLong(int parameter, long value) {
    parameter(parameter).setInteger(value);
  }

  public void setDouble(int parameter, double value) {
    parameter(parameter).setReal(value);
  }

  public void setText(int parameter, String value) {
    parameter(parameter).setText(value.getBytes(StandardCharsets.UTF_8));
  }

  /** The array must not be changed afterwards. */
  public void setBlob(int parameter, byte[] value) {
    parameter(parameter).setBlob(value);
  }

  private Register parameter(int index) {
    if (running) {
      throw new TursoException(ErrorCode.MISUSE);
    }
    if (index < 0 || index >= parameters.length) {
      throw new TursoException(ErrorCode.RANGE);
    }
    return parameters[index];
  }

  /**
   * Runs to the next row. The first call after {@link #reset()} starts the statement anew.
   *
   * @return true: a row can be read; false: done (in autocommit, committed)
   */
  public boolean step() {
    if (closed) {
      throw new TursoException(ErrorCode.MISUSE);
    }
    if (isEmpty()) {
      return false;
    }
    if (aborted) {
      aborted = false;
      throw new TursoException(ErrorCode.ABORT_ROLLBACK);
    }
    if (!running) {
      start();
    }
    session.enter(this);
    try {
      hasRow = program().step();
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw session.failed(this, failure);
    }
    if (!hasRow) {
      session.completed(this);
    }
    return hasRow;
  }

  private void start() {
    deadline = timeoutMillis > 0 ? deadlineAfter(timeoutMillis) : 0;
    session.start(this);
  }

  private static long deadlineAfter(long millis) {
    long limit = System.nanoTime() + millis * 1_000_000;
    // 0 stands for no limit.
    return limit == 0 ? 1 : limit;
  }

  /** Ends the current run; parameters keep their values. */
  public void reset() {
    aborted = false;
    if (running) {
      session.completed(this);
    }
  }

  /** Limit for each run, in milliseconds; 0 for none. Ends with INTERRUPT. */
  public void setTimeoutMillis(long millis) {
    timeoutMillis = millis;
  }

  /** 0 for a statement that yields no rows. */
  public int columnCount() {
    return columns().size();
  }

  public String columnName(int column) {
    return columns().get(column).name();
  }

  /** Declared type of the column that the result column comes from, or null for an expression. */
  public @Nullable String columnDeclaredType(int column) {
    return columns().get(column).declaredType();
  }

  /**
   * What an expression's values are likely to be, as the name of a type; null if that cannot be
   * told. Nothing but a forecast: SQLite's values have types of their own.
   */
  public @Nullable String columnTypeForecast(int column) {
    return columns().get(column).forecast().typeName();
  }

  public @Nullable String columnDatabase(int column) {
    return columns().get(column).database();
  }

  public @Nullable String columnTable(int column) {
    return columns().get(column).table();
  }

  public @Nullable String columnOrigin(int column) {
    return columns().get(column).origin();
  }

  private List<ColumnInfo> columns() {
    return program == null ? List.of() : program.columns();
  }

  /** Keeps the rows of this run, as many as are added, so that they can be read in any order. */
  public KeptRows keepRows() {
    return new KeptRows(session.context(), columnCount());
  }

  @Override
  Register value(int column) {
    if (!hasRow) {
      throw new TursoException(ErrorCode.MISUSE);
    }
    try {
      return program().value(column);
    } catch (RuntimeException | StackOverflowError | OutOfMemoryError failure) {
      throw StatementFailure.toThrow(failure);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      reset();
      closed = true;
      session.forget(this, reusable);
      reusable = null;
    }
  }

  // For the session.

  Program program() {
    Program compiled = program;
    if (compiled == null) {
      throw new IllegalStateException("an empty statement has no program");
    }
    return compiled;
  }

  /** Compiles it anew, because the schema that it was compiled against is gone. */
  void compile(StatementCompiler compiler) {
    // Whether literals can be lifted depends on the schema.
    ParsedStatement written = liftedText == null ? parsed : SqlParser.parse(liftedText, 0);
    program = compiler.compile(written, parameters);
    reusable = null;
    expired = false;
  }

  /** Its program must not run again. */
  void expire() {
    expired = true;
    reusable = null;
  }

  boolean isExpired() {
    return expired;
  }

  /** The transaction of this run is gone. */
  void abort() {
    aborted = true;
  }

  void setRunning(boolean nowRunning) {
    running = nowRunning;
    hasRow = false;
  }

  long deadline() {
    return deadline;
  }

  boolean hasStatementSavepoint() {
    return hasStatementSavepoint;
  }

  void setStatementSavepoint(boolean present) {
    hasStatementSavepoint = present;
  }

  ForeignKeyCounter.Mark violationsAtStart() {
    return violationsAtStart;
  }

  void setViolationsAtStart(ForeignKeyCounter.Mark violations) {
    violationsAtStart = violations;
  }

  /** How many of the session's {@linkplain Transactions#writes() writes} the run may have seen. */
  long writesSeen() {
    return writesSeen;
  }

  void setWritesSeen(long writes) {
    writesSeen = writes;
  }
}
