package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.value.Affinity;
import org.jspecify.annotations.Nullable;

/**
 * One column of a table.
 *
 * @param declaredType as written (standard names in upper case, as SQLite keeps them); null if none
 * @param collation name of the collation, BINARY unless one was declared
 * @param notNull what happens to a NULL, or null if NULL is allowed
 * @param defaultValue an expression without columns, or null: NULL
 * @param defaultText the default as written, for {@code PRAGMA table_info}
 * @param generated the expression of a generated column, or null
 * @param generation whether a generated column is stored in the record
 * @param primaryKeyNumber position in the primary key, from 1; 0 if not part of it
 * @param storageIndex position of its value in the table's record; -1 if it is not stored
 */
public record Column(
    String name,
    @Nullable String declaredType,
    Affinity affinity,
    String collation,
    @Nullable ConflictAction notNull,
    @Nullable Expression defaultValue,
    @Nullable String defaultText,
    @Nullable Expression generated,
    Generation generation,
    int primaryKeyNumber,
    int storageIndex) {

  /** Where a column's value comes from. */
  public enum Generation {
    /** An ordinary column. */
    NONE,
    /** Computed when read. */
    VIRTUAL,
    /** Computed when written. */
    STORED
  }

  public boolean isGenerated() {
    return generation != Generation.NONE;
  }

  public boolean isVirtual() {
    return generation == Generation.VIRTUAL;
  }

  /** Whether the type is one that a STRICT table takes everything in. */
  public boolean isAny() {
    return "ANY".equals(declaredType);
  }

  Column withStorageIndex(int index) {
    return new Column(
        name,
        declaredType,
        affinity,
        collation,
        notNull,
        defaultValue,
        defaultText,
        generated,
        generation,
        primaryKeyNumber,
        index);
  }
}
