package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.plan.InLookup;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.plan.QueryPlan;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Builds the operators and evaluators of one statement from its plans.
 *
 * <p>A query inside an expression is built where the expression is, over the bindings of what is
 * around it: a column of an outer query is read from the outer cursor directly.
 */
final class QueryBuilder implements QueryFactory {
  /** Most statements have few queries inside, or none. */
  private static final int FEW = 4;

  private final Planner planner;
  private final TextEncoding encoding;

  /** The row of each recursion that is being built. */
  private final Map<Integer, RecursionRow> recursions = new HashMap<>();

  private final IdentityHashMap<BoundQuery, SubqueryEvaluators.FirstRow> firstRows =
      new IdentityHashMap<>(FEW);

  private @Nullable QueryBuilder lender;
  private @Nullable Frame lendersFrame;

  private final IdentityHashMap<BoundQuery, MaterializedRows> materialized =
      new IdentityHashMap<>(FEW);

  QueryBuilder(Planner planner, TextEncoding encoding) {
    this.planner = planner;
    this.encoding = encoding;
  }

  Planner planner() {
    return planner;
  }

  TextEncoding encoding() {
    return encoding;
  }

  @Nullable RecursionRow recursion(int number) {
    return recursions.get(number);
  }

  EvaluatorBuilder expressions(Bindings bindings) {
    return new EvaluatorBuilder(bindings, this);
  }

  BuiltQuery build(BoundQuery query, EvaluatorBuilder outer) {
    return build(planner.plan(query), outer);
  }

  BuiltQuery build(QueryPlan plan, EvaluatorBuilder outer) {
    if (plan instanceof QueryPlan.Select select) {
      return new SelectBuilder(this, outer).build(select);
    }
    if (plan instanceof QueryPlan.Values values) {
      return values(values, outer);
    }
    if (plan instanceof QueryPlan.Concatenation concatenation) {
      return concatenation(concatenation, outer);
    }
    if (plan instanceof QueryPlan.Merge merge) {
      return merge(merge, outer);
    }
    return recursive((QueryPlan.Recursive) plan, outer);
  }

