package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code [WITH …] INSERT [OR action] | REPLACE INTO table [AS alias] (columns) source}.
 *
 * @param action null where nothing was written; REPLACE for the statement of that name
 * @param columns empty where none were listed
 * @param source null for DEFAULT VALUES
 * @param upserts the ON CONFLICT clauses in order
 * @param returning empty without a RETURNING clause
 */
public record InsertStatement(
    @Nullable With with,
    @Nullable ConflictAction action,
    QualifiedName table,
    @Nullable Name alias,
    List<Name> columns,
    @Nullable SelectStatement source,
    List<Upsert> upserts,
    List<ResultColumn> returning)
    implements Statement {
  public InsertStatement {
    columns = List.copyOf(columns);
    upserts = List.copyOf(upserts);
    returning = List.copyOf(returning);
  }

  /** The same statement with a WITH before it. */
  public InsertStatement withClause(With with) {
    return new InsertStatement(with, action, table, alias, columns, source, upserts, returning);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
