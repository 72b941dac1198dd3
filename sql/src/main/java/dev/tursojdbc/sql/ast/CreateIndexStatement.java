package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [UNIQUE] INDEX [IF NOT EXISTS] index ON table (terms) [WHERE …]}.
 *
 * @param table lives in the same database as the index
 * @param terms columns or expressions; a collation is an {@link Expression.Collate} around them
 * @param schemaSql the text for sqlite_schema
 */
public record CreateIndexStatement(
    boolean unique,
    boolean ifNotExists,
    QualifiedName index,
    Name table,
    List<OrderingTerm> terms,
    @Nullable Expression where,
    String schemaSql)
    implements Statement {
  public CreateIndexStatement {
    terms = List.copyOf(terms);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
