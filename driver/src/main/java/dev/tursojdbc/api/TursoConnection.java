package dev.tursojdbc.api;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Comparator;
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

  /**
   * Lets this connection's SQL call a function, in place of an earlier one of this name and number
   * of arguments, and before a built-in one. {@code regexp} with two arguments, the pattern first,
   * is what the operator REGEXP calls; {@code match} the operator MATCH.
   *
   * @param argumentCount how many arguments it takes, or -1 for any number
   * @throws SQLException BUSY, if a statement of this connection is running that could call what is
   *     to be replaced
   */
  void createFunction(
      String name, int argumentCount, ScalarFunction function, FunctionTrait... traits)
      throws SQLException;

  /** As {@link #createFunction} for a function of groups, and of windows if it can be one. */
  void createAggregate(
      String name, int argumentCount, AggregateFunction<?> function, FunctionTrait... traits)
      throws SQLException;

  /** Takes a function back; does nothing if there is none. */
  void dropFunction(String name, int argumentCount) throws SQLException;

  /**
   * Lets this connection compare texts with {@code COLLATE name}. An index by it is only good as
   * long as the order stays the same: whoever changes the comparator must REINDEX.
   *
   * @param name other than BINARY, NOCASE and RTRIM
   * @param order must be a total order in which only texts are equal that are to be taken as such
   */
  void createCollation(String name, Comparator<String> order) throws SQLException;

  /** Takes a collation back; does nothing if there is none. */
  void dropCollation(String name) throws SQLException;

  /** The log of the main database; empty if it has none, because it is not in WAL mode. */
  Optional<WalState> walState() throws SQLException;
}
