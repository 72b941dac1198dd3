package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [TEMP] TRIGGER [IF NOT EXISTS] trigger time event ON table [FOR EACH ROW] [WHEN …]
 * BEGIN body END}.
 *
 * @param table a database before it was written only if its schema is not null
 * @param updateOf the columns of {@code UPDATE OF}; empty: any
 * @param body INSERT, UPDATE, DELETE or SELECT statements. A RETURNING in one is read here and
 *     refused when the trigger is made ({@code cannot use RETURNING in a trigger}), not if it
 *     exists already
 * @param schemaSql the text for sqlite_schema
 */
public record CreateTriggerStatement(
    boolean temporary,
    boolean ifNotExists,
    QualifiedName trigger,
    Time time,
    Event event,
    List<Name> updateOf,
    QualifiedName table,
    @Nullable Expression when,
    List<Statement> body,
    String schemaSql)
    implements Statement {
  public CreateTriggerStatement {
    updateOf = List.copyOf(updateOf);
    body = List.copyOf(body);
  }

  /** When it fires; BEFORE where nothing was written. */
  public enum Time {
    BEFORE,
    AFTER,
    INSTEAD_OF
  }

  /** What fires it. */
  public enum Event {
    DELETE,
    INSERT,
    UPDATE
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
