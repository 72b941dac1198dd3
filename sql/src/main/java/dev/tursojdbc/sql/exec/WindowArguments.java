package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.WindowPlan;
import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;
import java.util.HashMap;
import java.util.Map;

/** Reads what an aggregate takes of a row, unless FILTER leaves the row out. */
final class WindowArguments {
  private final WindowRows.Cursor cursor;
  private final int first;
  private final int filter;
  private final Register[] values;
  private final Register condition = new Register();

  /** Of arguments that are not stored; empty if they are. */
  private final Evaluator[] late;

  /**
   * @param outer compiles the arguments that are not stored
   */
  WindowArguments(WindowRows rows, WindowPlan.Call call, EvaluatorBuilder outer) {
    this.cursor = rows.cursor();
    Map<BoundExpression, Evaluator> leaves = new HashMap<>();
    for (int i = 0; i < call.leaves().size(); i++) {
      leaves.put(
          call.leaves().get(i), new WindowOperator.CurrentColumn(cursor, call.firstArgument() + i));
    }
    this.late = outer.over(outer.bindings().withComputed(leaves)).build(call.lateArguments());
    this.first = call.firstArgument();
    this.filter = call.filter();
    this.values = Registers.of(call.argumentCount());
  }

  void beginPartition() {
    cursor.reset();
  }

  /** Reads a row. @return false if the row does not count */
  boolean read(Frame frame, int row) {
    cursor.moveTo(row);
    if (filter >= 0) {
      cursor.read(filter, condition);
      if (!NumericValue.isTrue(condition, false)) {
        return false;
      }
    }
    for (int i = 0; i < late.length; i++) {
      late[i].into(frame, values[i]);
    }
    for (int i = late.length; i < values.length; i++) {
      cursor.read(first + i, values[i]);
    }
    return true;
  }

  Register[] values() {
    return values;
  }
}
