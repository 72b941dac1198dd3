package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Names;

/**
 * Finds which expressions of RETURNING have a subquery over the table that is changed. These are
 * computed anew for each row, and so see the changes so far; other subqueries without outer columns
 * are computed once in a statement, whatever triggers do to their tables. As in SQLite, only a
 * table that stands in the FROM of the subquery itself counts, not one that a view or another query
 * in there reads.
 */
final class TargetReader {
  private final BoundTable target;

  TargetReader(BoundTable target) {
    this.target = target;
  }

  boolean reads(BoundExpression expression) {
    BoundQuery query = References.queryOf(expression);
    return (query != null && hasTarget(query))
        || expression.children().stream().anyMatch(this::reads);
  }

  private boolean hasTarget(BoundQuery query) {
    if (query instanceof BoundQuery.Select select) {
      return select.from().stream().map(FromItem::source).anyMatch(this::isTarget);
    }
    return query instanceof BoundQuery.Compound compound
        && (hasTarget(compound.first())
            || compound.terms().stream().anyMatch(term -> hasTarget(term.query())));
  }

  private boolean isTarget(Source source) {
    return source instanceof Source.OfTable of
        && of.database() == target.database()
        && Names.same(of.table().name(), target.table().name());
  }
}
