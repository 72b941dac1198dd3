package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Groups by hash. Groups come out in the order of their keys, as they do where rows are sorted to
 * be grouped.
 */
final class HashGroups extends Operator {
  private final Operator input;
  private final Evaluator[] keys;
  private final Register[] keyValues;
  private final GroupAggregates aggregates;
  private final KeyTable table;
  private final KeyOrder order;
  private final List<GroupAggregates.State> states = new ArrayList<>();
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final RecordReader left = new RecordReader(TextEncoding.UTF8);
  private final Register[] leftKey;
  private Integer[] sorted = {};
  private int next;
  private boolean grouped;

  HashGroups(
      Operator input, Evaluator[] keys, List<KeyOrder.Column> order, GroupAggregates aggregates) {
    this.input = input;
    this.keys = keys;
    this.keyValues = Registers.of(keys.length);
    this.leftKey = Registers.of(keys.length);
    this.aggregates = aggregates;
    this.table =
        new KeyTable(order.stream().map(KeyOrder.Column::collation).toArray(Collation[]::new));
    this.order = new KeyOrder(order, TextEncoding.UTF8);
  }

  /** The keys of the current group. */
  Register[] keyValues() {
    return keyValues;
  }

  @Override
  public void open(Frame frame) {
    grouped = false;
  }

  private void group(Frame frame) {
    table.clear();
    states.clear();
    input.forEach(frame, this::take);
    sorted = new Integer[table.size()];
    Arrays.setAll(sorted, i -> i);
    Arrays.sort(sorted, (a, b) -> compare(table.key(a), table.key(b)));
    next = 0;
    grouped = true;
  }

  private void take(Frame frame) {
    for (int i = 0; i < keys.length; i++) {
      keys[i].into(frame, keyValues[i]);
    }
    int number = table.findOrAdd(keyValues);
    if (number == states.size()) {
      states.add(aggregates.start());
    }
    aggregates.step(frame, states.get(number));
  }

  private int compare(byte[] first, byte[] second) {
    left.attach(first, 0, first.length);
    for (int i = 0; i < leftKey.length; i++) {
      left.read(i, leftKey[i]);
    }
    return order.compare(leftKey, leftKey.length, second, 0, second.length);
  }

  @Override
  public boolean next(Frame frame) {
    if (!grouped) {
      group(frame);
    }
    if (next >= sorted.length) {
      return false;
    }
    int number = sorted[next];
    next++;
    byte[] key = table.key(number);
    reader.attach(key, 0, key.length);
    for (int i = 0; i < keyValues.length; i++) {
      reader.read(i, keyValues[i]);
    }
    aggregates.finish(frame, states.get(number));
    return true;
  }
}
