package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.storage.error.ErrorCode;
import java.util.ArrayList;
import java.util.List;

/**
 * The tables of which an UPDATE OR REPLACE is in the middle of a row while triggers of the rows
 * that it replaces run. As in SQLite these triggers must not write into such a table: the row that
 * is being updated could go with what they do.
 */
final class PinnedTables {
  private record Key(int database, int rootPage) {}

  private final List<Key> pinned = new ArrayList<>();

  void pin(BoundTable table) {
    pinned.add(key(table));
  }

  /** Takes back the last {@link #pin}. */
  void unpin() {
    pinned.remove(pinned.size() - 1);
  }

  /** Called before a row of the table is written or deleted. */
  void requireFree(BoundTable table) {
    if (!pinned.isEmpty() && pinned.contains(key(table))) {
      throw new ConstraintException(
          ErrorCode.CONSTRAINT_PINNED, "constraint failed", ConflictAction.ABORT);
    }
  }

  private static Key key(BoundTable table) {
    return new Key(table.database(), table.table().rootPage());
  }
}
