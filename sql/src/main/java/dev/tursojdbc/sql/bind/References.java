package dev.tursojdbc.sql.bind;

import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * The columns and computed values that an expression or a query refers to, those that queries
 * inside refer to outside of themselves included.
 */
public final class References {
  private final Consumer<BoundExpression> visit;

  private final Set<BoundExpression> skipped;

  /**
   * Common table expressions that were walked through: a query may have the same one often. Null as
   * long as there was none.
   */
  private @Nullable Set<BoundQuery> known;

  private References(Consumer<BoundExpression> visit) {
    this(visit, Set.of());
  }

  private References(Consumer<BoundExpression> visit, Set<BoundExpression> skipped) {
    this.visit = visit;
    this.skipped = skipped;
  }

  /** Numbers of the sources an expression refers to; sources inside of its queries are left out. */
  public static Set<Integer> sources(BoundExpression expression) {
    if (expression instanceof BoundExpression.Column column) {
      return Set.of(column.source());
    }
    if (expression instanceof Constant || expression instanceof BoundExpression.Parameter) {
      return Set.of();
    }
    Set<Integer> sources = new HashSet<>();
    Set<Integer> own = new HashSet<>();
    walkCollecting(expression, sources, own);
    sources.removeAll(own);
    return sources;
  }

  /** Numbers of the sources outside of a query that it refers to. */
  public static Set<Integer> outerSources(BoundQuery query) {
    Set<Integer> sources = new HashSet<>();
    Set<Integer> own = new HashSet<>();
    References references = new References(e -> add(e, sources));
    references.query(query);
    collectRecursions(query, sources, Collections.newSetFromMap(new IdentityHashMap<>()));
    collectOwn(query, own);
    sources.removeAll(own);
    return sources;
  }

  /**
   * All columns and computed values in expressions, in order of first occurrence.
   *
   * @param skipped expressions that equal one of these are not entered
   */
  public static Set<BoundExpression> leaves(
      Iterable<BoundExpression> expressions, Set<BoundExpression> skipped) {
    Set<BoundExpression> leaves = new LinkedHashSet<>();
    References references =
        new References(
            e -> {
              if (e instanceof BoundExpression.Column || e instanceof BoundExpression.Computed) {
                leaves.add(e);
              }
            },
            skipped);
    for (BoundExpression expression : expressions) {
      references.expression(expression);
    }
    return leaves;
  }

  /** Whether there is a query in the expression. */
  public static boolean hasQuery(BoundExpression expression) {
    if (queryOf(expression) != null) {
      return true;
    }
    List<? extends BoundExpression> children = expression.children();
    for (int i = 0; i < children.size(); i++) {
      if (hasQuery(children.get(i))) {
        return true;
      }
    }
    return false;
  }

  /** Calls the visitor for each node of the expression and of the queries inside. */
  public static void walk(BoundExpression expression, Consumer<BoundExpression> visitor) {
    new References(visitor).expression(expression);
  }

  /** Calls the visitor for each node of the query's expressions and of the queries inside. */
  public static void walk(BoundQuery query, Consumer<BoundExpression> visitor) {
    new References(visitor).query(query);
  }

  /**
   * As {@link #walk}, but does not enter queries in FROM: these do not know the other sources of
   * that FROM.
   */
  public static void walkBesideFrom(BoundQuery query, Consumer<BoundExpression> visitor) {
    ownExpressions(query, new References(visitor)::expression);
  }

  /** As {@link #walkBesideFrom}, but expressions that equal one of these are not entered. */
  public static void walkOutside(
      BoundQuery query, Set<BoundExpression> skipped, Consumer<BoundExpression> visitor) {
    ownExpressions(query, new References(visitor, skipped)::expression);
  }

  private static void walkCollecting(
      BoundExpression expression, Set<Integer> sources, Set<Integer> own) {
    walk(
        expression,
        e -> {
          add(e, sources);
          BoundQuery query = queryOf(e);
          if (query != null) {
            collectOwn(query, own);
          }
        });
  }

  private static void add(BoundExpression expression, Set<Integer> sources) {
    if (expression instanceof BoundExpression.Column column) {
      sources.add(column.source());
    } else if (expression instanceof BoundExpression.Computed computed) {
      sources.add(computed.source());
    } else if (expression instanceof BoundValue.NullIfUnmatched unmatched) {
      sources.add(unmatched.source());
    }
  }

  /** The recursions whose rows the query reads in a FROM. */
  private static void collectRecursions(
      BoundQuery query, Set<Integer> sources, Set<BoundQuery> known) {
    if (!known.add(query)) {
      return;
    }
    if (query instanceof BoundQuery.Select select) {
      for (FromItem item : select.from()) {
        if (item.source() instanceof Source.OfRecursion of) {
          sources.add(of.recursion());
        } else if (item.source() instanceof Source.OfQuery of) {
          collectRecursions(of.query(), sources, known);
        }
      }
    } else if (query instanceof BoundQuery.Compound compound) {
      collectRecursions(compound.first(), sources, known);
      compound.terms().forEach(term -> collectRecursions(term.query(), sources, known));
    } else if (query instanceof BoundQuery.Recursive recursive) {
      recursive.recursive().forEach(part -> collectRecursions(part, sources, known));
    }
  }

