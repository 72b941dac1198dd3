package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Applies the rewrites to a SELECT, in the order in which SQLite does: outer joins become inner
 * ones and queries in FROM are flattened until nothing changes, then conditions are pushed into the
 * queries that are left.
 */
final class QueryRewriter {
  private QueryRewriter() {}

  /**
   * A query with the same rows that is cheaper to compute; a compound may become of it.
   *
   * @param newSource gives numbers for the sources of copies
   * @param ordered whether it matters in which order rows come that are equal in ORDER BY
   */
  static BoundQuery rewrite(BoundQuery.Select query, IntSupplier newSource, boolean ordered) {
    BoundQuery.Select select = query;
    for (int i = 0; i < select.from().size(); i++) {
      select = OuterJoinReduction.reduce(select, i);
      if (!mayFlatten(select.from().get(i))) {
        continue;
      }
      BoundQuery.Select unordered = ordered ? select : withoutNeedlessOrder(select, i);
      BoundQuery flat =
          keepsOrderedQuery(unordered, i) ? null : Flattening.flatten(unordered, i, newSource);
      if (flat == null && !((Source.OfQuery) select.from().get(i).source()).isMaterialized()) {
        select = unordered;
      }
      if (flat instanceof BoundQuery.Select again) {
        select = again;
        i = -1;
      } else if (flat != null) {
        return flat;
      }
    }
    select = ExistsJoin.join(ConstantPropagation.propagate(select));
    select = GroupConditions.moved(select);
    for (int i = 0; i < select.from().size(); i++) {
      if (select.from().get(i).source() instanceof Source.OfQuery source
          && !source.isMaterialized()) {
        select = ConditionPushdown.push(select, i);
      }
    }
    return select;
  }

  private static boolean mayFlatten(FromItem item) {
    return item.source() instanceof Source.OfQuery source
        && !source.isToBeMaterialized()
        && !(source.query() instanceof BoundQuery.Select select && select.aggregate());
  }

  /** ORDER BY of a query in FROM that nobody can see is left out. */
  private static BoundQuery.Select withoutNeedlessOrder(BoundQuery.Select select, int position) {
    FromItem item = select.from().get(position);
    Source.OfQuery source = (Source.OfQuery) item.source();
    boolean isHidden = !select.orderBy().isEmpty() || select.from().size() > 1;
    if (!isHidden || Flattening.dependsOnOrder(select)) {
      return select;
    }
    BoundQuery unordered = unordered(source.query());
    if (unordered == null) {
      return select;
    }
    List<FromItem> from = new ArrayList<>(select.from());
    from.set(position, new FromItem(source.withQuery(unordered), item.join(), item.condition()));
    return select.withFrom(from, select.where());
  }

  /** The query without ORDER BY; null if it has none, or a LIMIT. */
  private static @Nullable BoundQuery unordered(BoundQuery query) {
    if (query.orderBy().isEmpty() || query.limit() != null) {
      return null;
    }
    if (query instanceof BoundQuery.Select select) {
      return Flattening.dependsOnOrder(select) ? null : select.withOrderBy(List.of());
    }
    return query instanceof BoundQuery.Compound compound
        ? new BoundQuery.Compound(
            compound.first(),
            compound.terms(),
            compound.columns(),
            compound.collations(),
            List.of(),
            null,
            null)
        : null;
  }

  /**
   * Costly results are computed for rows in their order, after sorting, when the query that sorts
   * stays by itself.
   */
  private static boolean keepsOrderedQuery(BoundQuery.Select select, int position) {
    if (position != 0
        || ((Source.OfQuery) select.from().get(0).source()).query().orderBy().isEmpty()) {
      return false;
    }
    boolean isOutermost =
        select.from().size() == 1 || select.from().get(1).join() != JoinKind.INNER;
    return isOutermost
        && select.columns().stream()
            .map(ResultColumn::expression)
            .anyMatch(QueryRewriter::isCostly);
  }

  private static boolean isCostly(BoundExpression expression) {
    boolean[] found = {false};
    References.walk(
        expression,
        e ->
            found[0] |=
                e instanceof BoundCall.Function
                    || e instanceof BoundCall.Coalesce
                    || References.queryOf(e) != null);
    return found[0];
  }
}
