package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.AggregateCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Plans a SELECT: its join, its groups, what has to be sorted. The join is asked for rows in an
 * order that spares the sorting or the grouping.
 */
final class SelectPlanner {
  /** Estimate of the number of groups: 100. */
  private static final int GROUPS = 66;

  private final Planner planner;
  private final BoundQuery.Select select;
  private final List<BoundExpression> results;
  private int rows;

  SelectPlanner(Planner planner, BoundQuery.Select select) {
    this.planner = planner;
    this.select = select;
    List<BoundExpression> expressions = new ArrayList<>(select.columns().size());
    for (ResultColumn column : select.columns()) {
      expressions.add(column.expression());
    }
    this.results = List.copyOf(expressions);
  }

  /** Estimate of the number of rows, after {@link #plan}. */
  int rows() {
    return rows;
  }

  QueryPlan.Select plan() {
    QueryPlan.Select plan = select.aggregate() ? aggregate() : plain();
    if (select.limit() instanceof Constant limit && limit.isInteger() && limit.integer() >= 0) {
      rows = Math.min(rows, LogEstimate.of(limit.integer()));
    }
    return plan;
  }

  private int limit() {
    return select.limit() instanceof Constant limit && limit.isInteger() && limit.integer() > 0
        ? LogEstimate.of(limit.integer())
        : Ordering.UNLIMITED;
  }

  private QueryPlan.Select plain() {
    List<OrderTerm> distinctTerms = select.distinct() ? terms(results) : List.of();
    Ordering ordering = Ordering.NONE;
    boolean grouped = select.distinct() && isSameList();
    if (grouped) {
      ordering =
          new Ordering(select.orderBy(), Ordering.Purpose.SORT, Ordering.UNLIMITED, results.size());
    } else if (!select.orderBy().isEmpty()) {
      ordering = new Ordering(select.orderBy(), Ordering.Purpose.SORT, limit(), results.size());
    } else if (select.distinct()) {
      ordering =
          new Ordering(
              distinctTerms, Ordering.Purpose.DISTINCT, Ordering.UNLIMITED, results.size());
    }
    JoinPlan join = new JoinPlanner(planner, select).plan(ordering, distinctTerms);
    rows = join.rows();
    boolean sorted = !select.orderBy().isEmpty() && join.ordered();
    QueryPlan.Distinct distinct = QueryPlan.Distinct.NO;
    if (select.distinct()) {
      distinct = join.distinct() ? QueryPlan.Distinct.ORDERED : QueryPlan.Distinct.HASH;
    }
    return result(join, null, distinct, sorted ? List.of() : select.orderBy());
  }

  /** Whether the ORDER BY of a DISTINCT lists exactly the result columns. */
  private boolean isSameList() {
    if (select.orderBy().size() != results.size()) {
      return false;
    }
    for (int i = 0; i < results.size(); i++) {
      if (select.orderBy().get(i).resultColumn() != i) {
        return false;
      }
    }
    return true;
  }

  private static List<OrderTerm> terms(List<BoundExpression> expressions) {
    List<OrderTerm> terms = new ArrayList<>();
    for (BoundExpression expression : expressions) {
      terms.add(new OrderTerm(expression, -1, false, true, Comparisons.collation(expression)));
    }
    return terms;
  }

  private QueryPlan.Select aggregate() {
    List<BoundExpression> keys = select.groupBy();
    List<OrderTerm> keyTerms = terms(keys);
    boolean sortsGroups = ordersByGroups(keyTerms);
    List<Boolean> descending = directions(keys.size());
    Ordering ordering = Ordering.NONE;
    AggregateCall extreme = extreme();
    if (sortsGroups) {
      ordering =
          new Ordering(
              select.orderBy(), Ordering.Purpose.SORTED_GROUP, Ordering.UNLIMITED, results.size());
    } else if (!keys.isEmpty()) {
      ordering = new Ordering(keyTerms, Ordering.Purpose.GROUP, Ordering.UNLIMITED, results.size());
    } else if (extreme != null) {
      ordering = orderOf(extreme);
    }
    JoinPlan join = new JoinPlanner(planner, select).plan(ordering, List.of());
    rows = keys.isEmpty() ? 0 : Math.min(join.rows(), GROUPS);
    Grouping grouping =
        new Grouping(
            keys,
            select.aggregateSource(),
            select.aggregates().stream().map(SelectPlanner::simplified).toList(),
            groupColumns(),
            select.having(),
            join.ordered(),
            extreme != null && join.ordered(),
            descending);
    return result(
        join,
        grouping,
        select.distinct() ? QueryPlan.Distinct.HASH : QueryPlan.Distinct.NO,
        sortsGroups ? List.of() : select.orderBy());
  }

  /**
   * Groups are sorted in the directions of the ORDER BY if that has as many terms, whatever terms
   * these are: so does SQLite, and it shows where rows are equal in the ORDER BY.
   */
  private List<Boolean> directions(int keyCount) {
    if (select.orderBy().size() != keyCount) {
      return Collections.nCopies(keyCount, false);
    }
    return select.orderBy().stream().map(OrderTerm::descending).toList();
  }

