package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/** Statements about whole databases and their upkeep. */
public sealed interface DatabaseStatement extends Statement {

  /**
   * {@code ATTACH [DATABASE] file AS schema [KEY key]}. A bare word as file or schema is a {@link
   * Expression.ColumnReference}; it stands for its own text.
   */
  record Attach(Expression file, Expression schema, @Nullable Expression key)
      implements DatabaseStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code DETACH [DATABASE] schema}. */
  record Detach(Expression schema) implements DatabaseStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code VACUUM [schema] [INTO file]}. */
  record Vacuum(@Nullable Name schema, @Nullable Expression into) implements DatabaseStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code ANALYZE [[schema.]name]}.
   *
   * @param target null: everything; an unqualified name may be a database, a table or an index
   */
  record Analyze(@Nullable QualifiedName target) implements DatabaseStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code REINDEX [[schema.]name]}.
   *
   * @param target null: everything; an unqualified name may be a collation, a table or an index, or
   *     the word EXPRESSIONS: all indexes on expressions
   */
  record Reindex(@Nullable QualifiedName target) implements DatabaseStatement {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }
}
