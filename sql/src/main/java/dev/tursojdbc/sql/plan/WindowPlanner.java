package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Computed;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.WindowCall;
import dev.tursojdbc.sql.function.FunctionFlag;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/**
 * Plans a SELECT with window functions: one window is computed here, over an inner query that has
 * the FROM, WHERE and groups, and all other windows.
 *
 * <pre>
 *   SELECT a, sum(b) OVER (PARTITION BY c ORDER BY d), rank() OVER (ORDER BY e) FROM t
 *   SELECT a, sum(b) OVER …, rank FROM
 *       (SELECT a, rank() OVER (ORDER BY e) AS rank, c, d, b FROM t ORDER BY c, d)
 * </pre>
 *
 * <p>The window of the function that is written first is computed last, together with all functions
 * over the same one: so does SQLite, and it shows in the order of rows.
 */
final class WindowPlanner {
  /** What a scan costs beside its rows. */
  private static final int SCAN_COST = 16;

  private final Planner planner;
  private final BoundQuery.Select select;
  private final WindowCall window;
  private final List<BoundExpression> results;

  /** Expressions of the inner query's columns. */
  private final List<BoundExpression> columns = new ArrayList<>();

  private final List<WindowCall> innerCalls = new ArrayList<>();
  private int rows;

  WindowPlanner(Planner planner, BoundQuery.Select select) {
    this.planner = planner;
    this.select = select;
    this.window = select.windows().get(0);
    this.results = select.columns().stream().map(ResultColumn::expression).toList();
  }

  /** Estimate of the number of rows, after {@link #plan}. */
  int rows() {
    return rows;
  }

  QueryPlan.Select plan() {
    int number = planner.newQueryNumber();
    List<BoundExpression> kept = keptColumns();
    List<OrderTerm> sort = sort();
    List<WindowPlan.Call> calls = calls();
    if (columns.isEmpty()) {
      columns.add(Constant.ZERO);
    }
    BoundQuery.Select inner = inner(sort);
    QueryPlan input = planner.windowInput(inner);
    rows = planner.rowsOf(inner);
    WindowPlan plan =
        new WindowPlan(
            input,
            number,
            rows + SCAN_COST,
            kept,
            window.partitionBy().stream().map(Comparisons::collation).toList(),
            window.orderBy(),
            window.frame(),
            window.frameStart(),
            window.frameEnd(),
            calls);
    List<Collation> collations = results.stream().map(Comparisons::collation).toList();
    return new QueryPlan.Select(
        List.of(),
        List.of(),
        null,
        plan,
        results,
        select.distinct() ? QueryPlan.Distinct.HASH : QueryPlan.Distinct.NO,
        collations,
        isSorted(sort) ? List.of() : select.orderBy(),
        0,
        select.limit(),
        select.offset());
  }

  private static boolean isSameWindow(WindowCall left, WindowCall right) {
    return left.frame().equals(right.frame())
        && Objects.equals(left.frameStart(), right.frameStart())
        && Objects.equals(left.frameEnd(), right.frameEnd())
        && left.partitionBy().equals(right.partitionBy())
        && left.orderBy().equals(right.orderBy());
  }

  /**
   * The columns, aggregates and other windows' functions that the outer query uses.
   *
   * @return as the outer query knows them; the functions of other windows have other numbers inside
   */
  private List<BoundExpression> keptColumns() {
    List<BoundExpression> outputs = new ArrayList<>(results);
    select.orderBy().forEach(term -> outputs.add(term.expression()));
    List<BoundExpression> kept = new ArrayList<>();
    for (BoundExpression leaf : leaves(outputs)) {
      if (!(leaf instanceof Computed computed) || computed.source() != select.windowSource()) {
        kept.add(leaf);
        columns.add(leaf);
        continue;
      }
      WindowCall call = select.windows().get(computed.index());
      if (!isSameWindow(call, window)) {
        kept.add(leaf);
        columns.add(
            new Computed(computed.source(), innerCalls.size(), computed.explicitCollation()));
        innerCalls.add(call);
      }
    }
    return kept;
  }

