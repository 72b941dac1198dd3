package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/**
 * The right side of an IN of one column, as a set: each value once, converted as the comparison
 * wants it. Filled once per run if it depends on nothing else.
 */
abstract class ValueSet {
  private final Affinity conversion;
  private final KeySet keys;
  private final boolean oncePerRun;
  private final Register[] value = Registers.of(1);
  private boolean hasNull;
  private long filledIn = -1;

  ValueSet(Affinity conversion, Collation collation, boolean oncePerRun) {
    this.conversion = conversion;
    this.keys = new KeySet(collation);
    this.oncePerRun = oncePerRun;
  }

  /** Hands all values to {@link #add}. */
  abstract void compute(Frame frame);

  final void fill(Frame frame) {
    if (oncePerRun && filledIn == frame.run()) {
      return;
    }
    start(frame);
    compute(frame);
  }

  /** Makes it empty. */
  final void start(Frame frame) {
    filledIn = frame.run();
    keys.clear();
    hasNull = false;
  }

  final void add(Frame frame, Register next) {
    if (next.isNull()) {
      hasNull = true;
      return;
    }
    value[0].set(next);
    conversion.apply(value[0]);
    keys.add(frame, value);
  }

  final boolean isEmpty() {
    return keys.isEmpty() && !hasNull;
  }

  final boolean hasNull() {
    return hasNull;
  }

  /** Whether the value, which is not NULL, is among them. It is converted in place. */
  final boolean contains(Register wanted) {
    value[0].set(wanted);
    conversion.apply(value[0]);
    return keys.contains(value);
  }

  /** The values but NULL, to be read in their order. */
  final SortedKeys sorted() {
    return new SortedKeys(keys);
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
        add(frame, frame);
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

    /**
     * Fills the set unless there are more rows.
     *
     * @return whether it has all values; if not, it must not be asked
     */
    boolean fillUpTo(Frame frame, long rows) {
      start(frame);
      Operator operator = query.operator();
      operator.open(frame);
      for (long i = 0; i < rows; i++) {
        if (!operator.next(frame)) {
          return true;
        }
        query.columns()[0].evaluate(frame);
        add(frame, frame);
      }
      start(frame);
      return false;
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
                add(f, f);
              });
    }
  }
}
