package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.FrameSpec;
import dev.tursojdbc.sql.function.SqlFunction;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One window function of a query.
 *
 * @param function an aggregate, or one of the built-in window functions
 * @param frameStart distance of the frame's start, if it has one
 * @param frameEnd distance of the frame's end, if it has one
 */
public record WindowCall(
    SqlFunction function,
    boolean star,
    List<BoundExpression> arguments,
    @Nullable BoundExpression filter,
    List<BoundExpression> partitionBy,
    List<OrderTerm> orderBy,
    FrameSpec frame,
    @Nullable BoundExpression frameStart,
    @Nullable BoundExpression frameEnd) {
  public WindowCall {
    arguments = List.copyOf(arguments);
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }
}