  /** Source numbers that the query itself and the queries inside it make. */
  public static Set<Integer> ownSources(BoundQuery query) {
    Set<Integer> own = new HashSet<>();
    collectOwn(query, own);
    return own;
  }

  /** Adds the source numbers that the query itself and the queries inside it make. */
  private static void collectOwn(BoundQuery query, Set<Integer> own) {
    if (query instanceof BoundQuery.Select select) {
      if (!own.add(select.aggregateSource())) {
        // The same common table expression again.
        return;
      }
      own.add(select.windowSource());
      for (FromItem item : select.from()) {
        own.add(item.source().id());
        if (item.source() instanceof Source.OfQuery of) {
          collectOwn(of.query(), own);
        }
      }
    } else if (query instanceof BoundQuery.Compound compound) {
      collectOwn(compound.first(), own);
      compound.terms().forEach(term -> collectOwn(term.query(), own));
    } else if (query instanceof BoundQuery.Recursive recursive) {
      own.add(recursive.recursion());
      collectOwn(recursive.initial(), own);
      recursive.recursive().forEach(part -> collectOwn(part, own));
    }
    ownExpressions(
        query,
        expression ->
            walk(
                expression,
                e -> {
                  BoundQuery inner = queryOf(e);
                  if (inner != null) {
                    collectOwn(inner, own);
                  }
                }));
  }

  /** The query that an expression node has, or null. */
  public static @Nullable BoundQuery queryOf(BoundExpression expression) {
    if (expression instanceof BoundCondition.InQuery in) {
      return in.query();
    }
    if (expression instanceof BoundCondition.Exists exists) {
      return exists.query();
    }
    return expression instanceof BoundValue.SubqueryColumn column ? column.query() : null;
  }

  private void expression(@Nullable BoundExpression expression) {
    if (expression == null || (!skipped.isEmpty() && skipped.contains(expression))) {
      return;
    }
    visit.accept(expression);
    List<? extends BoundExpression> children = expression.children();
    for (int i = 0; i < children.size(); i++) {
      expression(children.get(i));
    }
    BoundQuery query = queryOf(expression);
    if (query != null) {
      query(query);
    }
  }

  private void query(BoundQuery query) {
    ownExpressions(query, this::expression);
    if (query instanceof BoundQuery.Select select) {
      for (FromItem item : select.from()) {
        if (item.source() instanceof Source.OfQuery of
            && (of.commonTable() == null || isNew(of.query()))) {
          query(of.query());
        }
      }
    } else if (query instanceof BoundQuery.Compound compound) {
      query(compound.first());
      compound.terms().forEach(term -> query(term.query()));
    } else if (query instanceof BoundQuery.Recursive recursive) {
      query(recursive.initial());
      recursive.recursive().forEach(this::query);
    }
  }

  private boolean isNew(BoundQuery commonTable) {
    if (known == null) {
      known = Collections.newSetFromMap(new IdentityHashMap<>());
    }
    return known.add(commonTable);
  }

  /** Calls the action for each expression that stands directly in a query. */
  static void ownExpressions(BoundQuery query, Consumer<BoundExpression> action) {
    if (query instanceof BoundQuery.Select select) {
      select.from().forEach(item -> optional(item.condition(), action));
      optional(select.where(), action);
      select.groupBy().forEach(action);
      optional(select.having(), action);
      select.aggregates().forEach(call -> expressionsOf(call, action));
      select.windows().forEach(call -> expressionsOf(call, action));
      select.columns().forEach(column -> action.accept(column.expression()));
    } else if (query instanceof BoundQuery.Values values) {
      values.rows().forEach(row -> row.forEach(action));
    }
    if (!(query instanceof BoundQuery.Compound || query instanceof BoundQuery.Recursive)) {
      query.orderBy().forEach(term -> action.accept(term.expression()));
    }
    optional(query.limit(), action);
    optional(query.offset(), action);
  }

  private static void expressionsOf(AggregateCall call, Consumer<BoundExpression> action) {
    call.arguments().forEach(action);
    optional(call.filter(), action);
    call.orderBy().forEach(term -> action.accept(term.expression()));
  }

  private static void expressionsOf(WindowCall call, Consumer<BoundExpression> action) {
    call.arguments().forEach(action);
    optional(call.filter(), action);
    call.partitionBy().forEach(action);
    call.orderBy().forEach(term -> action.accept(term.expression()));
    optional(call.frameStart(), action);
    optional(call.frameEnd(), action);
  }

  private static void optional(@Nullable BoundExpression e, Consumer<BoundExpression> action) {
    if (e != null) {
      action.accept(e);
    }
  }
}