  /** Whether ORDER BY lists the terms of GROUP BY, so that groups in order are rows in order. */
  private boolean ordersByGroups(List<OrderTerm> keys) {
    List<OrderTerm> orderBy = select.orderBy();
    if (keys.isEmpty() || orderBy.size() != keys.size()) {
      return false;
    }
    for (int i = 0; i < keys.size(); i++) {
      OrderTerm term = orderBy.get(i);
      if (!term.expression().equals(keys.get(i).expression())
          || term.collation() != keys.get(i).collation()
          || term.nullsLarge()) {
        return false;
      }
    }
    return true;
  }

  /** The aggregate of a query for one minimum or maximum; null if it is none. */
  private @org.jspecify.annotations.Nullable AggregateCall extreme() {
    if (select.aggregates().size() != 1 || !select.groupBy().isEmpty()) {
      return null;
    }
    AggregateCall call = select.aggregates().get(0);
    boolean isExtreme =
        call.function().name().equals("min") || call.function().name().equals("max");
    return isExtreme
            && call.arguments().size() == 1
            && call.filter() == null
            && call.orderBy().isEmpty()
        ? call
        : null;
  }

  /** NULLs come last: they count only if there is nothing else. */
  private Ordering orderOf(AggregateCall extreme) {
    boolean descending = extreme.function().name().equals("max");
    BoundExpression argument = extreme.arguments().get(0);
    boolean nullsFirst = !descending && !mayBeNull(argument);
    return new Ordering(
        List.of(new OrderTerm(argument, -1, descending, nullsFirst, extreme.collation())),
        Ordering.Purpose.SORT,
        0,
        1);
  }

  /** The least of distinct values is the least of all. */
  private static AggregateCall simplified(AggregateCall call) {
    boolean isExtreme =
        call.function().name().equals("min") || call.function().name().equals("max");
    return isExtreme && call.distinct()
        ? new AggregateCall(
            call.function(),
            call.star(),
            call.arguments(),
            false,
            call.filter(),
            call.orderBy(),
            call.collation())
        : call;
  }

  private boolean mayBeNull(BoundExpression argument) {
    if (!(argument instanceof BoundExpression.Column column) || column.isRowid()) {
      return !(argument instanceof BoundExpression.Column);
    }
    return select.from().stream()
        .map(FromItem::source)
        .filter(source -> source.id() == column.source())
        .noneMatch(source -> source.columns().get(column.column()).notNull());
  }

  /**
   * Columns of the sources that are used outside of aggregates and keys; what stands inside of a
   * key need not be known once the key is.
   */
  private List<BoundExpression> groupColumns() {
    List<BoundExpression> outputs = new ArrayList<>(results);
    for (OrderTerm term : select.orderBy()) {
      outputs.add(term.expression());
    }
    if (select.having() != null) {
      outputs.add(select.having());
    }
    Set<Integer> own =
        select.from().stream()
            .map(FromItem::source)
            .map(source -> source.id())
            .collect(Collectors.toSet());
    List<BoundExpression> columns = new ArrayList<>();
    for (BoundExpression output : outputs) {
      References.walk(
          output,
          e -> {
            if (e instanceof BoundExpression.NullIfUnmatched unmatched
                && own.contains(unmatched.source())
                && !select.groupBy().contains(e)
                && !columns.contains(e)) {
              columns.add(e);
            }
          });
    }
    Set<BoundExpression> keys = new HashSet<>(select.groupBy());
    keys.removeIf(BoundExpression.Column.class::isInstance);
    for (BoundExpression leaf : References.leaves(outputs, keys)) {
      if (leaf instanceof BoundExpression.Column column
          && own.contains(column.source())
          && (!select.groupBy().contains(leaf) || followsExtreme(column))) {
        columns.add(leaf);
      }
    }
    return columns;
  }

  /**
   * Whether a grouped column is taken from the row that min or max took, as other columns are. That
   * makes a difference only where equal keys may look different.
   */
  private boolean followsExtreme(BoundExpression.Column key) {
    return select.aggregates().stream().anyMatch(SelectPlanner::isExtreme)
        && (key.affinity() == Affinity.BLOB
            || key.affinity() == Affinity.NONE
            || Comparisons.collation(key) != Collation.BINARY);
  }

  private static boolean isExtreme(AggregateCall call) {
    String name = call.function().name();
    return call.arguments().size() == 1 && (name.equals("min") || name.equals("max"));
  }

  private QueryPlan.Select result(
      JoinPlan join,
      @org.jspecify.annotations.Nullable Grouping grouping,
      QueryPlan.Distinct distinct,
      List<OrderTerm> sort) {
    List<Collation> collations = new ArrayList<>(results.size());
    for (BoundExpression result : results) {
      collations.add(Comparisons.collation(result));
    }
    return new QueryPlan.Select(
        join.constants(),
        join.levels(),
        grouping,
        null,
        results,
        distinct,
        List.copyOf(collations),
        sort,
        select.limit(),
        select.offset());
  }
}
