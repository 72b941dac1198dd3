package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.plan.ForeignKeyPlan;
import org.jspecify.annotations.Nullable;

/** Counts the child rows of a parent row. */
final class ChildRows {
  private final boolean deferred;
  private final @Nullable RunnableQuery ofOld;
  private final @Nullable RunnableQuery ofNew;

  ChildRows(
      ForeignKeyPlan.ChildSearch search,
      ChangedRow oldRow,
      ChangedRow newRow,
      ChangeBuilder builder) {
    this.deferred = search.deferred();
    Bindings bindings =
        Bindings.none()
            .with(search.oldRow(), oldRow.registers())
            .with(search.newRow(), newRow.registers());
    this.ofOld = query(search.ofOld(), bindings, builder);
    this.ofNew = query(search.ofNew(), bindings, builder);
  }

  private static @Nullable RunnableQuery query(
      @Nullable BoundQuery query, Bindings bindings, ChangeBuilder builder) {
    return query == null ? null : builder.liveQuery(query, bindings);
  }

  boolean isDeferred() {
    return deferred;
  }

  long countOfOld(Frame frame) {
    return count(ofOld, frame);
  }

  long countOfNew(Frame frame) {
    return count(ofNew, frame);
  }

  private static long count(@Nullable RunnableQuery query, Frame frame) {
    if (query == null) {
      return 0;
    }
    long count = 0;
    query.open(frame);
    while (query.next(frame)) {
      count++;
    }
    return count;
  }
}
