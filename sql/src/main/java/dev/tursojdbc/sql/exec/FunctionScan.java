package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/** Calls a table-valued function anew whenever it is opened, and walks through its rows. */
final class FunctionScan extends Operator {
  private final FunctionRow row;
  private final @Nullable Evaluator[] arguments;
  private final @Nullable Register[] values;

  /**
   * @param arguments null where no argument is given
   */
  FunctionScan(FunctionRow row, @Nullable Evaluator[] arguments) {
    this.row = row;
    this.arguments = arguments;
    this.values = new Register[arguments.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = arguments[i] == null ? null : new Register();
    }
  }

  @Override
  public void open(Frame frame) {
    for (int i = 0; i < arguments.length; i++) {
      Evaluator argument = arguments[i];
      Register value = values[i];
      if (argument != null && value != null) {
        argument.into(frame, value);
      }
    }
    row.rows().open(frame.call(), values);
  }

  @Override
  public boolean next(Frame frame) {
    frame.checkInterrupted();
    row.setNull(false);
    return row.rows().next();
  }
}
