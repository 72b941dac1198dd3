package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.Source;
import java.util.List;

/**
 * One loop of a join, inside of those before it.
 *
 * @param cost estimate for one run of the loop, as ten times its binary logarithm
 * @param match what makes a row of the source a partner, beside what the path sees to; only for
 *     outer joins
 * @param conditions what rows must fulfil, rows without partner included
 */
public record JoinLevel(
    Source source,
    JoinKind join,
    AccessPath path,
    int cost,
    List<BoundExpression> match,
    List<BoundExpression> conditions) {
  public JoinLevel {
    match = List.copyOf(match);
    conditions = List.copyOf(conditions);
  }
}
