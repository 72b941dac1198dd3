package dev.tursojdbc.api;

import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * A prepared statement whose parameters may have names. {@code
 * statement.unwrap(TursoPreparedStatement.class)} gives it, also through a pool.
 */
public interface TursoPreparedStatement extends PreparedStatement {

  /**
   * The number that setters take for a named parameter, however often it stands in the text.
   *
   * @param name with the character before it, as in {@code :id}, {@code @id} or {@code $id}, or
   *     without, for the first that is called so; letter case matters
   * @throws SQLException if the statement has no such parameter
   */
  int parameterIndex(String name) throws SQLException;
}
