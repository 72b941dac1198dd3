package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.AggregateCall;
import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.bind.WindowCall;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces nodes of expressions, those of queries inside included. What has nothing to replace
 * stays the same object, and a query that stands in several places becomes one query again: plans
 * are kept by identity.
 */
final class Substitution {
  private final UnaryOperator<BoundExpression> replacement;
  private final IdentityHashMap<BoundQuery, BoundQuery> queries = new IdentityHashMap<>();

  /**
   * @param replacement gives what stands for a node, or the node itself; then its operands are
   *     looked at
   */
  Substitution(UnaryOperator<BoundExpression> replacement) {
    this.replacement = replacement;
  }

  BoundExpression expression(BoundExpression expression) {
    BoundExpression replaced = replacement.apply(expression);
    if (replaced != expression) {
      return replaced;
    }
    List<BoundExpression> children = expression.children();
    List<BoundExpression> mapped = list(children, this::expression);
    BoundExpression result = mapped == children ? expression : expression.withChildren(mapped);
    BoundQuery query = References.queryOf(result);
    if (query != null) {
      BoundQuery other = query(query);
      return other == query ? result : withQuery(result, other);
    }
    return result;
  }

  @Nullable BoundExpression optional(@Nullable BoundExpression expression) {
    return expression == null ? null : expression(expression);
  }

  /** The same test or value of another query. */
  static BoundExpression withQuery(BoundExpression expression, BoundQuery query) {
    if (expression instanceof BoundCondition.InQuery in) {
      return new BoundCondition.InQuery(in.operands(), query, in.conversions(), in.collations());
    }
    if (expression instanceof BoundValue.SubqueryColumn column) {
      return new BoundValue.SubqueryColumn(query, column.column());
    }
    return new BoundCondition.Exists(query);
  }

  /** The list itself if no element changes. */
  private static <T> List<T> list(List<T> elements, UnaryOperator<T> mapping) {
    List<T> changed = null;
    for (int i = 0; i < elements.size(); i++) {
      T element = elements.get(i);
      T mapped = mapping.apply(element);
      if (mapped != element && changed == null) {
        changed = new ArrayList<>(elements.subList(0, i));
      }
      if (changed != null) {
        changed.add(mapped);
      }
    }
    return changed == null ? elements : changed;
  }

  BoundQuery query(BoundQuery query) {
    BoundQuery known = queries.get(query);
    if (known == null) {
      known = compute(query);
      queries.put(query, known);
    }
    return known;
  }

  private BoundQuery compute(BoundQuery query) {
    boolean[] found = {false};
    References.walk(query, e -> found[0] |= replacement.apply(e) != e);
    if (!found[0]) {
      return query;
    }
    if (query instanceof BoundQuery.Select select) {
      return select(select);
    }
    if (query instanceof BoundQuery.Values values) {
      return new BoundQuery.Values(
          values.number(),
          values.apart(),
          values.rows().stream().map(row -> list(row, this::expression)).toList(),
          list(values.columns(), this::column),
          list(values.orderBy(), this::term),
          optional(values.limit()),
          optional(values.offset()));
    }
    if (query instanceof BoundQuery.Compound compound) {
      return new BoundQuery.Compound(
          query(compound.first()),
          compound.terms().stream()
              .map(term -> new BoundQuery.Term(term.operator(), query(term.query())))
              .toList(),
          list(compound.columns(), this::column),
          compound.collations(),
          list(compound.orderBy(), this::term),
          optional(compound.limit()),
          optional(compound.offset()));
    }
    BoundQuery.Recursive recursive = (BoundQuery.Recursive) query;
    return new BoundQuery.Recursive(
        recursive.recursion(),
        query(recursive.initial()),
        recursive.recursive().stream().map(this::query).toList(),
        recursive.distinct(),
        list(recursive.columns(), this::column),
        recursive.collations(),
        list(recursive.orderBy(), this::term),
        optional(recursive.limit()),
        optional(recursive.offset()));
  }

  /** The same SELECT with all its expressions rewritten. */
  BoundQuery.Select select(BoundQuery.Select select) {
    return select(select, this::item);
  }

  /** The same but for the queries in FROM, which do not know its other sources. */
  BoundQuery.Select selectBesideFrom(BoundQuery.Select select) {
    return select(select, this::condition);
  }

  private BoundQuery.Select select(BoundQuery.Select select, UnaryOperator<FromItem> item) {
    return new BoundQuery.Select(
        select.number(),
        list(select.from(), item),
        optional(select.where()),
        list(select.groupBy(), this::expression),
        select.aggregate(),
        select.aggregateSource(),
        list(select.aggregates(), this::aggregate),
        optional(select.having()),
        select.windowSource(),
        list(select.windows(), this::window),
        list(select.columns(), this::column),
        select.distinct(),
        list(select.orderBy(), this::term),
        optional(select.limit()),
        optional(select.offset()));
  }

  FromItem item(FromItem item) {
    Source source = item.source();
    if (source instanceof Source.OfQuery of) {
      BoundQuery query = query(of.query());
      source = query == of.query() ? source : of.withQuery(query);
    }
    BoundExpression condition = optional(item.condition());
    return source == item.source() && condition == item.condition()
        ? item
        : new FromItem(source, item.join(), condition);
  }

  private FromItem condition(FromItem item) {
    BoundExpression condition = optional(item.condition());
    return condition == item.condition()
        ? item
        : new FromItem(item.source(), item.join(), condition);
  }

  private ResultColumn column(ResultColumn column) {
    BoundExpression expression = expression(column.expression());
    return expression == column.expression() ? column : column.withExpression(expression);
  }

  OrderTerm term(OrderTerm term) {
    BoundExpression expression = expression(term.expression());
    return expression == term.expression() ? term : term.withExpression(expression);
  }

  private AggregateCall aggregate(AggregateCall call) {
    return new AggregateCall(
        call.function(),
        call.star(),
        list(call.arguments(), this::expression),
        call.distinct(),
        optional(call.filter()),
        list(call.orderBy(), this::term),
        call.collation());
  }

  private WindowCall window(WindowCall call) {
    return new WindowCall(
        call.function(),
        call.star(),
        list(call.arguments(), this::expression),
        optional(call.filter()),
        list(call.partitionBy(), this::expression),
        list(call.orderBy(), this::term),
        call.frame(),
        optional(call.frameStart()),
        optional(call.frameEnd()));
  }
}
