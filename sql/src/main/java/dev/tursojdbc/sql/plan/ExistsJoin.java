package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.Source;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes EXISTS a join of which the first partner is enough, so that its table can be searched in
 * all ways that a joined table can, by a hash table too.
 *
 * <pre>
 *   SELECT * FROM u WHERE EXISTS (SELECT 1 FROM t WHERE t.c = u.x AND t.b > 1)
 *   SELECT * FROM u EXISTS JOIN t WHERE t.c = u.x AND t.b > 1
 * </pre>
 *
 * <p>Only for EXISTS over one table that refers to the query around it, among the conditions that
 * must all hold. An EXISTS inside of it stays: its partner would have to be one of each of the
 * table's rows in turn, not of the first.
 */
final class ExistsJoin {
  private ExistsJoin() {}

  static BoundQuery.Select join(BoundQuery.Select query) {
    BoundQuery.Select result = query;
    if (query.from().isEmpty()
        || query.number() < 0
        || !hasExists(query.where())
        || query.from().stream().anyMatch(item -> item.join().keepsRight())) {
      return result;
    }
    List<BoundExpression> kept = new ArrayList<>();
    List<BoundExpression> added = new ArrayList<>();
    List<FromItem> from = new ArrayList<>(query.from());
    Set<Integer> sources = new HashSet<>();
    from.forEach(item -> sources.add(item.source().id()));
    for (BoundExpression term : Conjunction.terms(query.where())) {
      if (term instanceof BoundCondition.Exists exists
          && exists.query() instanceof BoundQuery.Select inner
          && from.size() < JoinPlanner.MAX_SOURCES
          && mayJoin(inner, sources)) {
        added.addAll(Conjunction.terms(inner.where()));
        from.add(new FromItem(inner.from().get(0).source(), JoinKind.EXISTS, null));
      } else {
        kept.add(term);
      }
    }
    return from.size() == query.from().size()
        ? query
        : query.withFrom(from, Conjunction.and(Conjunction.of(kept), Conjunction.of(added)));
  }

  private static boolean hasExists(@Nullable BoundExpression where) {
    for (BoundExpression term : Conjunction.terms(where)) {
      if (term instanceof BoundCondition.Exists) {
        return true;
      }
    }
    return false;
  }

  private static boolean mayJoin(BoundQuery.Select inner, Set<Integer> outer) {
    boolean isPlain =
        inner.isPlain()
            && inner.from().size() == 1
            && inner.from().get(0).source() instanceof Source.OfTable
            && inner.from().get(0).condition() == null
            && (inner.limit() == null || Constant.ONE.equals(inner.limit()))
            && inner.offset() == null;
    return isPlain
        && inner.where() != null
        && References.sources(inner.where()).stream().anyMatch(outer::contains);
  }
}
