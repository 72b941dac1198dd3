package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ([base] [PARTITION BY …] [ORDER BY …] [frame])}, of a WINDOW clause or an OVER.
 *
 * @param base the named window that this one extends; or, if {@link #isReference}, the window
 *     itself
 * @param isReference {@code OVER name} without parentheses: the named window as it is, not a new
 *     one based on it
 * @param frame absent: RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
 */
public record WindowDefinition(
    @Nullable Name base,
    boolean isReference,
    List<Expression> partitionBy,
    List<OrderingTerm> orderBy,
    @Nullable FrameSpec frame) {
  public WindowDefinition {
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }
}
