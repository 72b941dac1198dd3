package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code [WITH …] UPDATE [OR action] table [AS alias] SET … [FROM …] [WHERE …] [RETURNING …] [ORDER
 * BY …] [LIMIT …]}.
 *
 * @param action null where nothing was written
 * @param returning empty without a RETURNING clause
 */
public record UpdateStatement(
    @Nullable With with,
    @Nullable ConflictAction action,
    QualifiedName table,
    @Nullable Name alias,
    @Nullable IndexHint hint,
    List<Assignment> assignments,
    @Nullable FromClause from,
    @Nullable Expression where,
    List<ResultColumn> returning,
    List<OrderingTerm> orderBy,
    @Nullable Limit limit)
    implements Statement {
  public UpdateStatement {
    assignments = List.copyOf(assignments);
    returning = List.copyOf(returning);
    orderBy = List.copyOf(orderBy);
  }

  /** The same statement with a WITH before it. */
  public UpdateStatement withClause(With with) {
    return new UpdateStatement(
        with, action, table, alias, hint, assignments, from, where, returning, orderBy, limit);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
