package dev.tursojdbc.sql.ast;

import java.util.List;

/**
 * {@code WITH [RECURSIVE] name (columns) AS (query), …}.
 *
 * @param recursive whether the word was written; it changes nothing in SQLite
 */
public record With(boolean recursive, List<CommonTableExpression> tables) {
  public With {
    tables = List.copyOf(tables);
  }

  /** What the writer wishes of a common table expression. */
  public enum Materialization {
    ANY,
    MATERIALIZED,
    NOT_MATERIALIZED
  }

  /**
   * One named query.
   *
   * @param columns empty where no names were given
   */
  public record CommonTableExpression(
      Name name, List<Name> columns, Materialization materialization, SelectStatement query) {
    public CommonTableExpression {
      columns = List.copyOf(columns);
    }
  }
}
