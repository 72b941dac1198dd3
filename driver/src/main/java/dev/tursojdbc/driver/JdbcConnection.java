package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Limit;
import dev.tursojdbc.sql.Session;
import dev.tursojdbc.storage.error.TursoException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.DatabaseMetaData;
import java.sql.NClob;
import java.sql.SQLException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * A JDBC connection over one {@link Session}: how it is opened, ended and tested, and the rest. The
 * session is its own, or a pool's that it gives back when it is closed.
 */
final class JdbcConnection extends StatementConnection {
  private final ConnectionSettings settings;
  private final boolean integerAsLong;
  private final DateStorage dates;

  /** Whether what it held is given up; later than closed, if it was aborted. */
  private boolean released;

  private boolean readOnly;
  private volatile boolean aborted;
  private final @Nullable JdbcPooledConnection lender;

  /**
   * @param lender whose session it is, or null if it is this connection's own
   */
  JdbcConnection(
      Session session, ConnectionSettings settings, @Nullable JdbcPooledConnection lender)
      throws SQLException {
    super(session, String.valueOf(settings.get(ConnectionProperty.TRANSACTION_MODE)));
    this.settings = settings;
    this.lender = lender;
    this.integerAsLong = settings.isTrue(ConnectionProperty.INTEGER_AS_LONG);
    this.dates = DateStorage.of(settings);
    for (ConnectionProperty ignored : settings.ignored()) {
      warn("the connection property " + ignored.key() + " has no effect");
    }
  }

  static JdbcConnection open(ConnectionSettings settings) throws SQLException {
    Session session = openSession(settings);
    try {
      return new JdbcConnection(session, settings, null);
    } catch (SQLException e) {
      closeQuietly(session, e);
      throw e;
    }
  }

  /** Opens the database and sets what is asked for. */
  static Session openSession(ConnectionSettings settings) throws SQLException {
    Session session = null;
    try {
      session = Databases.open(settings);
      applySettings(session, settings);
      return session;
    } catch (TursoException e) {
      closeQuietly(session, e);
      throw SqlErrors.connecting(e);
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
  private static void applySettings(Session session, ConnectionSettings settings) {
    long timeout = Long.parseLong(String.valueOf(settings.get(ConnectionProperty.BUSY_TIMEOUT)));
    session.setBusyTimeoutMillis((int) Math.max(0, Math.min(timeout, Integer.MAX_VALUE)));
    if (settings.areDefault()) {
      return;
    }
    for (ConnectionProperty property : ConnectionProperty.values()) {
      if (property.isPragma() && settings.isSet(property)) {
        run(session, "PRAGMA " + property.key() + " = '" + settings.get(property) + "'");
      }
    }
    applyLimits(session, settings);
  }

  private static void applyLimits(Session session, ConnectionSettings settings) {
    for (ConnectionProperty property : ConnectionProperty.values()) {
      Limit limit = property.limit();
      if (limit != null && settings.isSet(property)) {
        long value = Long.parseLong(String.valueOf(settings.get(property)));
        session.limits().set(limit, (int) Math.max(-1, Math.min(value, Integer.MAX_VALUE)));
      }
    }
  }

  /** Whether {@code getObject} gives a Long for each INTEGER. */
  boolean integerAsLong() {
    return integerAsLong;
  }

  /** Whether metadata shows each database as a schema. */
  boolean attachedSchemas() {
    return settings.isTrue(ConnectionProperty.ATTACHED_SCHEMAS);
  }

  @Override
  JdbcConnection jdbc() {
    return this;
  }

  @Override
  DateStorage dates() {
    return dates;
  }

  ConnectionSettings settings() {
    return settings;
  }

  @Override
  public String nativeSQL(String sql) throws SQLException {
    checkOpen();
    return JdbcEscapes.translate(sql);
  }

  @Override
  public void close() throws SQLException {
    JdbcPooledConnection home = lender;
    if (home == null) {
      end();
      return;
    }
    try {
      if (end() && aborted) {
        home.giveUp(this, SqlErrors.connectionClosed());
      } else {
        home.giveBack(this);
      }
    } catch (SQLException e) {
      home.giveUp(this, e);
      throw e;
    }
  }

  /** Gives up what it holds, unless that has been done; whether it was done now. */
  private boolean end() throws SQLException {
    lock.lock();
    try {
      closed = true;
      if (released) {
        return false;
      }
      released = true;
      release();
      return true;
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    } finally {
      lock.unlock();
    }
  }

  private void release() throws SQLException {
    try {
      closeStatements();
    } finally {
      if (lender == null || aborted) {
        session.close();
      } else {
        leaveClean();
      }
    }
  }

  /** Makes the session fit for the next borrower. */
  private void leaveClean() throws SQLException {
    if (!session.isAutocommit()) {
      execute("ROLLBACK");
    }
    if (readOnly) {
      boolean queryOnly = settings.isTrue(ConnectionProperty.QUERY_ONLY);
      execute("PRAGMA query_only = " + (queryOnly ? 1 : 0));
    }
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
    aborted = true;
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
}
