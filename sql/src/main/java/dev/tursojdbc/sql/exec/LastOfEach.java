package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;

/** Keys with values behind them, in the order of the keys: of equal keys, the last that came. */
final class LastOfEach {
  private final StoredKeys keys;
  private final KeyOrder order;
  private final int keyCount;
  private final Register[] following;
  private boolean hasFollowing;

  LastOfEach(int count, KeyOrder order, int keyCount, TextEncoding encoding) {
    this.keys = new StoredKeys(count, new Sorter(order, keyCount, encoding));
    this.order = order;
    this.keyCount = keyCount;
    this.following = Registers.of(count);
  }

  void clear() {
    keys.clear();
  }

  void begin() {
    keys.begin(true);
  }

  void add(Frame frame, Evaluator[] columns) {
    keys.add(frame, columns);
  }

  void rewind(Frame frame) {
    keys.rewind(frame);
    hasFollowing = keys.next(following);
  }

  boolean next(Register[] target) {
    if (!hasFollowing) {
      return false;
    }
    do {
      for (int i = 0; i < target.length; i++) {
        target[i].set(following[i]);
      }
      hasFollowing = keys.next(following);
    } while (hasFollowing && order.compare(following, target, keyCount) == 0);
    return true;
  }
}
