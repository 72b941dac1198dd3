package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import java.util.List;

/**
 * How the FROM clause and the conditions on its rows are computed.
 *
 * @param constants conditions without columns of the sources
 * @param ordered whether rows come in the order that was asked for
 * @param distinct whether rows that are equal in the distinct columns come together
 * @param rows estimate of their number
 */
record JoinPlan(
    List<BoundExpression> constants,
    List<JoinLevel> levels,
    boolean ordered,
    boolean distinct,
    int rows) {
  JoinPlan {
    constants = List.copyOf(constants);
    levels = List.copyOf(levels);
  }
}
