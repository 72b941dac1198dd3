package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.WindowCall;
import java.util.List;

/**
 * Window functions that are computed over the rows of a query.
 *
 * @param source number under which {@link BoundExpression.Computed} names them
 * @param columns what else is used of the rows
 */
public record WindowPlan(int source, List<WindowCall> calls, List<BoundExpression> columns) {
  public WindowPlan {
    calls = List.copyOf(calls);
    columns = List.copyOf(columns);
  }
}
