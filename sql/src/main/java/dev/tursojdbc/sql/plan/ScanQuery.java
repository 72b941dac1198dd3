package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.IndexHint;
import dev.tursojdbc.sql.ast.Limit;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.With;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The query for the rows that an UPDATE or DELETE changes, as if somebody had written it. */
final class ScanQuery {
  /**
   * Number of a query for the rows of a table that are then looked up to be changed. A query with
   * FROM is none: it computes all that the change needs.
   */
  static final int ROWS_TO_CHANGE = -1;

  private static final int JOINED = -2;

  private ScanQuery() {}

  static SelectStatement of(
      @Nullable With with,
      List<ResultColumn> columns,
      QualifiedName table,
      @Nullable Name alias,
      @Nullable IndexHint hint,
      @Nullable FromClause from,
      @Nullable Expression where,
      List<Expression> groupBy,
      List<OrderingTerm> orderBy,
      @Nullable Limit limit) {
    TableReference target = new TableReference.Table(table, alias, hint);
    List<FromClause.Join> joins = new ArrayList<>();
    if (from != null) {
      // Its joins do not know the target: what USING and ON name is in the clause itself.
      TableReference source =
          from.joins().isEmpty() ? from.first() : new TableReference.Group(0, from, null);
      joins.add(new FromClause.Join(FromClause.JoinType.COMMA, false, source, null, List.of()));
    }
    SelectCore core =
        new SelectCore.Select(
            from == null ? ROWS_TO_CHANGE : JOINED,
            false,
            columns,
            new FromClause(target, joins),
            where,
            groupBy,
            null,
            List.of());
    return new SelectStatement(with, core, List.of(), orderBy, limit, Span.NONE);
  }
}
