package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code [WITH …] DELETE FROM table [AS alias] [WHERE …] [RETURNING …] [ORDER BY …] [LIMIT …]}.
 *
 * @param returning empty without a RETURNING clause
 */
public record DeleteStatement(
    @Nullable With with,
    QualifiedName table,
    @Nullable Name alias,
    @Nullable IndexHint hint,
    @Nullable Expression where,
    List<ResultColumn> returning,
    List<OrderingTerm> orderBy,
    @Nullable Limit limit)
    implements Statement {
  public DeleteStatement {
    returning = List.copyOf(returning);
    orderBy = List.copyOf(orderBy);
  }

  /** The same statement with a WITH before it. */
  public DeleteStatement withClause(With with) {
    return new DeleteStatement(with, table, alias, hint, where, returning, orderBy, limit);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
