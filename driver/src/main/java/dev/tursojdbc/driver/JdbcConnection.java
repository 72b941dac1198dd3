package dev.tursojdbc.driver;

import dev.tursojdbc.api.WalState;
import dev.tursojdbc.sql.Query;
import dev.tursojdbc.sql.SchemaReader;
import dev.tursojdbc.sql.Session;
import dev.tursojdbc.sql.StatementKind;
import dev.tursojdbc.sql.TableInfo;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.wal.WalStatistics;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC connection over one {@link Session}.
 *
 * <p>With autocommit off, a transaction begins with the first statement that needs one, not before:
 * an idle connection of a pool holds no lock. One lock per connection makes it safe to share
 * between threads, one statement at a time.
 */
final class JdbcConnection extends ConnectionAttributes implements StatementFactory {
  private final Session session;
  private final ConnectionSettings settings;
  private final boolean integerAsLong;
  private final DateStorage dates;
  private final String begin;
  private final ReentrantLock lock = new ReentrantLock();
  private final Set<JdbcStatement> statements =
      java.util.Collections.newSetFromMap(new WeakHashMap<>());
  private volatile boolean closed;

  /** Whether what it held is given up; later than closed, if it was aborted. */
  private boolean released;

  private boolean autocommit = true;
  private boolean readOnly;
  private int savepoints;

  private JdbcConnection(Session session, ConnectionSettings settings) throws SQLException {
    this.session = session;
    this.settings = settings;
    this.integerAsLong = settings.isTrue(ConnectionProperty.INTEGER_AS_LONG);
    this.dates = DateStorage.of(settings);
    String mode = String.valueOf(settings.get(ConnectionProperty.TRANSACTION_MODE));
    this.begin = mode.equalsIgnoreCase("DEFERRED") ? "BEGIN" : "BEGIN " + mode;
    for (ConnectionProperty ignored : settings.ignored()) {
      warn("the connection property " + ignored.key() + " has no effect");
    }
  }

  static JdbcConnection open(ConnectionSettings settings) throws SQLException {
    Session session = null;
    try {
      session = Databases.open(settings);
      JdbcConnection connection = new JdbcConnection(session, settings);
      connection.applySettings();
      return connection;
    } catch (TursoException e) {
      closeQuietly(session, e);
      throw SqlErrors.connecting(e);
    } catch (SQLException e) {
      closeQuietly(session, e);
      throw e;
    }
  }

  private static void closeQuietly(@Nullable Session session, Exception cause) {
    if (session != null) {
      try {
        session.close();
      } catch (TursoException e) {
        cause.addSuppressed(e);
      }
    }
  }

  /** In the fixed order of {@link ConnectionProperty}, as some settings must precede others. */
  private void applySettings() {
    long timeout = Long.parseLong(String.valueOf(settings.get(ConnectionProperty.BUSY_TIMEOUT)));
    session.setBusyTimeoutMillis((int) Math.max(0, Math.min(timeout, Integer.MAX_VALUE)));
    for (ConnectionProperty property : ConnectionProperty.values()) {
      if (property.isPragma() && settings.isSet(property)) {
        run("PRAGMA " + property.key() + " = '" + settings.get(property) + "'");
      }
    }
  }

  /** Runs one statement of our own to its end. */
  private void run(String sql) {
    try (Query query = session.prepare(sql, 0)) {
      while (query.step()) {
        // The rows of a pragma are of no interest here.
      }
    }
  }

  /** A table or view, or null; without a database the one that a statement would find. */
  @Nullable TableInfo table(@Nullable String database, String name) throws SQLException {
    lock();
    try {
      return new SchemaReader(session).table(database, name);
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    } finally {
      unlock();
    }
  }

  /** All tables and views of all databases. */
  List<TableInfo> tables() throws SQLException {
    lock();
    try {
      return new SchemaReader(session).tables();
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    } finally {
      unlock();
    }
  }

  /** The first values of a query's rows as text. */
  List<String> firstColumn(String sql) throws SQLException {
    lock();
    try (Query query = session.prepare(sql, 0)) {
      List<String> values = new ArrayList<>();
      while (query.step()) {
        values.add(String.valueOf(query.columnText(0)));
      }
      return values;
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    } finally {
      unlock();
    }
  }

  void execute(String sql) throws SQLException {
    try {
      run(sql);
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    }
  }

  Session session() {
    return session;
  }

  /** Whether {@code getObject} gives a Long for each INTEGER. */
  boolean integerAsLong() {
    return integerAsLong;
  }

  /** Whether metadata shows each database as a schema. */
  boolean attachedSchemas() {
    return settings.isTrue(ConnectionProperty.ATTACHED_SCHEMAS);
  }

  DateStorage dates() {
    return dates;
  }

  ConnectionSettings settings() {
    return settings;
  }

  void lock() throws SQLException {
    lock.lock();
    if (closed) {
      lock.unlock();
      throw SqlErrors.connectionClosed();
    }
  }

  void unlock() {
    lock.unlock();
  }

