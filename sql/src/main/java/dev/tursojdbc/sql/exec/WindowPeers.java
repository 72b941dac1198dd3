package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/**
 * Groups of peers in a partition: rows that are equal in the window's ORDER BY; without ORDER BY
 * the whole partition. Follows the current row from the first one on.
 */
final class WindowPeers {
  private final WindowRows rows;
  private final WindowRows.Cursor cursor;
  private final int firstTerm;
  private final int termCount;
  private final KeyOrder order;
  private final Register[] groupKey;
  private final Register[] rowKey;

  /** The row whose terms are in {@link #groupKey}, or -1. */
  private int keyRow;

  private int current;
  private int start;

  /** End of the current row's group, or -1 while it is not known. */
  private int end;

  private int group;

  /**
   * @param firstTerm the first column of ORDER BY
   */
  WindowPeers(WindowRows rows, int firstTerm, List<KeyOrder.Column> order) {
    this.rows = rows;
    this.cursor = rows.cursor();
    this.firstTerm = firstTerm;
    this.termCount = order.size();
    this.order = new KeyOrder(order, TextEncoding.UTF8);
    this.groupKey = Registers.of(termCount);
    this.rowKey = Registers.of(termCount);
  }

  void beginPartition() {
    cursor.reset();
    keyRow = -1;
    current = 0;
    start = 0;
    end = -1;
    group = 0;
  }

  /** Follows to a row, the one behind the last. */
  void moveTo(int row) {
    if (row == current) {
      return;
    }
    current = row;
    if (end < 0 ? !arePeers(start, row) : row >= end) {
      start = row;
      end = -1;
      group++;
    }
  }

  /** First row of the current row's group. */
  int start() {
    return start;
  }

  /** The row behind the current row's group. */
  int end(Frame frame) {
    if (end < 0) {
      end = endOfGroup(frame, start, current + 1);
    }
    return end;
  }

  /** Number of the current row's group, from 0. */
  int group() {
    return group;
  }

  /** The row behind the group that begins with a row. */
  int nextGroup(Frame frame, int groupStart) {
    return endOfGroup(frame, groupStart, groupStart + 1);
  }

  private int endOfGroup(Frame frame, int groupStart, int from) {
    if (termCount == 0) {
      return rows.size(frame);
    }
    int row = from;
    while (rows.has(frame, row) && arePeers(groupStart, row)) {
      row++;
    }
    return row;
  }

  private boolean arePeers(int groupStart, int row) {
    if (termCount == 0) {
      return true;
    }
    if (keyRow != groupStart) {
      read(groupStart, groupKey);
      keyRow = groupStart;
    }
    read(row, rowKey);
    return order.compare(groupKey, rowKey, termCount) == 0;
  }

  private void read(int row, Register[] key) {
    cursor.moveTo(row);
    for (int i = 0; i < termCount; i++) {
      cursor.read(firstTerm + i, key[i]);
    }
  }
}
