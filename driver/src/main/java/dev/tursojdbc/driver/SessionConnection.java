package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Query;
import dev.tursojdbc.sql.SchemaReader;
import dev.tursojdbc.sql.Session;
import dev.tursojdbc.sql.TableInfo;
import dev.tursojdbc.storage.error.TursoException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * A connection's session, and how it is used: by one thread at a time, its failures turned into
 * SQLExceptions. The lock makes a connection safe to share, one statement after the other.
 */
abstract class SessionConnection extends ConnectionAttributes {
  final Session session;
  final ReentrantLock lock = new ReentrantLock();
  volatile boolean closed;

  SessionConnection(Session session) {
    this.session = session;
  }

  /** Runs one statement of our own to its end. */
  static void run(Session session, String sql) {
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
      run(session, sql);
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    }
  }

  Session session() {
    return session;
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

  @Override
  public boolean isClosed() {
    return closed;
  }

  @Override
  boolean isShut() {
    return closed;
  }
}
