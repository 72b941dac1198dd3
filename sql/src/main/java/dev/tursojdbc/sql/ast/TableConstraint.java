package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A constraint that stands after the columns of a table.
 *
 * <p>{@code name} is what {@code CONSTRAINT name} before it said, or null.
 */
public sealed interface TableConstraint {
  @Nullable Name name();

  Span span();

  <R> R accept(Visitor<R> visitor);

  /** {@code PRIMARY KEY (columns [AUTOINCREMENT]) [ON CONFLICT …]}. */
  record PrimaryKey(
      @Nullable Name name,
      List<OrderingTerm> columns,
      boolean autoincrement,
      @Nullable ConflictAction onConflict,
      Span span)
      implements TableConstraint {
    public PrimaryKey {
      columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code UNIQUE (columns) [ON CONFLICT …]}. */
  record Unique(
      @Nullable Name name,
      List<OrderingTerm> columns,
      @Nullable ConflictAction onConflict,
      Span span)
      implements TableConstraint {
    public Unique {
      columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code CHECK (condition)}; an ON CONFLICT after it means nothing.
   *
   * @param text the condition as written, for the message when an unnamed one fails
   */
  record Check(@Nullable Name name, Expression condition, String text, Span span)
      implements TableConstraint {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code FOREIGN KEY (columns) REFERENCES table (columns) …}. */
  record ForeignKey(@Nullable Name name, List<Name> columns, ForeignKeyClause clause, Span span)
      implements TableConstraint {
    public ForeignKey {
      columns = List.copyOf(columns);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One answer for each kind of table constraint. */
  interface Visitor<R> {
    R visit(PrimaryKey primaryKey);

    R visit(Unique unique);

    R visit(Check check);

    R visit(ForeignKey foreignKey);
  }
}