  private BuiltQuery values(QueryPlan.Values plan, EvaluatorBuilder outer) {
    Evaluator[][] rows = new Evaluator[plan.rows().size()][];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = outer.build(plan.rows().get(i));
    }
    ValuesScan scan = new ValuesScan(rows);
    Evaluator[] columns = new Evaluator[rows[0].length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = scan.column(i);
    }
    RowLimit limit = limit(plan.limit(), plan.offset(), outer);
    return limited(sorted(new BuiltQuery(scan, columns), plan.sort(), outer, limit), limit);
  }

  private BuiltQuery concatenation(QueryPlan.Concatenation plan, EvaluatorBuilder outer) {
    List<BuiltQuery> parts = new ArrayList<>();
    parts.add(build(plan.first(), outer));
    for (QueryPlan other : plan.others()) {
      parts.add(build(other, outer));
    }
    RowLimit limit = limit(plan.limit(), plan.offset(), outer);
    return limited(sorted(concatenated(parts), plan.sort(), outer, limit), limit);
  }

  private BuiltQuery merge(QueryPlan.Merge plan, EvaluatorBuilder outer) {
    MergedRows rows =
        new MergedRows(
            plan.operator(),
            build(plan.left(), outer),
            build(plan.right(), outer),
            plan.order(),
            plan.collations());
    return limited(
        new BuiltQuery(rows, Registers.evaluators(rows.row())),
        limit(plan.limit(), plan.offset(), outer));
  }

  private static BuiltQuery concatenated(List<BuiltQuery> parts) {
    if (parts.size() == 1) {
      return parts.get(0);
    }
    Concatenation concatenation = new Concatenation(parts.toArray(BuiltQuery[]::new));
    Evaluator[] columns = new Evaluator[parts.get(0).columns().length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = concatenation.column(i);
    }
    return new BuiltQuery(concatenation, columns);
  }

  private BuiltQuery recursive(QueryPlan.Recursive plan, EvaluatorBuilder outer) {
    BuiltQuery initial = build(plan.initial(), outer);
    RecursionRow row = new RecursionRow(initial.columns().length);
    recursions.put(plan.recursion(), row);
    BuiltQuery[] recursive = new BuiltQuery[plan.recursive().size()];
    for (int i = 0; i < recursive.length; i++) {
      recursive[i] = build(plan.recursive().get(i), outer);
    }
    recursions.remove(plan.recursion());
    RecursiveQuery query =
        new RecursiveQuery(
            initial,
            recursive,
            row.values(),
            plan.distinct(),
            plan.collations(),
            plan.sort().isEmpty() ? null : new ResultOrder(plan.sort(), row.values().length));
    return limited(
        new BuiltQuery(query, Registers.evaluators(row.values())),
        limit(plan.limit(), plan.offset(), outer));
  }

  static List<KeyOrder.Column> order(List<OrderTerm> terms) {
    List<KeyOrder.Column> order = new ArrayList<>(terms.size());
    for (OrderTerm term : terms) {
      order.add(new KeyOrder.Column(term.collation(), term.descending(), term.nullsLarge()));
    }
    return order;
  }

  static @Nullable RowLimit limit(
      @Nullable BoundExpression limit, @Nullable BoundExpression offset, EvaluatorBuilder outer) {
    if (limit == null) {
      return null;
    }
    return new RowLimit(outer.build(limit), offset == null ? null : outer.build(offset));
  }

  /**
   * Sorts by result columns, and by expressions over the rows behind them.
   *
   * @param limit of the operator above it
   */
  BuiltQuery sorted(
      BuiltQuery query,
      List<OrderTerm> terms,
      EvaluatorBuilder expressions,
      @Nullable RowLimit limit) {
    if (terms.isEmpty()) {
      return query;
    }
    Evaluator[] results = query.columns();
    List<Evaluator> kept = new ArrayList<>();
    int[] positions = new int[results.length];
    Arrays.fill(positions, -1);
    for (OrderTerm term : terms) {
      int column = term.resultColumn();
      if (column >= 0) {
        if (positions[column] < 0) {
          positions[column] = kept.size();
        }
        kept.add(results[column]);
      } else {
        kept.add(expressions.build(term.expression()));
      }
    }
    for (int i = 0; i < results.length; i++) {
      if (positions[i] < 0) {
        positions[i] = kept.size();
        kept.add(results[i]);
      }
    }
    Sorter sorter = new Sorter(order(terms));
    Sort sort = new Sort(query.operator(), sorter, kept.toArray(Evaluator[]::new), limit);
    Evaluator[] columns = new Evaluator[results.length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = sorter.column(positions[i]);
    }
    return new BuiltQuery(sort, columns);
  }

  static BuiltQuery limited(BuiltQuery query, @Nullable RowLimit limit) {
    if (limit == null) {
      return query;
    }
    return new BuiltQuery(new Limit(query.operator(), limit), query.columns());
  }

  /** Takes rows that are kept from another builder's queries, which run with another frame. */
  void borrowFrom(QueryBuilder other, Frame othersFrame) {
    lender = other;
    lendersFrame = othersFrame;
  }

  /** Whether a query gives the same rows throughout a run. */
  static boolean isOncePerRun(BoundQuery query) {
    return References.outerSources(query).isEmpty();
  }

  /** The rows of a query in FROM; the same query that stands there twice has its rows once. */
  MaterializedRows materialized(BoundQuery query, QueryPlan plan, EvaluatorBuilder outer) {
    if (!isOncePerRun(query)) {
      return new MaterializedRows(build(plan, outer), false);
    }
    MaterializedRows rows = materialized.get(query);
    if (rows == null) {
      rows = new MaterializedRows(build(plan, outer), true);
      materialized.put(query, rows);
      QueryBuilder other = lender;
      Frame othersFrame = lendersFrame;
      MaterializedRows lent = other == null ? null : other.materialized.get(query);
      if (lent != null && othersFrame != null) {
        rows.borrowFrom(lent, othersFrame);
      }
    }
    return rows;
  }

  @Override
  public Evaluator in(BoundCondition.InQuery in, EvaluatorBuilder outer) {
    BuiltQuery query = build(in.query(), outer);
    boolean once = isOncePerRun(in.query());
    if (in.operands().size() == 1 && once) {
      ValueSet.OfQuery values =
          new ValueSet.OfQuery(query, in.conversions().get(0), in.collations().get(0), true);
      InLookup lookup = InLookup.of(in);
      if (lookup != null) {
        return new KeyBuilder(this, outer).lookup(in, lookup, values);
      }
      return new InSetEvaluator(outer.build(in.operands().get(0)), values);
    }
    return new InRowsEvaluator(
        outer.build(in.operands()),
        query,
        in.conversions().toArray(Affinity[]::new),
        in.collations().toArray(Collation[]::new),
        once);
  }

  /** The right side of an IN as values to seek. */
  ValueSet valueSet(BoundExpression in, EvaluatorBuilder outer) {
    if (in instanceof BoundCondition.InList list) {
      boolean once = list.elements().stream().allMatch(e -> References.sources(e).isEmpty());
      return new ValueSet.OfList(
          outer.build(list.elements()), list.conversion(), list.comparisonCollation(), once);
    }
    BoundCondition.InQuery query = (BoundCondition.InQuery) in;
    return new ValueSet.OfQuery(
        build(query.query(), outer),
        query.conversions().get(0),
        query.collations().get(0),
        isOncePerRun(query.query()));
  }

  @Override
  public Evaluator exists(BoundQuery query, EvaluatorBuilder outer) {
    return new SubqueryEvaluators.Exists(build(query, outer).operator(), isOncePerRun(query));
  }

  @Override
  public Evaluator column(BoundQuery query, int column, EvaluatorBuilder outer) {
    if (!isOncePerRun(query)) {
      return new SubqueryEvaluators.Scalar(build(query, outer), column);
    }
    SubqueryEvaluators.FirstRow row = firstRows.get(query);
    if (row == null) {
      row = new SubqueryEvaluators.FirstRow(build(query, outer));
      firstRows.put(query, row);
    }
    return new SubqueryEvaluators.ScalarOnce(row, column);
  }

  static Register[] registers(int count) {
    return Registers.of(count);
  }
}
