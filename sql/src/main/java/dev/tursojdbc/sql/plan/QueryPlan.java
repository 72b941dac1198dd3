package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a query is computed. */
public sealed interface QueryPlan {

  /** How duplicates are left out. */
  enum Distinct {
    /** They are not. */
    NO,
    /** By remembering what was seen. */
    HASH,
    /** By comparing with the row before: duplicates come together. */
    ORDERED,
    /** No two rows can be the same. */
    UNIQUE
  }

  /**
   * A SELECT.
   *
   * @param constants conditions without columns of its sources; if one does not hold there are no
   *     rows
   * @param grouping null if rows are not grouped
   * @param sort empty if rows come in the order wanted
   * @param presorted in how many first terms of the order rows come already
   */
  record Select(
      List<BoundExpression> constants,
      List<JoinLevel> levels,
      @Nullable Grouping grouping,
      @Nullable WindowPlan windows,
      List<BoundExpression> results,
      Distinct distinct,
      List<Collation> collations,
      List<OrderTerm> sort,
      int presorted,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements QueryPlan {
    public Select {
      constants = List.copyOf(constants);
      levels = List.copyOf(levels);
      results = List.copyOf(results);
      collations = List.copyOf(collations);
      sort = List.copyOf(sort);
    }
  }

  /** VALUES. */
  record Values(
      boolean apart,
      List<List<BoundExpression>> rows,
      List<OrderTerm> sort,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements QueryPlan {
    public Values {
      rows = rows.stream().map(List::copyOf).toList();
      sort = List.copyOf(sort);
    }
  }

  /** Queries joined by UNION ALL, one behind the other. */
  record Concatenation(
      QueryPlan first,
      List<QueryPlan> others,
      List<OrderTerm> sort,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements QueryPlan {
    public Concatenation {
      others = List.copyOf(others);
      sort = List.copyOf(sort);
    }
  }

  /**
   * Two queries whose rows come in the same order.
   *
   * @param order of result columns; of all of them, unless the operator is UNION ALL
   * @param collations by which rows are equal
   */
  record Merge(
      CompoundOperator operator,
      QueryPlan left,
      QueryPlan right,
      List<OrderTerm> order,
      List<Collation> collations,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements QueryPlan {
    public Merge {
      order = List.copyOf(order);
      collations = List.copyOf(collations);
    }

    Merge withLimit(@Nullable BoundExpression newLimit, @Nullable BoundExpression newOffset) {
      return new Merge(operator, left, right, order, collations, newLimit, newOffset);
    }
  }

  /** A recursive common table expression. */
  record Recursive(
      int recursion,
      QueryPlan initial,
      List<QueryPlan> recursive,
      boolean distinct,
      List<Collation> collations,
      List<OrderTerm> sort,
      @Nullable BoundExpression limit,
      @Nullable BoundExpression offset)
      implements QueryPlan {
    public Recursive {
      recursive = List.copyOf(recursive);
      collations = List.copyOf(collations);
      sort = List.copyOf(sort);
    }
  }
}
