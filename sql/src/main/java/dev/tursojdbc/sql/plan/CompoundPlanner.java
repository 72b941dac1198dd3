package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Plans queries joined by UNION and its like.
 *
 * <p>Rows that shall be in order, or that are compared with those of another query, come from each
 * query in that order and are merged: so indexes spare the sorting, a LIMIT stops early, and rows
 * that are equal in the order come as they do in SQLite.
 *
 * <pre>
 *   SELECT a FROM t UNION ALL SELECT b FROM u UNION SELECT c FROM v
 *   MERGE UNION
 *     MERGE UNION ALL
 *       SELECT a FROM t ORDER BY 1
 *       SELECT b FROM u ORDER BY 1
 *     SELECT c FROM v ORDER BY 1
 * </pre>
 *
 * <p>Many queries joined by the same UNION are halved again and again; all else goes from left to
 * right. Queries behind the last operator that compares are put one behind the other.
 */
final class CompoundPlanner {
  private final Planner planner;
  private final BoundQuery.Compound compound;
  private final int runs;
  private final List<BoundQuery> queries = new ArrayList<>();

  /** The operator before each query; that before the first means nothing. */
  private final List<CompoundOperator> operators = new ArrayList<>();

  private int rows;

  CompoundPlanner(Planner planner, BoundQuery.Compound compound, int runs) {
    this.planner = planner;
    this.compound = compound;
    this.runs = runs;
    queries.add(compound.first());
    operators.add(CompoundOperator.UNION_ALL);
    int concatenated = firstConcatenated(compound);
    for (BoundQuery.Term term : compound.terms()) {
      boolean only = operators.size() > concatenated;
      queries.add(term.query());
      operators.add(only ? CompoundOperator.UNION_ALL : term.operator());
    }
  }

  /** Estimate of the number of rows, after {@link #plan}. */
  int rows() {
    return rows;
  }

  QueryPlan plan() {
    int last = queries.size() - 1;
    if (!compound.orderBy().isEmpty() && mayMergeInOrder()) {
      return limited(merge(0, last, compound.orderBy()));
    }
    int compared = last;
    while (compared > 0 && operators.get(compared) == CompoundOperator.UNION_ALL) {
      compared--;
    }
    QueryPlan first = compared == 0 ? arm(0, List.of()) : merge(0, compared, List.of());
    if (compared == last && compound.orderBy().isEmpty()) {
      return limited(first);
    }
    int total = rows;
    List<QueryPlan> arms = new ArrayList<>();
    for (int i = compared + 1; i <= last; i++) {
      arms.add(arm(i, List.of()));
      total = LogEstimate.add(total, rows);
    }
    rows = total;
    return new QueryPlan.Concatenation(
        first, arms, compound.orderBy(), compound.limit(), compound.offset());
  }

  /** The order in which the rows of a query come: that of ORDER BY, or what merging gives. */
  static List<OrderTerm> orderOf(BoundQuery query) {
    if (!(query instanceof BoundQuery.Compound compound) || !query.orderBy().isEmpty()) {
      return query.orderBy();
    }
    int last = compound.terms().size();
    if (compound.terms().get(last - 1).operator() == CompoundOperator.UNION_ALL
        || firstConcatenated(compound) < last) {
      return List.of();
    }
    List<OrderTerm> terms = new ArrayList<>();
    for (int i = 0; i < compound.columns().size(); i++) {
      BoundExpression expression = compound.columns().get(i).expression();
      terms.add(new OrderTerm(expression, i, false, true, compound.collations().get(i)));
    }
    return terms;
  }

  private QueryPlan limited(QueryPlan plan) {
    return plan instanceof QueryPlan.Merge merge
        ? merge.withLimit(compound.limit(), compound.offset())
        : plan;
  }

  /**
   * Whether rows can be merged in the order asked for: rows that are compared must be equal in it
   * only where they are equal in every column.
   */
  private boolean mayMergeInOrder() {
    boolean compares = operators.stream().anyMatch(o -> o != CompoundOperator.UNION_ALL);
    for (OrderTerm term : compound.orderBy()) {
      int column = term.resultColumn();
      if (column < 0 || (compares && term.collation() != compound.collations().get(column))) {
        return false;
      }
    }
    return true;
  }

