package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Session;
import dev.tursojdbc.storage.error.TursoException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import javax.sql.ConnectionEvent;
import javax.sql.ConnectionEventListener;
import javax.sql.PooledConnection;
import javax.sql.StatementEventListener;
import org.jspecify.annotations.Nullable;

/**
 * One session that a pool lends to one borrower after the other. Each borrower has a connection of
 * its own, so that its autocommit, isolation, statements and warnings end with it; what pragmas
 * have set stays with the session. Closing the connection rolls its transaction back and tells the
 * listeners, which is how the pool gets the session back. A new borrower takes the session from the
 * one before.
 *
 * <p>Listeners hear of an error when the session can serve nobody any more: its connection was
 * aborted, or could not be rolled back.
 */
final class JdbcPooledConnection implements PooledConnection {
  private final Session session;
  private final ConnectionSettings settings;
  private final List<ConnectionEventListener> listeners = new CopyOnWriteArrayList<>();
  private @Nullable JdbcConnection borrowed;
  private boolean closed;

  JdbcPooledConnection(Session session, ConnectionSettings settings) {
    this.session = session;
    this.settings = settings;
  }

  @Override
  public synchronized Connection getConnection() throws SQLException {
    if (closed) {
      throw SqlErrors.connectionClosed();
    }
    endBorrowed();
    JdbcConnection connection = new JdbcConnection(session, settings, this);
    borrowed = connection;
    return connection;
  }

  /** Not borrowed any more before it closes, so that the listeners do not hear of it. */
  private void endBorrowed() throws SQLException {
    JdbcConnection connection = borrowed;
    borrowed = null;
    if (connection != null) {
      connection.close();
    }
  }

  /** A borrower has closed its connection; its lock must not be held, as pools take it later. */
  synchronized void giveBack(JdbcConnection connection) {
    if (connection == borrowed) {
      borrowed = null;
      tell(listener -> listener.connectionClosed(new ConnectionEvent(this)));
    }
  }

  /** The session is of no use any more. */
  synchronized void giveUp(JdbcConnection connection, SQLException cause) {
    closed = true;
    if (connection == borrowed) {
      borrowed = null;
      tell(listener -> listener.connectionErrorOccurred(new ConnectionEvent(this, cause)));
    }
  }

  private void tell(Consumer<ConnectionEventListener> event) {
    for (ConnectionEventListener listener : listeners) {
      event.accept(listener);
    }
  }

  @Override
  public synchronized void close() throws SQLException {
    try {
      endBorrowed();
    } finally {
      closed = true;
      closeSession();
    }
  }

  private void closeSession() throws SQLException {
    try {
      session.close();
    } catch (TursoException e) {
      throw SqlErrors.running(e);
    }
  }

  @Override
  public void addConnectionEventListener(ConnectionEventListener listener) {
    listeners.add(listener);
  }

  @Override
  public void removeConnectionEventListener(ConnectionEventListener listener) {
    listeners.remove(listener);
  }

  /** Statements are not pooled: those of a borrower are closed with its connection. */
  @Override
  public void addStatementEventListener(StatementEventListener listener) {}

  @Override
  public void removeStatementEventListener(StatementEventListener listener) {}
}
