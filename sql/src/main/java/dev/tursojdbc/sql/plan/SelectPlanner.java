package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.AggregateCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Plans a SELECT: its join, its groups, what has to be sorted. The join is asked for rows in an
 * order that spares the sorting or the grouping.
 */
final class SelectPlanner {
  /** Estimate of the number of groups: 100. */
  private static final int GROUPS = 66;

  /** DISTINCT is taken to leave one row of eight. */
  private static final int DISTINCT_FACTOR = 30;

  private final Planner planner;
  private final BoundQuery.Select select;
  private final List<BoundExpression> results;

  /** Estimate of how often the query is computed. */
  private final int runs;

  private int rows;

  SelectPlanner(Planner planner, BoundQuery.Select select, int runs) {
    this.runs = runs;
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
    for (FromItem item : select.from()) {
      if (item.source() instanceof Source.OfQuery query) {
        planner.noteRuns(query.query(), runs);
      }
    }
    QueryPlan.Select plan = select.aggregate() ? aggregate() : plain();
    if (select.limit() instanceof Constant limit && limit.isInteger() && limit.integer() >= 0) {
      rows = Math.min(rows, LogEstimate.of(limit.integer()));
    }
    return plan;
  }

  /** Queries inside of the loops are computed for each row, those outside once. */
  private void noteRuns(JoinPlan join) {
    int inside = runs + join.rows();
    noteRuns(select.where(), inside);
    select.from().forEach(item -> noteRuns(item.condition(), inside));
    int outside = select.aggregate() ? runs : inside;
    results.forEach(result -> noteRuns(result, outside));
    select.orderBy().forEach(term -> noteRuns(term.expression(), outside));
    noteRuns(select.having(), outside);
    select.groupBy().forEach(key -> noteRuns(key, inside));
    for (AggregateCall call : select.aggregates()) {
      call.arguments().forEach(argument -> noteRuns(argument, inside));
      noteRuns(call.filter(), inside);
    }
  }

  private void noteRuns(@Nullable BoundExpression expression, int estimate) {
    if (expression == null) {
      return;
    }
    BoundQuery query = References.queryOf(expression);
    if (query != null) {
      planner.noteRuns(query, estimate);
    }
    expression.children().forEach(child -> noteRuns(child, estimate));
  }

  private int limit() {
    return select.limit() instanceof Constant limit && limit.isInteger() && limit.integer() > 0
        ? LogEstimate.of(limit.integer())
        : Ordering.UNLIMITED;
  }

  private QueryPlan.Select plain() {
    List<OrderTerm> distinctTerms = select.distinct() ? terms(results) : List.of();
    boolean distinct = select.distinct();
    boolean redundant = distinct && DistinctKeys.areIn(select);
    Ordering ordering = Ordering.NONE;
    boolean grouped = distinct && isSameList();
    if (grouped) {
      // SQLite makes GROUP BY of it.
      ordering =
          new Ordering(
              select.orderBy(),
              Ordering.Purpose.GROUP_AND_SORT,
              Ordering.UNLIMITED,
              results.size(),
              false);
    } else if (!select.orderBy().isEmpty()) {
      ordering =
          new Ordering(select.orderBy(), Ordering.Purpose.SORT, limit(), results.size(), distinct);
    } else if (distinct && !redundant) {
      ordering =
          new Ordering(distinctTerms, Ordering.Purpose.DISTINCT, limit(), results.size(), true);
    }
    JoinPlan join = joinPlan(ordering, redundant ? List.of() : distinctTerms);
    rows = grouped ? GROUPS : distinct ? join.rows() - DISTINCT_FACTOR : join.rows();
    boolean sorted = !select.orderBy().isEmpty() && join.sorted();
    QueryPlan.Distinct how = QueryPlan.Distinct.NO;
    if (distinct) {
      boolean together = join.distinct() || (grouped && join.ordered());
      how =
          redundant
              ? QueryPlan.Distinct.UNIQUE
              : together ? QueryPlan.Distinct.ORDERED : QueryPlan.Distinct.HASH;
    }
    return result(
        join,
        null,
        how,
        sorted ? List.of() : select.orderBy(),
        ordering.purpose() == Ordering.Purpose.SORT && !sorted ? join.satisfied() : 0);
  }

  private JoinPlan joinPlan(Ordering ordering, List<OrderTerm> distinct) {
    JoinPlan join = new JoinPlanner(planner, select, runs).plan(ordering, distinct);
    noteRuns(join);
    return join;
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
    if (!keys.isEmpty()) {
      ordering =
          new Ordering(
              sortsGroups ? select.orderBy() : directed(keyTerms, descending),
              sortsGroups ? Ordering.Purpose.GROUP_AND_SORT : Ordering.Purpose.GROUP,
              Ordering.UNLIMITED,
              results.size(),
              select.distinct());
    } else if (extreme != null) {
      ordering = orderOf(extreme);
    }
    JoinPlan join = joinPlan(ordering, List.of());
    rows = keys.isEmpty() ? 0 : GROUPS;
    Grouping grouping =
        new Grouping(
            keys,
            select.aggregateSource(),
            select.aggregates().stream().map(SelectPlanner::simplified).toList(),
            groupColumns(),
            select.having(),
            join.ordered(),
            extreme != null,
            extreme != null && join.ordered(),
            descending);
    return result(
        join,
        grouping,
        select.distinct() ? QueryPlan.Distinct.HASH : QueryPlan.Distinct.NO,
        sortsGroups && (join.sorted() || !join.ordered()) ? List.of() : select.orderBy(),
        0);
  }

  private static List<OrderTerm> directed(List<OrderTerm> terms, List<Boolean> descending) {
    List<OrderTerm> directed = new ArrayList<>(terms.size());
    for (int i = 0; i < terms.size(); i++) {
      OrderTerm term = terms.get(i);
      boolean down = descending.get(i);
      directed.add(
          new OrderTerm(term.expression(), term.resultColumn(), down, !down, term.collation()));
    }
    return directed;
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
  private @Nullable AggregateCall extreme() {
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
        Ordering.UNLIMITED,
        results.size(),
        false);
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
            if (e instanceof BoundValue.NullIfUnmatched unmatched
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
      @Nullable Grouping grouping,
      QueryPlan.Distinct distinct,
      List<OrderTerm> sort,
      int presorted) {
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
        presorted,
        select.limit(),
        select.offset());
  }
}