  private QueryPlan merge(int first, int last, List<OrderTerm> order) {
    if (first == last) {
      return arm(first, order);
    }
    CompoundOperator operator = operators.get(last);
    List<OrderTerm> terms =
        operator == CompoundOperator.UNION_ALL ? order : complete(order, first, last);
    int split = split(first, last, operator);
    QueryPlan left = merge(first, split - 1, terms);
    int leftRows = rows;
    QueryPlan right = merge(split, last, terms);
    rows =
        switch (operator) {
          case UNION, UNION_ALL -> LogEstimate.add(leftRows, rows);
          case INTERSECT -> Math.min(leftRows, rows);
          case EXCEPT -> rows;
        };
    List<Collation> collations = new ArrayList<>();
    for (int i = 0; i < compound.columns().size(); i++) {
      collations.add(collation(i, first, last));
    }
    return new QueryPlan.Merge(operator, left, right, terms, collations, null, null);
  }

  /** The first query of the right side: the last one, or the half of many with one operator. */
  private int split(int first, int last, CompoundOperator operator) {
    int same = 1;
    if (operator == CompoundOperator.UNION || operator == CompoundOperator.UNION_ALL) {
      for (int i = last; i > first && operators.get(i) == operator; i--) {
        same++;
      }
    }
    return same <= 3 ? last : last - (same - 1) / 2;
  }

  /** All columns: those that are not in the order come behind it. */
  private List<OrderTerm> complete(List<OrderTerm> order, int first, int last) {
    List<OrderTerm> terms = new ArrayList<>(order);
    for (int i = 0; i < compound.columns().size(); i++) {
      int column = i;
      if (terms.stream().noneMatch(term -> term.resultColumn() == column)) {
        BoundExpression expression = queries.get(first).columns().get(i).expression();
        terms.add(new OrderTerm(expression, i, false, true, collation(i, first, last)));
      }
    }
    return terms;
  }

  /** The collation of the first query that has one for the column. */
  private Collation collation(int column, int first, int last) {
    if (first == 0) {
      return compound.collations().get(column);
    }
    for (int i = first; i <= last; i++) {
      Collation collation = queries.get(i).columns().get(column).expression().collation();
      if (collation != null) {
        return collation;
      }
    }
    return Collation.BINARY;
  }

  private QueryPlan arm(int position, List<OrderTerm> order) {
    BoundQuery query = ordered(queries.get(position), order);
    planner.noteRuns(query, runs);
    QueryPlan plan = planner.plan(query);
    rows = planner.rows(query);
    return plan;
  }

  private static BoundQuery ordered(BoundQuery query, List<OrderTerm> order) {
    if (order.isEmpty()) {
      return query;
    }
    List<OrderTerm> own = new ArrayList<>(order.size());
    for (OrderTerm term : order) {
      own.add(term.withExpression(query.columns().get(term.resultColumn()).expression()));
    }
    if (query instanceof BoundQuery.Select select) {
      return select.withOrderBy(own);
    }
    if (query instanceof BoundQuery.Values values) {
      return new BoundQuery.Values(
          values.number(), values.apart(), values.rows(), values.columns(), own, null, null);
    }
    BoundQuery.Compound inner = (BoundQuery.Compound) query;
    return new BoundQuery.Compound(
        inner.first(), inner.terms(), inner.columns(), inner.collations(), own, null, null);
  }

  /**
   * From which term on rows need only be put one behind the other: of a UNION whose first row alone
   * is wanted, in no order, it may be any row. SQLite takes the first that comes.
   */
  private static int firstConcatenated(BoundQuery.Compound compound) {
    int first = compound.terms().size();
    if (!isOne(compound.limit()) || compound.offset() != null || !compound.orderBy().isEmpty()) {
      return first;
    }
    while (first > 0) {
      CompoundOperator operator = compound.terms().get(first - 1).operator();
      if (operator != CompoundOperator.UNION && operator != CompoundOperator.UNION_ALL) {
        return first;
      }
      first--;
    }
    return first;
  }

  private static boolean isOne(@Nullable BoundExpression limit) {
    return Constant.ONE.equals(limit);
  }
}
