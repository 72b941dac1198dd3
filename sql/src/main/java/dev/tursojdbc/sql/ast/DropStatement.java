package dev.tursojdbc.sql.ast;

/** {@code DROP TABLE | INDEX | VIEW | TRIGGER [IF EXISTS] name}. */
public record DropStatement(Kind kind, boolean ifExists, QualifiedName name) implements Statement {

  /** What is dropped. */
  public enum Kind {
    TABLE,
    INDEX,
    VIEW,
    TRIGGER
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
