package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a compound select is made of: a SELECT without ORDER BY and LIMIT, or rows of values. */
public sealed interface SelectCore {
  <R> R accept(Visitor<R> visitor);

  /**
   * {@code SELECT … FROM … WHERE … GROUP BY … HAVING … WINDOW …}.
   *
   * @param number counts the cores of a statement from 1, in the order in which they end
   * @param from absent: one row without columns
   */
  record Select(
      int number,
      boolean distinct,
      List<ResultColumn> columns,
      @Nullable FromClause from,
      @Nullable Expression where,
      List<Expression> groupBy,
      @Nullable Expression having,
      List<NamedWindow> windows)
      implements SelectCore {
    public Select {
      columns = List.copyOf(columns);
      groupBy = List.copyOf(groupBy);
      windows = List.copyOf(windows);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code VALUES (a, b), (c, d)}. That the rows have the same length is checked by the binder.
   *
   * @param number as that of a SELECT
   */
  record Values(int number, List<List<Expression>> rows) implements SelectCore {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One answer for each kind of core. */
  interface Visitor<R> {
    R visit(Select select);

    R visit(Values values);
  }
}
