package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/**
 * The values that a key column shall have, one after the other; NULLs among them are the caller's.
 */
abstract class KeyValues {

  /** Goes to before the first value. */
  abstract void open(Frame frame);

  /** Takes the next value. @return whether there is one */
  abstract boolean next(Frame frame, Register value);

  /** Whether NULL is sought too. */
  boolean nullMatches() {
    return false;
  }

  /** Exactly one value. */
  static final class Single extends KeyValues {
    private final Evaluator expression;
    private final boolean nullMatches;
    private boolean taken;

    Single(Evaluator expression, boolean nullMatches) {
      this.expression = expression;
      this.nullMatches = nullMatches;
    }

    @Override
    void open(Frame frame) {
      taken = false;
    }

    @Override
    boolean next(Frame frame, Register value) {
      if (taken) {
        return false;
      }
      taken = true;
      expression.into(frame, value);
      return true;
    }

    @Override
    boolean nullMatches() {
      return nullMatches;
    }
  }

  /** The value, NULL or not, that is in a register: of a skipped column, or behind another one. */
  static final class Given extends KeyValues {
    private final Register given;
    private boolean taken;

    Given(Register given) {
      this.given = given;
    }

    @Override
    void open(Frame frame) {
      taken = false;
    }

    @Override
    boolean next(Frame frame, Register value) {
      if (taken) {
        return false;
      }
      taken = true;
      value.set(given);
      return true;
    }

    @Override
    boolean nullMatches() {
      return true;
    }
  }

  /** The values of an IN, each once, in the order of the column. */
  static final class Several extends KeyValues {
    private final ValueSet values;
    private final SortedKeys sorted;
    private final boolean reverse;

    Several(ValueSet values, boolean reverse) {
      this.values = values;
      this.sorted = values.sorted();
      this.reverse = reverse;
    }

    @Override
    void open(Frame frame) {
      values.fill(frame);
      sorted.open(reverse);
    }

    @Override
    boolean next(Frame frame, Register value) {
      Register[] key = sorted.next();
      if (key == null) {
        return false;
      }
      value.set(key[0]);
      return true;
    }
  }

  /** The first values of the rows of an IN; the others of each row go to registers. */
  static final class OfRows extends KeyValues {
    private final KeyRows rows;
    private final SortedKeys sorted;
    private final Register[] others;
    private final boolean reverse;

    OfRows(KeyRows rows, Register[] others, boolean reverse) {
      this.rows = rows;
      this.sorted = rows.sorted();
      this.others = others;
      this.reverse = reverse;
    }

    @Override
    void open(Frame frame) {
      rows.fill(frame);
      sorted.open(reverse);
    }

    @Override
    boolean next(Frame frame, Register value) {
      Register[] key = sorted.next();
      if (key == null) {
        return false;
      }
      value.set(key[0]);
      for (int i = 0; i < others.length; i++) {
        others[i].set(key[i + 1]);
      }
      return true;
    }
  }

  /** The values of a column of rows that come in its order. */
  static final class OfScan extends KeyValues {
    private final Operator rows;
    private final Evaluator column;

    OfScan(Operator rows, Evaluator column) {
      this.rows = rows;
      this.column = column;
    }

    @Override
    void open(Frame frame) {
      rows.open(frame);
    }

    @Override
    boolean next(Frame frame, Register value) {
      if (!rows.next(frame)) {
        return false;
      }
      column.into(frame, value);
      return true;
    }
  }
}
