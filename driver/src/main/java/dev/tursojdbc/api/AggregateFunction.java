package dev.tursojdbc.api;

import org.jspecify.annotations.Nullable;

/**
 * A function that SQL can call over a group of rows. May fail as a {@link ScalarFunction} may.
 *
 * @param <S> what is known of a group; no two groups share one
 */
public interface AggregateFunction<S> {

  /** A group before its first row. */
  S start() throws Exception;

  /** Takes a row in. */
  void add(S group, FunctionArguments arguments) throws Exception;

  /**
   * The value of the rows so far; more may follow.
   *
   * @return null, or a value that {@link java.sql.PreparedStatement#setObject(int, Object)} takes
   */
  @Nullable Object result(S group) throws Exception;
}
