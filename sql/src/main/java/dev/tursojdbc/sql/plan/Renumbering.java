package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.AggregateCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.bind.WindowCall;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Copies a query with new numbers for all sources that it makes, so that it can stand in one FROM
 * with another copy: several references to a common table expression share one bound query.
 */
final class Renumbering {
  /** New numbers by old ones. */
  private final Map<Integer, Integer> numbers = new HashMap<>();

  private final IdentityHashMap<BoundQuery, BoundQuery> copies = new IdentityHashMap<>();

  private Renumbering() {}

  /**
   * @param newSource gives numbers that no source of the statement has
   */
  static BoundQuery copy(BoundQuery query, IntSupplier newSource) {
    Renumbering renumbering = new Renumbering();
    for (int source : References.ownSources(query)) {
      renumbering.numbers.put(source, newSource.getAsInt());
    }
    return renumbering.query(query);
  }

  private int number(int source) {
    return numbers.getOrDefault(source, source);
  }

  private BoundQuery query(BoundQuery query) {
    BoundQuery known = copies.get(query);
    if (known == null) {
      known = compute(query);
      copies.put(query, known);
    }
    return known;
  }

  private BoundQuery compute(BoundQuery query) {
    if (query instanceof BoundQuery.Select select) {
      return select(select);
    }
    if (query instanceof BoundQuery.Values values) {
      return new BoundQuery.Values(
          values.number(),
          values.apart(),
          values.rows().stream().map(this::expressions).toList(),
          columns(values.columns()),
          orderBy(values.orderBy()),
          optional(values.limit()),
          optional(values.offset()));
    }
    if (query instanceof BoundQuery.Compound compound) {
      return new BoundQuery.Compound(
          query(compound.first()),
          compound.terms().stream()
              .map(term -> new BoundQuery.Term(term.operator(), query(term.query())))
              .toList(),
          columns(compound.columns()),
          compound.collations(),
          orderBy(compound.orderBy()),
          optional(compound.limit()),
          optional(compound.offset()));
    }
    BoundQuery.Recursive recursive = (BoundQuery.Recursive) query;
    return new BoundQuery.Recursive(
        number(recursive.recursion()),
        query(recursive.initial()),
        recursive.recursive().stream().map(this::query).toList(),
        recursive.distinct(),
        columns(recursive.columns()),
        recursive.collations(),
        orderBy(recursive.orderBy()),
        optional(recursive.limit()),
        optional(recursive.offset()));
  }

  private BoundQuery.Select select(BoundQuery.Select select) {
    return new BoundQuery.Select(
        select.number(),
        select.from().stream().map(this::item).toList(),
        optional(select.where()),
        expressions(select.groupBy()),
        select.aggregate(),
        number(select.aggregateSource()),
        select.aggregates().stream().map(this::aggregate).toList(),
        optional(select.having()),
        number(select.windowSource()),
        select.windows().stream().map(this::window).toList(),
        columns(select.columns()),
        select.distinct(),
        orderBy(select.orderBy()),
        optional(select.limit()),
        optional(select.offset()));
  }

  private FromItem item(FromItem item) {
    return new FromItem(source(item.source()), item.join(), optional(item.condition()));
  }

  private Source source(Source source) {
    Source renumbered = source.withId(number(source.id()));
    if (renumbered instanceof Source.OfQuery of) {
      // What is computed once for all its references stays the same query, unless it reads sources
      // that have new numbers here.
      return of.isMaterialized() && !readsCopied(of.query()) ? of : of.withQuery(query(of.query()));
    }
    return renumbered instanceof Source.OfRecursion of
        ? of.withRecursion(number(of.recursion()))
        : renumbered;
  }

  private boolean readsCopied(BoundQuery query) {
    return !Collections.disjoint(References.outerSources(query), numbers.keySet());
  }

  private BoundExpression expression(BoundExpression expression) {
    if (expression instanceof BoundExpression.Column column) {
      return new BoundExpression.Column(
          number(column.source()),
          column.column(),
          column.affinity(),
          column.collation(),
          column.name());
    }
    if (expression instanceof BoundExpression.Computed computed) {
      return new BoundExpression.Computed(
          number(computed.source()), computed.index(), computed.explicitCollation());
    }
    if (expression instanceof BoundValue.NullIfUnmatched unmatched) {
      return new BoundValue.NullIfUnmatched(
          number(unmatched.source()), expression(unmatched.operand()));
    }
    BoundExpression copy =
        expression.children().isEmpty()
            ? expression
            : expression.withChildren(expressions(expression.children()));
    BoundQuery query = References.queryOf(copy);
    return query == null ? copy : Substitution.withQuery(copy, query(query));
  }

  private List<BoundExpression> expressions(List<BoundExpression> expressions) {
    return expressions.stream().map(this::expression).toList();
  }

  private @Nullable BoundExpression optional(@Nullable BoundExpression expression) {
    return expression == null ? null : expression(expression);
  }

  private List<ResultColumn> columns(List<ResultColumn> columns) {
    return columns.stream().map(c -> c.withExpression(expression(c.expression()))).toList();
  }

  private List<OrderTerm> orderBy(List<OrderTerm> terms) {
    return terms.stream().map(term -> term.withExpression(expression(term.expression()))).toList();
  }

  private AggregateCall aggregate(AggregateCall call) {
    return new AggregateCall(
        call.function(),
        call.star(),
        expressions(call.arguments()),
        call.distinct(),
        optional(call.filter()),
        orderBy(call.orderBy()),
        call.collation());
  }

  private WindowCall window(WindowCall call) {
    return new WindowCall(
        call.function(),
        call.star(),
        expressions(call.arguments()),
        optional(call.filter()),
        expressions(call.partitionBy()),
        orderBy(call.orderBy()),
        call.frame(),
        optional(call.frameStart()),
        optional(call.frameEnd()));
  }
}
