package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.IndexTree;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.RecordEncoder;
import org.jspecify.annotations.Nullable;

/** One index that a statement keeps up to date: entries of the old and of the new row. */
final class IndexChanger {
  private final BoundTable.BoundIndex bound;
  private final Index index;
  private final IndexTree tree;
  private final IndexKeys newKeys;
  private final IndexKeys oldKeys;

  /** Whether the new row has an entry here; set by {@link #computeNew}. */
  private boolean newHasEntry;

  IndexChanger(
      BoundTable.BoundIndex bound, PageWriter writer, ChangedRow oldRow, ChangedRow newRow) {
    this.bound = bound;
    this.index = bound.index();
    this.tree = new IndexTree(writer, index.rootPage(), bound.order(), index.columns().size());
    this.newKeys = new IndexKeys(bound, newRow);
    this.oldKeys = new IndexKeys(bound, oldRow);
  }

  BoundTable.BoundIndex bound() {
    return bound;
  }

  Index index() {
    return index;
  }

  /** Computes the new row's entry. */
  void computeNew(Frame frame) {
    newHasEntry = newKeys.compute(frame);
  }

  /**
   * Looks for an entry with the new row's key; of a unique index only.
   *
   * @return the tree's cursor on it, good until the tree is used again, or null
   */
  @Nullable IndexCursor findConflict() {
    if (!newHasEntry || newKeys.keyHasNull()) {
      return null;
    }
    return tree.find(newKeys.values(), index.keyColumnCount());
  }

  /** Whether the new row has an entry here. */
  boolean newHasEntry() {
    return newHasEntry;
  }

  /** Whether {@link #findConflict} has looked for the new row's key. */
  boolean wasSearched() {
    return index.isUnique() && newHasEntry && !newKeys.keyHasNull();
  }

  void insertNew(RecordEncoder encoder) {
    if (newHasEntry) {
      newKeys.encode(encoder);
      tree.put(newKeys.values(), encoder.buffer(), encoder.size());
    }
  }

  void deleteOld(Frame frame) {
    if (oldKeys.compute(frame)) {
      tree.delete(oldKeys.values());
    }
  }

  /** Puts the new row's entry in the place of the old one, unless they are the same. */
  void replaceOld(Frame frame, RecordEncoder encoder) {
    boolean oldHasEntry = oldKeys.compute(frame);
    if (oldHasEntry && newHasEntry && isSame()) {
      return;
    }
    if (oldHasEntry) {
      tree.delete(oldKeys.values());
    }
    insertNew(encoder);
  }

  private boolean isSame() {
    for (int i = 0; i < index.columns().size(); i++) {
      if (!SameValues.identical(oldKeys.values()[i], newKeys.values()[i])) {
        return false;
      }
    }
    return true;
  }
}
