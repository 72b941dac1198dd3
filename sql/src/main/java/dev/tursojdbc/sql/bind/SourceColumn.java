package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import org.jspecify.annotations.Nullable;

/**
 * A column that a source offers to names.
 *
 * @param name each name is there once
 * @param tableName for a column of a parenthesised join: the name of the source inside that it
 *     comes from; else null
 * @param innerName for a column of a parenthesised join: its name inside, which others may have,
 *     too; names that do not begin with the alias of the join mean this one. Else {@code name}
 * @param role what names find it by
 * @param hidden whether {@code *} leaves it out
 * @param origin where it comes from, for result set metadata; null for an expression
 * @param notNull whether it is declared never to be NULL
 */
public record SourceColumn(
    String name,
    @Nullable String tableName,
    String innerName,
    Role role,
    Affinity affinity,
    Collation collation,
    @Nullable String declaredType,
    @Nullable Origin origin,
    boolean hidden,
    boolean notNull) {

  /** A column that is not of a parenthesised join. */
  SourceColumn(
      String name,
      Affinity affinity,
      Collation collation,
      @Nullable String declaredType,
      @Nullable Origin origin,
      boolean hidden,
      boolean notNull) {
    this(
        name,
        null,
        name,
        Role.ORDINARY,
        affinity,
        collation,
        declaredType,
        origin,
        hidden,
        notNull);
  }

  /** How names find a column. */
  public enum Role {
    /** By its name, and by that of its source before it. */
    ORDINARY,
    /**
     * Inside of a parenthesised join: what USING made of the columns of two sources. Its name alone
     * means it and neither of the two, which are found with their sources' names before them.
     */
    JOINED,
    /** Inside of a parenthesised join: the rowid of one of its tables. */
    ROWID
  }

  /** The column of a table behind a result column. */
  public record Origin(String database, String table, String column) {}
}
