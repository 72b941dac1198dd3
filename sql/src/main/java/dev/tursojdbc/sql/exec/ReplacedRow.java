package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.storage.btree.TreeCursor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The row that is in the way of a new one, and its deletion by REPLACE, with all that a deletion
 * sets off: index entries, foreign keys, and triggers if these are recursive.
 *
 * <p>What it sets off may write the same table. So whoever replaces checks its keys once more if
 * {@link #othersMayHaveChanged()}.
 */
final class ReplacedRow {
  private final BoundTable bound;
  private final RowTree rows;
  private final ChangedRow row;
  private final IndexChanger[] indexes;
  private @Nullable ForeignKeyChecks foreignKeys;
  private FiredTriggers triggers = FiredTriggers.none();
  private boolean othersMayHaveChanged;

  /**
   * @param indexes of the table, over the row as their old one
   */
  ReplacedRow(BoundTable bound, RowTree rows, ChangedRow row, List<IndexChanger> indexes) {
    this.bound = bound;
    this.rows = rows;
    this.row = row;
    this.indexes = indexes.toArray(IndexChanger[]::new);
  }

  ChangedRow row() {
    return row;
  }

  /** What foreign keys ask for when the row is deleted. */
  void setForeignKeys(ForeignKeyChecks checks) {
    foreignKeys = checks;
  }

  /** The triggers that fire when the row is deleted. */
  void setTriggers(FiredTriggers fired) {
    triggers = fired;
  }

  /** A new row comes, for which nothing has been deleted yet. */
  void start() {
    othersMayHaveChanged = false;
  }

  /** Whether triggers or foreign keys have acted since the start. */
  boolean othersMayHaveChanged() {
    return othersMayHaveChanged;
  }

  void read(Frame frame, TreeCursor existing) {
    row.read(frame, existing);
  }

  /**
   * Deletes the row that was read.
   *
   * @param pins where the table is pinned while triggers run; null if they may write it
   */
  void delete(Frame frame, @Nullable PinnedTables pins) {
    if (pins == null || triggers.isEmpty()) {
      delete(frame);
      return;
    }
    pins.pin(bound);
    try {
      delete(frame);
    } finally {
      pins.unpin();
    }
  }

  private void delete(Frame frame) {
    if (!triggers.isEmpty()) {
      othersMayHaveChanged = true;
      if (triggers.hasBefore() && !fireBefore(frame)) {
        return;
      }
    }
    ForeignKeyChecks checks = foreignKeys;
    if (checks != null) {
      checks.leaves();
    }
    for (IndexChanger index : indexes) {
      index.deleteOld(frame);
    }
    rows.delete(row);
    if (checks != null) {
      othersMayHaveChanged = true;
      checks.act();
    }
    triggers.fireAfter();
  }

  /**
   * @return whether the row is to be deleted, and is still there
   */
  private boolean fireBefore(Frame frame) {
    triggers.keepOld(row);
    if (!triggers.fireBefore()) {
      return false;
    }
    TreeCursor existing = rows.find(row);
    if (existing == null) {
      return false;
    }
    row.read(frame, existing);
    return true;
  }
}
