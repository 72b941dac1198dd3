package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.AggregateCall;
import dev.tursojdbc.sql.bind.BoundExpression;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How rows become groups.
 *
 * @param keys empty if all rows are one group, which then exists even without rows
 * @param source number under which {@link BoundExpression.Computed} names the aggregates
 * @param columns columns that are used outside of aggregates; they are those of the group's first
 *     row, or of the row that min or max took
 * @param ordered whether rows come with groups together, in the order wanted
 * @param extreme whether one minimum or maximum is all that is asked for
 * @param firstRow whether the first row decides: it has the minimum or maximum that is asked for
 * @param descending for each key whether groups are put out in descending order
 */
public record Grouping(
    List<BoundExpression> keys,
    int source,
    List<AggregateCall> calls,
    List<BoundExpression> columns,
    @Nullable BoundExpression having,
    boolean ordered,
    boolean extreme,
    boolean firstRow,
    List<Boolean> descending) {
  public Grouping {
    keys = List.copyOf(keys);
    calls = List.copyOf(calls);
    columns = List.copyOf(columns);
    descending = List.copyOf(descending);
  }

  /** All expressions that are evaluated for a row of a group, but the keys. */
  public List<BoundExpression> inputs() {
    List<BoundExpression> inputs = new ArrayList<>(columns);
    for (AggregateCall call : calls) {
      inputs.addAll(call.arguments());
      if (call.filter() != null) {
        inputs.add(call.filter());
      }
      call.orderBy().forEach(term -> inputs.add(term.expression()));
    }
    return inputs;
  }
}
