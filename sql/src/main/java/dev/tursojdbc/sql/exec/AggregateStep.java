package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.Accumulator;
import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.sql.function.FunctionFlag;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One aggregate of a query: evaluates its arguments for a row and hands them on, unless the row is
 * filtered out or, with DISTINCT, has been there before; with ORDER BY, when the group is whole.
 */
final class AggregateStep {
  private final AggregateFunction function;
  private final Evaluator[] arguments;
  private final Register[] values;
  private final @Nullable Evaluator filter;
  private final Collation collation;
  private final boolean distinct;
  private final Evaluator[] orderBy;
  private final List<KeyOrder.Column> order;
  private final Register[] sortRow;
  private final boolean followsRows;

  /** Whether sorted rows also keep the subtype of each argument. */
  private final boolean subtypes;

  /** The argument if there is one and nothing is done but to hand it on. */
  private final @Nullable Evaluator onlyArgument;

  /** The frame as arguments: a single argument is taken in where it was computed. */
  private final Register[] inFrame = new Register[1];

  /** What a group keeps of its rows, for DISTINCT and ORDER BY. */
  static final class Inputs {
    private final @Nullable KeySet seen;
    private final @Nullable Sorter sorter;

    Inputs(@Nullable KeySet seen, @Nullable Sorter sorter) {
      this.seen = seen;
      this.sorter = sorter;
    }

    private void clear() {
      if (seen != null) {
        seen.clear();
      }
      if (sorter != null) {
        sorter.clear();
      }
    }
  }

  private static final Inputs NOTHING = new Inputs(null, null);

  AggregateStep(
      AggregateFunction function,
      Evaluator[] arguments,
      @Nullable Evaluator filter,
      Collation collation,
      boolean distinct,
      Evaluator[] orderBy,
      List<KeyOrder.Column> order) {
    this.function = function;
    this.arguments = arguments;
    this.values = Registers.of(arguments.length);
    this.filter = filter;
    this.collation = collation;
    this.distinct = distinct;
    this.orderBy = orderBy;
    this.order = order;
    this.subtypes = orderBy.length > 0 && function.flags().contains(FunctionFlag.SUBTYPE);
    this.sortRow =
        Registers.of(orderBy.length + (subtypes ? 2 * arguments.length : arguments.length));
    String name = function.name();
    this.followsRows = (name.equals("min") || name.equals("max")) && arguments.length == 1;
    boolean plain = filter == null && !distinct && orderBy.length == 0;
    this.onlyArgument = plain && arguments.length == 1 ? arguments[0] : null;
  }

  /** Whether columns beside the aggregate come from the row that it took: min and max. */
  boolean followsRows() {
    return followsRows;
  }

  /** Whether what it keeps of a group grows with the number of its rows. */
  boolean grows() {
    return distinct || orderBy.length > 0 || function.start().grows();
  }

  Accumulator start() {
    return function.start();
  }

  Inputs inputs() {
    if (!distinct && orderBy.length == 0) {
      return NOTHING;
    }
    Collation[] collations = new Collation[arguments.length];
    Arrays.fill(collations, collation);
    return new Inputs(
        distinct ? new KeySet(collations) : null, orderBy.length == 0 ? null : new Sorter(order));
  }

  /** Takes the current row in. @return whether min or max took its value */
  boolean step(Frame frame, Accumulator accumulator, Inputs inputs) {
    Evaluator argument = onlyArgument;
    if (argument == null) {
      return general(frame, accumulator, inputs);
    }
    argument.evaluate(frame);
    if (inFrame[0] != frame) {
      inFrame[0] = frame;
    }
    accumulator.step(frame.call(collation), inFrame);
    return followsRows && accumulator.tookLastRow();
  }

  private boolean general(Frame frame, Accumulator accumulator, Inputs inputs) {
    if (filter != null && filter.test(frame) != Evaluator.TRUE) {
      return false;
    }
    for (int i = 0; i < arguments.length; i++) {
      arguments[i].into(frame, values[i]);
    }
    if (inputs.seen != null && !inputs.seen.add(frame, values)) {
      return false;
    }
    if (inputs.sorter != null) {
      for (int i = 0; i < orderBy.length; i++) {
        orderBy[i].into(frame, sortRow[i]);
      }
      for (int i = 0; i < values.length; i++) {
        sortRow[orderBy.length + i].set(values[i]);
        if (subtypes) {
          sortRow[orderBy.length + values.length + i].setInteger(values[i].subtype);
        }
      }
      inputs.sorter.add(frame, sortRow, sortRow.length);
      return false;
    }
    accumulator.step(frame.call(collation), values);
    return followsRows && accumulator.tookLastRow();
  }

  void finish(Frame frame, Accumulator accumulator, Inputs inputs, Register result) {
    Sorter sorter = inputs.sorter;
    if (sorter != null) {
      Register subtype = new Register();
      sorter.sort(frame);
      while (sorter.next()) {
        for (int i = 0; i < values.length; i++) {
          sorter.read(orderBy.length + i, values[i]);
          if (subtypes) {
            sorter.read(orderBy.length + values.length + i, subtype);
            values[i].subtype = (int) subtype.integer;
          }
        }
        accumulator.step(frame.call(collation), values);
      }
    }
    inputs.clear();
    accumulator.result(frame.call(collation), result);
  }
}
