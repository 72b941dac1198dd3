package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code ON CONFLICT [(target) [WHERE targetWhere]] DO NOTHING | UPDATE SET … [WHERE where]}.
 *
 * @param target empty: any constraint; only the last of a chain may be so
 * @param assignments empty for DO NOTHING
 */
public record Upsert(
    List<OrderingTerm> target,
    @Nullable Expression targetWhere,
    List<Assignment> assignments,
    @Nullable Expression where) {
  public Upsert {
    target = List.copyOf(target);
    assignments = List.copyOf(assignments);
  }

  public boolean isDoNothing() {
    return assignments.isEmpty();
  }
}
