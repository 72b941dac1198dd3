package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;

/** Values that queries inside expressions give. */
final class SubqueryEvaluators {
  private SubqueryEvaluators() {}

  /** A column of the first row, NULL without a row. */
  static final class Scalar extends Evaluator {
    private final BuiltQuery query;
    private final int column;

    Scalar(BuiltQuery query, int column) {
      this.query = query;
      this.column = column;
    }

    @Override
    public int evaluate(Frame frame) {
      query.operator().open(frame);
      return query.operator().next(frame)
          ? query.columns()[column].evaluate(frame)
          : nothing(frame);
    }
  }

  /** The first row of a query that is the same throughout a run; all its columns share this. */
  static final class FirstRow {
    private final BuiltQuery query;
    private final Register[] values;
    private long computedIn = -1;

    FirstRow(BuiltQuery query) {
      this.query = query;
      this.values = Registers.of(query.columns().length);
    }

    Register value(Frame frame, int column) {
      if (computedIn != frame.run()) {
        query.operator().open(frame);
        if (query.operator().next(frame)) {
          for (int i = 0; i < values.length; i++) {
            query.columns()[i].into(frame, values[i]);
          }
        } else {
          Registers.setNull(values);
        }
        computedIn = frame.run();
      }
      return values[column];
    }
  }

  /** A column of a row that is computed once per run. */
  static final class ScalarOnce extends Evaluator {
    private final FirstRow row;
    private final int column;

    ScalarOnce(FirstRow row, int column) {
      this.row = row;
      this.column = column;
    }

    @Override
    public int evaluate(Frame frame) {
      Register value = row.value(frame, column);
      frame.set(value);
      return value.type;
    }
  }

  /** Whether there is a row. */
  static final class Exists extends Condition {
    private final Operator query;
    private final boolean oncePerRun;
    private long computedIn = -1;
    private boolean found;

    Exists(Operator query, boolean oncePerRun) {
      this.query = query;
      this.oncePerRun = oncePerRun;
    }

    @Override
    public int test(Frame frame) {
      if (!oncePerRun || computedIn != frame.run()) {
        query.open(frame);
        found = query.next(frame);
        computedIn = frame.run();
      }
      return found ? TRUE : FALSE;
    }
  }
}
