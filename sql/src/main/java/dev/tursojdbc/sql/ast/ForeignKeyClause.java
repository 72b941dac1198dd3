package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code REFERENCES table [(columns)] [ON DELETE …] [ON UPDATE …] [MATCH …] [[NOT] DEFERRABLE
 * [INITIALLY …]]}.
 *
 * @param columns empty: the parent's primary key
 * @param match the name after MATCH, which changes nothing in SQLite, or null
 * @param deferred checked at commit: DEFERRABLE INITIALLY DEFERRED
 */
public record ForeignKeyClause(
    Name table,
    List<Name> columns,
    Action onDelete,
    Action onUpdate,
    @Nullable Name match,
    boolean deferred) {
  public ForeignKeyClause {
    columns = List.copyOf(columns);
  }

  /** The same clause, checked at commit or not. */
  public ForeignKeyClause deferred(boolean deferred) {
    return new ForeignKeyClause(table, columns, onDelete, onUpdate, match, deferred);
  }

  /** What happens to child rows. */
  public enum Action {
    NO_ACTION("NO ACTION"),
    RESTRICT("RESTRICT"),
    SET_NULL("SET NULL"),
    SET_DEFAULT("SET DEFAULT"),
    CASCADE("CASCADE");

    private final String symbol;

    Action(String symbol) {
      this.symbol = symbol;
    }

    /** As {@code PRAGMA foreign_key_list} shows it. */
    public String symbol() {
      return symbol;
    }
  }
}
