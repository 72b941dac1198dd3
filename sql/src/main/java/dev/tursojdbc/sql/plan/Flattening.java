package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Comparisons;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.value.Affinity;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Puts the FROM clause of a query that stands in FROM into the FROM around it, so that indexes and
 * conditions of both meet in one join.
 *
 * <pre>
 *   SELECT x FROM (SELECT a AS x FROM t WHERE b > 1) JOIN u ON u.k = x WHERE x < 9
 *   SELECT a FROM t JOIN u WHERE b > 1 AND a < 9 AND u.k = a
 *
 *   SELECT x FROM (SELECT a AS x FROM t UNION ALL SELECT c FROM u) WHERE x < 9
 *   SELECT x FROM (SELECT a AS x FROM t) WHERE x < 9 UNION ALL
 *       SELECT x FROM (SELECT c FROM u) WHERE x < 9
 * </pre>
 *
 * <p>When that may be done is what SQLite says, since it shows in the order of rows. Queries with
 * aggregates, DISTINCT or window functions stay as they are, those with LIMIT unless they are all
 * that the outer query reads, and those beside a RIGHT JOIN.
 */
final class Flattening {
  private final BoundQuery.Select outer;
  private final int position;
  private final FromItem item;
  private final Source.OfQuery source;
  private final IntSupplier newSource;

  private Flattening(BoundQuery.Select outer, int position, IntSupplier newSource) {
    this.newSource = newSource;
    this.outer = outer;
    this.position = position;
    this.item = outer.from().get(position);
    this.source = (Source.OfQuery) item.source();
  }

  /** The query without the query at a position of its FROM; null if that has to stay. */
  static @Nullable BoundQuery flatten(
      BoundQuery.Select outer, int position, IntSupplier newSource) {
    return new Flattening(outer, position, newSource).flattened();
  }

  private @Nullable BoundQuery flattened() {
    BoundQuery inner = source.query();
    if (!outer.windows().isEmpty()
        || source.columns().size() != inner.columns().size()
        || hasRightJoin(outer.from())
        || readsRowid()) {
      return null;
    }
    if (inner instanceof BoundQuery.Select select) {
      return mayMerge(select) && !repeatsTooMuch(select)
          ? merged((BoundQuery.Select) unshared(select))
          : null;
    }
    return inner instanceof BoundQuery.Compound compound && mayDistribute(compound)
        ? distributed((BoundQuery.Compound) unshared(compound))
        : null;
  }

  /** Other references to the same query must not find their sources here. */
  private BoundQuery unshared(BoundQuery query) {
    return source.isShared() ? Renumbering.copy(query, newSource) : query;
  }

  private static boolean hasRightJoin(List<FromItem> from) {
    return from.stream().anyMatch(other -> other.join().keepsRight());
  }

  private boolean readsRowid() {
    boolean[] found = {false};
    References.walkBesideFrom(
        outer,
        e ->
            found[0] |=
                e instanceof Column column
                    && column.source() == source.id()
                    && column.column() < 0);
    return found[0];
  }

  private boolean repeatsTooMuch(BoundQuery.Select inner) {
    Repetition repetition = new Repetition(source.id(), inner.columns());
    References.walkBesideFrom(outer, repetition.counter());
    return repetition.isTooMuch();
  }

  private boolean mayMerge(BoundQuery.Select inner) {
    if (!inner.isPlain()
        || inner.distinct()
        || inner.from().isEmpty()
        || hasRightJoin(inner.from())) {
      return false;
    }
    if (inner.limit() != null && !mayTakeLimit(inner)) {
      return false;
    }
    if (outer.from().size() + inner.from().size() > JoinPlanner.MAX_SOURCES) {
      return false;
    }
    boolean ordered = !inner.orderBy().isEmpty();
    if (ordered && (!outer.orderBy().isEmpty() || outer.aggregate())) {
      return false;
    }
    if (item.join() == JoinKind.LEFT && (inner.from().size() > 1 || outer.distinct())) {
      return false;
    }
    boolean endsInOuterJoin =
        inner.from().size() > 1
            && inner.from().get(inner.from().size() - 1).join() == JoinKind.LEFT;
    return !endsInOuterJoin || item.condition() == null;
  }

  private boolean mayTakeLimit(BoundQuery.Select inner) {
    return inner.offset() == null
        && outer.limit() == null
        && outer.from().size() == 1
        && !outer.aggregate()
        && !outer.distinct()
        && outer.where() == null;
  }

  private BoundQuery merged(BoundQuery.Select inner) {
    boolean nullable = item.join() == JoinKind.LEFT;
    Replacement values = new Replacement(inner, nullable);
    BoundExpression on = new Replacement(inner, false).substitution.optional(item.condition());
    BoundQuery.Select rewritten = values.substitution.selectBesideFrom(outer);
    List<FromItem> from = new ArrayList<>();
    List<BoundExpression> outerConditions = new ArrayList<>();
    BoundExpression where = inner.where();
    for (int i = 0; i < outer.from().size(); i++) {
      FromItem other = rewritten.from().get(i);
      if (i != position) {
        from.add(withoutInnerCondition(other, outerConditions));
      } else if (nullable) {
        FromItem only = inner.from().get(0);
        BoundExpression condition = Conjunction.and(only.condition(), inner.where());
        from.add(new FromItem(only.source(), JoinKind.LEFT, Conjunction.and(condition, on)));
        where = null;
      } else {
        List<BoundExpression> innerConditions = new ArrayList<>();
        for (int j = 0; j < inner.from().size(); j++) {
          FromItem part = withoutInnerCondition(inner.from().get(j), innerConditions);
          from.add(j == 0 ? new FromItem(part.source(), item.join(), part.condition()) : part);
        }
        where = Conjunction.and(where, Conjunction.of(innerConditions));
        if (on != null) {
          outerConditions.add(on);
        }
      }
    }
    where = Conjunction.and(where, rewritten.where());
    where = Conjunction.and(where, Conjunction.of(outerConditions));
    BoundQuery.Select result = rewritten.withFrom(from, where);
    if (!inner.orderBy().isEmpty()) {
      result = result.withOrderBy(orderBy(inner.orderBy(), result.columns()));
    }
    return inner.limit() == null ? result : result.withLimit(inner.limit(), null);
  }

