package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.WindowPlan;
import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;

/** Reads what an aggregate takes of a row, unless FILTER leaves the row out. */
final class WindowArguments {
  private final WindowRows.Cursor cursor;
  private final int first;
  private final int filter;
  private final Register[] values;
  private final Register condition = new Register();

  WindowArguments(WindowRows rows, WindowPlan.Call call) {
    this.cursor = rows.cursor();
    this.first = call.firstArgument();
    this.filter = call.filter();
    this.values = Registers.of(call.argumentCount());
  }

  void beginPartition() {
    cursor.reset();
  }

  /** Reads a row. @return false if the row does not count */
  boolean read(int row) {
    cursor.moveTo(row);
    if (filter >= 0) {
      cursor.read(filter, condition);
      if (!NumericValue.isTrue(condition, false)) {
        return false;
      }
    }
    for (int i = 0; i < values.length; i++) {
      cursor.read(first + i, values[i]);
    }
    return true;
  }

  Register[] values() {
    return values;
  }
}
