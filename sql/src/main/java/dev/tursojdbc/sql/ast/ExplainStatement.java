package dev.tursojdbc.sql.ast;

/** {@code EXPLAIN [QUERY PLAN] statement}. */
public record ExplainStatement(boolean queryPlan, Statement statement) implements Statement {
  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
