package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rowids alone: eight bytes each, while there is memory. */
final class Rowids extends RowKeyList {
  private static final int MAX_IDLE_ROWIDS = 4096;

  private final MemoryClaim claim = new MemoryClaim(this::clear);
  private final Register[] following = Registers.of(1);
  private long[] rowids = new long[16];
  private int count;
  private int position;
  private boolean sorted;
  private @Nullable StoredKeys others;
  private boolean hasFollowing;

  @Override
  void clear() {
    count = 0;
    claim.release();
    if (rowids.length > MAX_IDLE_ROWIDS) {
      rowids = new long[16];
    }
    if (others != null) {
      others.clear();
      others = null;
    }
  }

  @Override
  void begin(boolean inOrder) {
    sorted = inOrder;
  }

  @Override
  void add(Frame frame, Evaluator[] columns) {
    StoredKeys spilled = others;
    if (spilled == null && count == rowids.length) {
      if (claim.set(frame, 2L * Long.BYTES * count)) {
        spilled = new StoredKeys(1, new Sorter(List.of(KeyOrder.Column.DEFAULT)));
        spilled.begin(sorted);
        others = spilled;
      } else {
        rowids = Arrays.copyOf(rowids, 2 * count);
      }
    }
    if (spilled != null) {
      spilled.add(frame, columns);
      return;
    }
    columns[0].evaluate(frame);
    rowids[count++] = frame.integer;
  }

  @Override
  void rewind(Frame frame) {
    position = 0;
    if (sorted) {
      Arrays.sort(rowids, 0, count);
    }
    hasFollowing = false;
    if (others != null) {
      others.rewind(frame);
      hasFollowing = others.next(following);
    }
  }

  @Override
  boolean next(ChangedRow row, Register[] values) {
    if (position < count && !(sorted && hasFollowing && following[0].integer < rowids[position])) {
      row.rowid().setInteger(rowids[position++]);
      return true;
    }
    if (!hasFollowing || others == null) {
      return false;
    }
    row.rowid().set(following[0]);
    hasFollowing = others.next(following);
    return true;
  }
}
