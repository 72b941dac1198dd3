package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import java.util.List;

/**
 * How the FROM clause and the conditions on its rows are computed.
 *
 * @param constants conditions without columns of the sources
 */
record JoinPlan(List<BoundExpression> constants, List<JoinLevel> levels) {
  JoinPlan {
    constants = List.copyOf(constants);
    levels = List.copyOf(levels);
  }
}
