package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.FrameSpec;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Window functions over one window, computed over the rows of a query that come sorted by partition
 * and, within a partition, in the window's order.
 *
 * <pre>
 *   columns of the input := kept columns, partition, order, arguments and filter of each call
 * </pre>
 *
 * @param number what EXPLAIN QUERY PLAN calls the input
 * @param cost estimate for going through the input, as EXPLAIN QUERY PLAN shows it
 * @param kept what is used of the input's rows beside the functions: the first columns
 * @param partition collations of the columns that tell partitions apart
 * @param order terms of the columns that order a partition; rows that are equal there are peers
 */
public record WindowPlan(
    QueryPlan input,
    int number,
    int cost,
    List<BoundExpression> kept,
    List<Collation> partition,
    List<OrderTerm> order,
    FrameSpec frame,
    @Nullable BoundExpression frameStart,
    @Nullable BoundExpression frameEnd,
    List<Call> calls) {
  public WindowPlan {
    kept = List.copyOf(kept);
    partition = List.copyOf(partition);
    order = List.copyOf(order);
    calls = List.copyOf(calls);
  }

  /**
   * One function.
   *
   * @param result what stands for its value in expressions
   * @param firstArgument column of the input that is its first argument; the others follow
   * @param filter column of the input that says whether a row counts, or -1
   * @param collation for those that compare texts
   * @param lateArguments arguments that are computed when a row is taken in, since a stored value
   *     has no subtype; else empty
   * @param leaves what the late arguments read: these columns then stand for the arguments
   */
  public record Call(
      BoundExpression result,
      SqlFunction function,
      int firstArgument,
      int argumentCount,
      int filter,
      Collation collation,
      List<BoundExpression> lateArguments,
      List<BoundExpression> leaves) {
    public Call {
      lateArguments = List.copyOf(lateArguments);
      leaves = List.copyOf(leaves);
    }
  }
}
