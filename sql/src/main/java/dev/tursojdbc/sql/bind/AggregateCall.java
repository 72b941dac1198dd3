package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate that a query computes for each group.
 *
 * @param star whether it was written with {@code *}
 * @param filter rows for which it is not true do not count
 * @param orderBy the order in which rows are taken in
 * @param collation of the arguments, for min, max and DISTINCT
 */
public record AggregateCall(
    AggregateFunction function,
    boolean star,
    List<BoundExpression> arguments,
    boolean distinct,
    @Nullable BoundExpression filter,
    List<OrderTerm> orderBy,
    Collation collation) {
  public AggregateCall {
    arguments = List.copyOf(arguments);
    orderBy = List.copyOf(orderBy);
  }
}
