package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;

/**
 * The right side of an IN of one column, as a set: each value once, converted as the comparison
 * wants it. Filled once per run if it depends on nothing else.
 */
abstract class ValueSet {
  private final Affinity conversion;
  private final KeyTable table;
  private final KeyOrder order;
  private final boolean oncePerRun;
  private final Register[] value = Registers.of(1);
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Register[] left = Registers.of(1);
  private Integer[] sorted = {};
  private boolean isSorted;
  private boolean hasNull;
  private long filledIn = -1;

  ValueSet(Affinity conversion, Collation collation, boolean oncePerRun) {
    this.conversion = conversion;
    this.table = new KeyTable(new Collation[] {collation});
    this.order =
        new KeyOrder(
            java.util.List.of(new KeyOrder.Column(collation, false, false)), TextEncoding.UTF8);
    this.oncePerRun = oncePerRun;
  }

  /** Hands all values to {@link #add}. */
  abstract void compute(Frame frame);

  final void fill(Frame frame) {
    if (oncePerRun && filledIn == frame.run()) {
      return;
    }
    filledIn = frame.run();
    table.clear();
    hasNull = false;
    isSorted = false;
    compute(frame);
  }

  final void add(Register next) {
    if (next.isNull()) {
      hasNull = true;
      return;
    }
    value[0].set(next);
    conversion.apply(value[0]);
    table.add(value);
  }

  final boolean isEmpty() {
    return table.size() == 0 && !hasNull;
  }

  final boolean hasNull() {
    return hasNull;
  }

  /** Number of values, NULL not counted. */
  final int size() {
    return table.size();
  }

  /** Whether the value, which is not NULL, is among them. It is converted in place. */
  final boolean contains(Register wanted) {
    value[0].set(wanted);
    conversion.apply(value[0]);
    return table.find(value) >= 0;
  }

  /** The value of an index in the order of the collation. */
  final Register sorted(int index) {
    if (!isSorted) {
      sorted = new Integer[table.size()];
      Arrays.setAll(sorted, i -> i);
      Arrays.sort(sorted, (a, b) -> compare(table.key(a), table.key(b)));
      isSorted = true;
    }
    byte[] key = table.key(sorted[index]);
    reader.attach(key, 0, key.length);
    reader.read(0, left[0]);
    return left[0];
  }

  private int compare(byte[] first, byte[] second) {
    reader.attach(first, 0, first.length);
    reader.read(0, left[0]);
    return order.compare(left, 1, second, 0, second.length);
  }

  /** The values of a list. */
  static final class OfList extends ValueSet {
    private final Evaluator[] elements;

    OfList(Evaluator[] elements, Affinity conversion, Collation collation, boolean oncePerRun) {
      super(conversion, collation, oncePerRun);
      this.elements = elements;
    }

    @Override
    void compute(Frame frame) {
      for (Evaluator element : elements) {
        element.evaluate(frame);
        add(frame);
      }
    }
  }

  /** The values of a query's column. */
  static final class OfQuery extends ValueSet {
    private final BuiltQuery query;

    OfQuery(BuiltQuery query, Affinity conversion, Collation collation, boolean oncePerRun) {
      super(conversion, collation, oncePerRun);
      this.query = query;
    }

    @Override
    void compute(Frame frame) {
      Evaluator column = query.columns()[0];
      query
          .operator()
          .forEach(
              frame,
              f -> {
                column.evaluate(f);
                add(f);
              });
    }
  }
}