  /** What expressions read of the rows of the FROM, of the groups and of the windows. */
  private Set<BoundExpression> leaves(List<BoundExpression> expressions) {
    Set<Integer> own = new HashSet<>();
    for (FromItem item : select.from()) {
      own.add(item.source().id());
    }
    own.add(select.aggregateSource());
    own.add(select.windowSource());
    Set<BoundExpression> leaves = new LinkedHashSet<>();
    for (BoundExpression expression : expressions) {
      References.walk(
          expression,
          e -> {
            if (isOf(e, own)) {
              leaves.add(e);
            }
          });
    }
    return leaves;
  }

  private static boolean isOf(BoundExpression expression, Set<Integer> sources) {
    if (expression instanceof BoundExpression.Column column) {
      return sources.contains(column.source());
    }
    if (expression instanceof BoundValue.NullIfUnmatched unmatched) {
      return sources.contains(unmatched.source());
    }
    return expression instanceof Computed computed && sources.contains(computed.source());
  }

  /** Adds the partition and the order to the columns. @return the inner query's ORDER BY */
  private List<OrderTerm> sort() {
    List<OrderTerm> sort = new ArrayList<>();
    for (BoundExpression expression : window.partitionBy()) {
      sort.add(
          new OrderTerm(
              expression, columns.size(), false, true, Comparisons.collation(expression)));
      columns.add(expression);
    }
    for (OrderTerm term : window.orderBy()) {
      sort.add(
          new OrderTerm(
              term.expression(),
              columns.size(),
              term.descending(),
              term.nullsFirst(),
              term.collation()));
      columns.add(term.expression());
    }
    return sort;
  }

  private List<WindowPlan.Call> calls() {
    List<WindowPlan.Call> calls = new ArrayList<>();
    for (int i = 0; i < select.windows().size(); i++) {
      WindowCall call = select.windows().get(i);
      if (!isSameWindow(call, window)) {
        continue;
      }
      int firstArgument = columns.size();
      boolean late = call.function().flags().contains(FunctionFlag.SUBTYPE);
      List<BoundExpression> leaves = late ? List.copyOf(leaves(call.arguments())) : List.of();
      columns.addAll(late ? leaves : call.arguments());
      int filter = -1;
      if (call.filter() != null) {
        filter = columns.size();
        columns.add(call.filter());
      }
      calls.add(
          new WindowPlan.Call(
              new Computed(select.windowSource(), i, explicitCollation(call)),
              call.function(),
              firstArgument,
              call.arguments().size(),
              filter,
              call.arguments().isEmpty()
                  ? Collation.BINARY
                  : Comparisons.collation(call.arguments().get(0)),
              late ? call.arguments() : List.of(),
              leaves));
    }
    return calls;
  }

  private static @org.jspecify.annotations.Nullable Collation explicitCollation(WindowCall call) {
    for (BoundExpression argument : call.arguments()) {
      Collation collation = argument.explicitCollation();
      if (collation != null) {
        return collation;
      }
    }
    return null;
  }

  private BoundQuery.Select inner(List<OrderTerm> sort) {
    return new BoundQuery.Select(
        0,
        select.from(),
        select.where(),
        select.groupBy(),
        select.aggregate(),
        select.aggregateSource(),
        select.aggregates(),
        select.having(),
        select.windowSource(),
        innerCalls,
        columns.stream().map(e -> new ResultColumn("", null, e, null, null)).toList(),
        false,
        sort,
        null,
        null);
  }

  /** Whether rows that are sorted for the window are in the order of ORDER BY. */
  private boolean isSorted(List<OrderTerm> sort) {
    List<OrderTerm> wanted = select.orderBy();
    if (wanted.size() > sort.size()) {
      return false;
    }
    for (int i = 0; i < wanted.size(); i++) {
      OrderTerm term = wanted.get(i);
      OrderTerm sorted = sort.get(i);
      if (!term.expression().equals(sorted.expression())
          || term.descending() != sorted.descending()
          || term.nullsFirst() != sorted.nullsFirst()
          || term.collation() != sorted.collation()) {
        return false;
      }
    }
    return true;
  }
}