  /** Conditions of inner joins may as well stand in WHERE, behind what stands there. */
  private static FromItem withoutInnerCondition(FromItem item, List<BoundExpression> conditions) {
    BoundExpression condition = item.condition();
    if (condition == null || item.join() == JoinKind.LEFT) {
      return item;
    }
    conditions.add(condition);
    return new FromItem(item.source(), item.join(), null);
  }

  /** The inner order as that of the outer query. */
  private static List<OrderTerm> orderBy(List<OrderTerm> terms, List<ResultColumn> columns) {
    List<OrderTerm> moved = new ArrayList<>(terms.size());
    for (OrderTerm term : terms) {
      int column = -1;
      for (int i = 0; i < columns.size() && column < 0; i++) {
        if (columns.get(i).expression().equals(term.expression())) {
          column = i;
        }
      }
      moved.add(
          new OrderTerm(
              term.expression(), column, term.descending(), term.nullsFirst(), term.collation()));
    }
    return moved;
  }

  /** What stands for the columns of the inner query. */
  private final class Replacement {
    private final BoundQuery.Select inner;
    private final boolean nullable;
    private final int firstSource;
    final Substitution substitution = new Substitution(this::replace);

    Replacement(BoundQuery.Select inner, boolean nullable) {
      this.inner = inner;
      this.nullable = nullable;
      this.firstSource = inner.from().get(0).source().id();
    }

    private BoundExpression replace(BoundExpression expression) {
      if (expression instanceof Column column && column.source() == source.id()) {
        BoundExpression value = inner.columns().get(column.column()).expression();
        boolean isNullItself = value instanceof Column of && of.source() == firstSource;
        return nullable && !isNullItself
            ? new BoundValue.NullIfUnmatched(firstSource, value)
            : value;
      }
      if (expression instanceof BoundValue.NullIfUnmatched unmatched
          && unmatched.source() == source.id()) {
        return new BoundValue.NullIfUnmatched(
            firstSource, substitution.expression(unmatched.operand()));
      }
      return expression;
    }
  }

  private boolean mayDistribute(BoundQuery.Compound inner) {
    if (!inner.orderBy().isEmpty()
        || inner.limit() != null
        || outer.number() < 0
        || outer.aggregate()
        || outer.distinct()
        || item.join() == JoinKind.LEFT
        || outer.orderBy().stream().anyMatch(term -> term.resultColumn() < 0)) {
      return false;
    }
    for (BoundQuery arm : arms(inner)) {
      if (!(arm instanceof BoundQuery.Select select)
          || !select.isPlain()
          || select.distinct()
          || select.from().isEmpty()
          || hasRightJoin(select.from())) {
        return false;
      }
    }
    return inner.terms().stream().allMatch(term -> term.operator() == CompoundOperator.UNION_ALL)
        && haveSameAffinities(inner);
  }

  private static List<BoundQuery> arms(BoundQuery.Compound compound) {
    List<BoundQuery> arms = new ArrayList<>();
    arms.add(compound.first());
    compound.terms().forEach(term -> arms.add(term.query()));
    return arms;
  }

  private static boolean haveSameAffinities(BoundQuery.Compound compound) {
    for (int i = 0; i < compound.columns().size(); i++) {
      int column = i;
      Affinity first = compound.first().columns().get(i).expression().affinity();
      if (compound.terms().stream()
          .anyMatch(term -> term.query().columns().get(column).expression().affinity() != first)) {
        return false;
      }
    }
    return true;
  }

  private BoundQuery distributed(BoundQuery.Compound inner) {
    List<BoundQuery> arms = new ArrayList<>();
    for (BoundQuery arm : arms(inner)) {
      List<FromItem> from = new ArrayList<>(outer.from());
      from.set(position, new FromItem(source.withQuery(arm), item.join(), item.condition()));
      BoundQuery.Select copy = outer.withFrom(from, outer.where());
      arms.add(copy.withOrderBy(List.of()).withLimit(null, null));
    }
    List<BoundQuery.Term> terms = new ArrayList<>();
    for (BoundQuery arm : arms.subList(1, arms.size())) {
      terms.add(new BoundQuery.Term(CompoundOperator.UNION_ALL, arm));
    }
    return new BoundQuery.Compound(
        arms.get(0),
        terms,
        outer.columns(),
        outer.columns().stream().map(c -> Comparisons.collation(c.expression())).toList(),
        outer.orderBy(),
        outer.limit(),
        outer.offset());
  }

  /** Whether the order of a query's rows matters to the query around it. */
  static boolean dependsOnOrder(BoundQuery.Select query) {
    return query.aggregates().stream()
        .anyMatch(call -> !Set.of("count", "min", "max").contains(call.function().name()));
  }
}