  @Override
  void checkOpen() throws SQLException {
    if (closed) {
      throw SqlErrors.connectionClosed();
    }
  }

  /** Begins the transaction that autocommit off promises, if the statement is one that needs it. */
  void beginIfNeeded(StatementKind kind) throws SQLException {
    if (!autocommit && session.isAutocommit() && kind.needsTransaction()) {
      execute(begin);
    }
  }

  void beginBatch() throws SQLException {
    execute(begin);
  }

  boolean inAutocommit() {
    return session.isAutocommit();
  }

  @Override
  public Statement createStatement() throws SQLException {
    checkOpen();
    return register(new JdbcStatement(this));
  }

  private <S extends JdbcStatement> S register(S statement) {
    lock.lock();
    try {
      statements.add(statement);
    } finally {
      lock.unlock();
    }
    return statement;
  }

  void unregister(JdbcStatement statement) {
    statements.remove(statement);
  }

  @Override
  public PreparedStatement prepareStatement(String sql) throws SQLException {
    return prepare(sql, KeyRequest.NONE);
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int autoGeneratedKeys) throws SQLException {
    return prepare(sql, KeyRequest.of(autoGeneratedKeys));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, int[] columnIndexes) throws SQLException {
    return prepare(sql, KeyRequest.of(columnIndexes));
  }

  @Override
  public PreparedStatement prepareStatement(String sql, String[] columnNames) throws SQLException {
    return prepare(sql, KeyRequest.of(columnNames));
  }

  private PreparedStatement prepare(String sql, KeyRequest request) throws SQLException {
    checkOpen();
    return register(new JdbcPreparedStatement(this, sql, request));
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return JdbcEscapes.translate(sql);
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
        execute(begin);
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

  @Override
  public void close() throws SQLException {
    lock.lock();
    try {
      closed = true;
      if (!released) {
        released = true;
        release();
      }
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    } finally {
      lock.unlock();
    }
  }

  private void release() throws SQLException {
    try {
      for (JdbcStatement statement : Set.copyOf(statements)) {
        statement.closeWithConnection();
      }
      statements.clear();
    } finally {
      session.close();
    }
  }

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  boolean isShut() {
    return closed;
  }

  @Override
  public DatabaseMetaData getMetaData() throws SQLException {
    checkOpen();
    return new JdbcDatabaseMetaData(this);
  }

  @Override
  public void setReadOnly(boolean value) throws SQLException {
    lock();
    try {
      if (value != readOnly) {
        if (!session.isAutocommit()) {
          throw SqlErrors.misuse("setReadOnly inside a transaction");
        }
        execute("PRAGMA query_only = " + (value ? 1 : 0));
        readOnly = value;
      }
    } finally {
      unlock();
    }
  }

  @Override
  public boolean isReadOnly() throws SQLException {
    checkOpen();
    return readOnly || settings.readOnly() || settings.immutable();
  }

  @Override
  public Clob createClob() throws SQLException {
    checkOpen();
    return new JdbcClob("");
  }

  @Override
  public Blob createBlob() throws SQLException {
    checkOpen();
    return new JdbcBlob(new byte[0]);
  }

  @Override
  public NClob createNClob() throws SQLException {
    checkOpen();
    return new JdbcClob("");
  }

  @Override
  public boolean isValid(int timeoutSeconds) throws SQLException {
    if (timeoutSeconds < 0) {
      throw SqlErrors.misuse("negative timeout");
    }
    return !closed;
  }

  /** Closed from now on; a running statement is interrupted, and then everything given up. */
  @Override
  public void abort(@Nullable Executor executor) throws SQLException {
    if (executor == null) {
      throw SqlErrors.misuse("abort needs an executor");
    }
    if (closed) {
      return;
    }
    closed = true;
    session.interrupt();
    executor.execute(
        () -> {
          try {
            close();
          } catch (SQLException e) {
            System.getLogger("dev.tursojdbc").log(System.Logger.Level.WARNING, "abort", e);
          }
        });
  }

  @Override
  public long lastInsertRowid() throws SQLException {
    checkOpen();
    return session.lastInsertRowid();
  }

  @Override
  public long changes() throws SQLException {
    checkOpen();
    return session.changes();
  }

  @Override
  public long totalChanges() throws SQLException {
    checkOpen();
    return session.totalChanges();
  }

  @Override
  public void interrupt() {
    session.interrupt();
  }

  @Override
  public void setBusyTimeout(int milliseconds) throws SQLException {
    checkOpen();
    session.setBusyTimeoutMillis(milliseconds);
  }

  @Override
  public Optional<WalState> walState() throws SQLException {
    checkOpen();
    WalStatistics log = session.walStatistics();
    if (log == null) {
      return Optional.empty();
    }
    List<WalState.ReadMark> marks =
        log.heldMarks().stream()
            .map(mark -> new WalState.ReadMark(mark.index(), mark.frame(), mark.readers()))
            .toList();
    return Optional.of(
        new WalState(log.maxFrame(), log.backfilledFrames(), marks, log.writerHeld()));
  }
}
