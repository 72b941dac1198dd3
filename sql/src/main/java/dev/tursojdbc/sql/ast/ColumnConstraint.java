package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * A constraint, default or property of one column.
 *
 * <p>{@code name} is what {@code CONSTRAINT name} before it said, or null.
 */
public sealed interface ColumnConstraint {
  @Nullable Name name();

  Span span();

  <R> R accept(Visitor<R> visitor);

  /** {@code PRIMARY KEY [ASC | DESC] [ON CONFLICT …] [AUTOINCREMENT]}. */
  record PrimaryKey(
      @Nullable Name name,
      OrderingTerm.@Nullable Direction direction,
      @Nullable ConflictAction onConflict,
      boolean autoincrement,
      Span span)
      implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code NOT NULL [ON CONFLICT …]}. */
  record NotNull(@Nullable Name name, @Nullable ConflictAction onConflict, Span span)
      implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code NULL [ON CONFLICT …]}, which means nothing. */
  record Null(@Nullable Name name, Span span) implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code UNIQUE [ON CONFLICT …]}. */
  record Unique(@Nullable Name name, @Nullable ConflictAction onConflict, Span span)
      implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code CHECK (condition)}.
   *
   * @param text the condition as written, for the message when an unnamed one fails
   */
  record Check(@Nullable Name name, Expression condition, String text, Span span)
      implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code DEFAULT value}, {@code DEFAULT (expression)}.
   *
   * @param value a bare word ({@code DEFAULT abc}) is a {@link Expression.StringLiteral}; {@code
   *     TRUE} and {@code FALSE} too are given as written, as {@link Expression.ColumnReference}
   * @param text as written, without the parentheses; what {@code PRAGMA table_info} shows
   */
  record Default(@Nullable Name name, Expression value, String text, Span span)
      implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code COLLATE collation}. */
  record Collate(@Nullable Name name, Name collation, Span span) implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code REFERENCES table (columns) …}. */
  record References(@Nullable Name name, ForeignKeyClause clause, Span span)
      implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code [GENERATED ALWAYS] AS (expression) [STORED | VIRTUAL]}.
   *
   * @param storage the word after it as written, or null; only STORED and VIRTUAL mean something
   */
  record Generated(@Nullable Name name, Expression expression, @Nullable Name storage, Span span)
      implements ColumnConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    public boolean isStored() {
      return storage != null && storage.text().equalsIgnoreCase("stored");
    }
  }

  /** One answer for each kind of column constraint. */
  interface Visitor<R> {
    R visit(PrimaryKey primaryKey);

    R visit(NotNull notNull);

    R visit(Null nullAllowed);

    R visit(Unique unique);

    R visit(Check check);

    R visit(Default defaultValue);

    R visit(Collate collate);

    R visit(References references);

    R visit(Generated generated);
  }
}
