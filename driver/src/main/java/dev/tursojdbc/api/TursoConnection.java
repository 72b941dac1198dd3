package dev.tursojdbc.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * The connection with what SQLite offers beyond JDBC. {@code
 * connection.unwrap(TursoConnection.class)} gives it, also through a pool.
 */
public interface TursoConnection extends Connection {

  /** The rowid of the most recent successful INSERT on this connection, 0 if there was none. */
  long lastInsertRowid() throws SQLException;

  /** Rows changed, inserted or deleted by the most recent statement that did any of these. */
  long changes() throws SQLException;

  /** Rows changed since the connection was opened. */
  long totalChanges() throws SQLException;

  /** Makes a running statement of this connection fail with INTERRUPT; any thread may call it. */
  void interrupt();

  /** How long statements wait for locks, in milliseconds. */
  void setBusyTimeout(int milliseconds) throws SQLException;

  /** The log of the main database; empty if it has none, because it is not in WAL mode. */
  Optional<WalState> walState() throws SQLException;
}
