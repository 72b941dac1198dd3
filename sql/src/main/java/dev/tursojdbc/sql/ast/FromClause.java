package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code FROM first JOIN … JOIN …}: joins from left to right, so a list and no tree.
 *
 * @param joins each joins its table to all that stands before it
 */
public record FromClause(TableReference first, List<Join> joins) {
  public FromClause {
    joins = List.copyOf(joins);
  }

  /** Which rows without a partner survive. */
  public enum JoinType {
    /** A comma. */
    COMMA,
    /** {@code JOIN} or {@code INNER JOIN}. */
    INNER,
    /** An inner join that keeps its order: the left table is the outer loop. */
    CROSS,
    LEFT,
    RIGHT,
    FULL
  }

  /**
   * {@code [NATURAL] type JOIN table [ON on | USING (using)]}.
   *
   * @param using empty where there is no USING
   */
  public record Join(
      JoinType type,
      boolean natural,
      TableReference table,
      @Nullable Expression on,
      List<Name> using) {
    public Join {
      using = List.copyOf(using);
    }
  }
}
