package dev.tursojdbc.sql;

/**
 * A function of a group of rows that the application defines. May fail as a {@link UserScalar}.
 *
 * @param <S> what is known of a group
 */
public interface UserAggregate<S> {

  /** A group before its first row. */
  S start() throws Exception;

  /** Takes a row in. */
  void add(S group, FunctionCall row) throws Exception;

  /** Takes the oldest row out again. Called only if {@link #isInvertible()}. */
  void remove(S group, FunctionCall row) throws Exception;

  /** Sets the result of the rows so far; more may follow. */
  void result(S group, FunctionCall call) throws Exception;

  /** Whether rows can be removed; only then the function can be called with OVER. */
  boolean isInvertible();
}
