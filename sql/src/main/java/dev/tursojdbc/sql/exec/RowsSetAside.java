package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/**
 * Rows that {@link HashGroups} could not take into a group at once: they are sorted by the keys of
 * the groups, and the aggregates then read them from the sorter.
 */
final class RowsSetAside {
  private final Sorter sorter;
  private final KeyOrder order;
  private final int keyCount;
  private final Evaluator[] columns;
  private final Register[] row;
  private final Register[] nextKey;
  private final GroupAggregates aggregates;

  /**
   * @param sorter sorts by the keys
   * @param columns what is kept of a row behind its keys
   * @param aggregates those of the groups, reading the sorter
   */
  RowsSetAside(
      Sorter sorter, List<KeyOrder.Column> order, Evaluator[] columns, GroupAggregates aggregates) {
    this.sorter = sorter;
    this.order = new KeyOrder(order, TextEncoding.UTF8);
    this.keyCount = order.size();
    this.columns = columns;
    this.row = Registers.of(keyCount + columns.length);
    this.nextKey = Registers.of(keyCount);
    this.aggregates = aggregates;
  }

  void clear() {
    sorter.clear();
  }

  void add(Frame frame, Register[] key) {
    for (int i = 0; i < keyCount; i++) {
      row[i].set(key[i]);
    }
    for (int i = 0; i < columns.length; i++) {
      columns[i].into(frame, row[keyCount + i]);
    }
    sorter.add(frame, row, row.length);
  }

  /** Sorts, and moves to the first row. @return whether there is one */
  boolean sort(Frame frame) {
    sorter.sort(frame);
    return sorter.next();
  }

  /** Reads the key of the row that comes next. */
  void readKey(Register[] key) {
    for (int i = 0; i < keyCount; i++) {
      sorter.read(i, key[i]);
    }
  }

  /**
   * Takes the rows with a key into a group.
   *
   * @return whether there are more rows
   */
  boolean stepGroup(Frame frame, GroupAggregates.State state, Register[] key) {
    do {
      aggregates.step(frame, state);
      if (!sorter.next()) {
        return false;
      }
      readKey(nextKey);
    } while (order.compare(key, nextKey, keyCount) == 0);
    return true;
  }
}
