package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/** {@code ALTER TABLE table change}. */
public record AlterTableStatement(QualifiedName table, Change change) implements Statement {

  /** What is altered. */
  public sealed interface Change {
    <R> R accept(ChangeVisitor<R> visitor);
  }

  /** {@code RENAME TO newName}. */
  public record RenameTable(Name newName) implements Change {
    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code RENAME [COLUMN] column TO newName}. */
  public record RenameColumn(Name column, Name newName) implements Change {
    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code ADD [COLUMN] definition}.
   *
   * @param text the definition as written, to be put before the closing parenthesis of the table's
   *     text
   */
  public record AddColumn(ColumnDefinition column, String text) implements Change {
    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code DROP [COLUMN] column}. */
  public record DropColumn(Name column) implements Change {
    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code ADD [CONSTRAINT name] CHECK (condition)}.
   *
   * @param text the constraint as written, to be put before the closing parenthesis of the table's
   *     text
   */
  public record AddCheck(TableConstraint.Check check, String text) implements Change {
    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code DROP CONSTRAINT name}. */
  public record DropConstraint(Name constraint) implements Change {
    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code ALTER [COLUMN] column SET NOT NULL [ON CONFLICT …]}.
   *
   * @param text from NOT on as written, to be put behind the column's definition
   */
  public record SetNotNull(Name column, @Nullable ConflictAction onConflict, String text)
      implements Change {
    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code ALTER [COLUMN] column DROP NOT NULL}. */
  public record DropNotNull(Name column) implements Change {
    @Override
    public <R> R accept(ChangeVisitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One answer for each kind of change. */
  public interface ChangeVisitor<R> {
    R visit(RenameTable rename);

    R visit(RenameColumn rename);

    R visit(AddColumn add);

    R visit(DropColumn drop);

    R visit(AddCheck add);

    R visit(DropConstraint drop);

    R visit(SetNotNull set);

    R visit(DropNotNull drop);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
