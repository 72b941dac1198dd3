package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.WindowFunction;
import dev.tursojdbc.sql.plan.WindowPlan;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Arithmetic;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/** The functions that take their value from another row. */
final class OtherRowValues {
  private OtherRowValues() {}

  /** lag and lead: the value some rows before or behind the current one, or a default. */
  static final class Shifted extends WindowValue {
    private final boolean lead;
    private final WindowPlan.Call call;
    private final WindowRows rows;
    private final WindowRows.Cursor currentRow;
    private final WindowRows.Cursor otherRow;
    private final Register number = new Register();
    private final Register offset = new Register();

    Shifted(WindowPlan.Call call, boolean lead, WindowRows rows) {
      this.call = call;
      this.lead = lead;
      this.rows = rows;
      this.currentRow = rows.cursor();
      this.otherRow = rows.cursor();
    }

    @Override
    void beginPartition(Frame frame) {
      currentRow.reset();
      otherRow.reset();
    }

    @Override
    void compute(Frame frame, int current, Register value) {
      long wanted = wanted(current);
      if (wanted >= 0
          && wanted < Integer.MAX_VALUE
          && (lead || wanted <= current + 1L)
          && rows.has(frame, (int) wanted)) {
        otherRow.moveTo((int) wanted);
        otherRow.read(call.firstArgument(), value);
      } else if (call.argumentCount() == 3) {
        currentRow.moveTo(current);
        currentRow.read(call.firstArgument() + 2, value);
      } else {
        value.setNull();
      }
    }

    /** The number of the other row; one that no row has, if the offset is no whole number. */
    private long wanted(int current) {
      if (call.argumentCount() == 1) {
        return lead ? current + 1L : current - 1L;
      }
      currentRow.moveTo(current);
      currentRow.read(call.firstArgument() + 1, offset);
      number.setInteger(current);
      if (lead) {
        Arithmetic.add(number, offset, number);
      } else {
        Arithmetic.subtract(number, offset, number);
      }
      Affinity.INTEGER.apply(number);
      return number.type == StorageClass.INTEGER ? number.integer : -1;
    }
  }

  /** first_value, last_value, nth_value: the value in a row of the frame. */
  static final class OfFrame extends WindowValue {
    private final WindowFunction.Kind kind;
    private final WindowPlan.Call call;
    private final WindowRows.Cursor currentRow;
    private final WindowRows.Cursor otherRow;
    private final WindowFrame frameRows;
    private final Register place = new Register();

    OfFrame(
        WindowFunction.Kind kind, WindowPlan.Call call, WindowRows rows, WindowFrame frameRows) {
      this.kind = kind;
      this.call = call;
      this.currentRow = rows.cursor();
      this.otherRow = rows.cursor();
      this.frameRows = frameRows;
    }

    @Override
    boolean needsFrame() {
      return true;
    }

    @Override
    void beginPartition(Frame frame) {
      currentRow.reset();
      otherRow.reset();
    }

    @Override
    void compute(Frame frame, int current, Register value) {
      int row =
          switch (kind) {
            case FIRST_VALUE -> frameRows.nth(1);
            case LAST_VALUE -> frameRows.last();
            default -> nth(current);
          };
      if (row < 0) {
        value.setNull();
      } else {
        otherRow.moveTo(row);
        otherRow.read(call.firstArgument(), value);
      }
    }

    private int nth(int current) {
      if (frameRows.isRecomputed() && frameRows.runCount() == 0) {
        // Where frames are gone through row by row, no row asks for the number.
        return -1;
      }
      currentRow.moveTo(current);
      currentRow.read(call.firstArgument() + 1, place);
      Affinity.INTEGER.apply(place);
      if (place.type != StorageClass.INTEGER || place.integer <= 0) {
        throw new TursoException(
            ErrorCode.ERROR, "second argument to nth_value must be a positive integer");
      }
      return frameRows.nth(place.integer);
    }
  }
}
