package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * {@code PRAGMA [schema.]name}, {@code PRAGMA name = value}, {@code PRAGMA name(value)}.
 *
 * @param value its text: quotes removed, a minus before a number kept, a plus dropped; null without
 *     a value. The two ways to write it mean the same
 */
public record PragmaStatement(QualifiedName pragma, @Nullable Value value) implements Statement {

  /** What a pragma is set to or asked about. */
  public record Value(String text, Kind kind, Span span) {
    /** How the value was written. */
    public enum Kind {
      NUMBER,
      NAME,
      STRING
    }
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
