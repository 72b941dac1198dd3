package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import java.util.List;

/**
 * How the FROM clause and the conditions on its rows are computed.
 *
 * @param constants conditions without columns of the sources
 * @param satisfied how many terms of the order that was asked for the rows come in
 * @param ordered whether these are all
 * @param sorted whether rows come in the sequence and the directions of all terms
 * @param distinct whether rows that are equal in the distinct columns come together
 * @param rows estimate of their number
 */
record JoinPlan(
    List<BoundExpression> constants,
    List<JoinLevel> levels,
    int satisfied,
    boolean ordered,
    boolean sorted,
    boolean distinct,
    int rows) {
  JoinPlan {
    constants = List.copyOf(constants);
    levels = List.copyOf(levels);
  }
}
