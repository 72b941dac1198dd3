package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/** Groups of input whose groups come together: a group ends where the key changes. */
final class OrderedGroups extends Operator {
  private final Operator input;
  private final Evaluator[] keys;
  private final Register[] nextKey;
  private final Register[] keyValues;
  private final GroupAggregates aggregates;
  private final KeyOrder order;

  /** Whether the input stands on the first row of the next group, whose key is evaluated. */
  private boolean pending;

  private boolean ended;

  OrderedGroups(
      Operator input, Evaluator[] keys, List<KeyOrder.Column> order, GroupAggregates aggregates) {
    this.input = input;
    this.keys = keys;
    this.nextKey = Registers.of(keys.length);
    this.keyValues = Registers.of(keys.length);
    this.aggregates = aggregates;
    this.order = new KeyOrder(order, TextEncoding.UTF8);
  }

  Register[] keyValues() {
    return keyValues;
  }

  @Override
  public void open(Frame frame) {
    input.open(frame);
    pending = false;
    ended = false;
  }

  @Override
  public boolean next(Frame frame) {
    if (ended || (!pending && !advance(frame))) {
      return false;
    }
    for (int i = 0; i < keyValues.length; i++) {
      keyValues[i].set(nextKey[i]);
    }
    GroupAggregates.State state = aggregates.start();
    do {
      aggregates.step(frame, state);
    } while (advance(frame) && order.compare(keyValues, nextKey, keys.length) == 0);
    pending = !ended;
    aggregates.finish(frame, state);
    return true;
  }

  private boolean advance(Frame frame) {
    if (!input.next(frame)) {
      ended = true;
      return false;
    }
    for (int i = 0; i < keys.length; i++) {
      keys[i].into(frame, nextKey[i]);
    }
    return true;
  }
}
