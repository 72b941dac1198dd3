package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.function.Accumulator;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Arrays;

/**
 * The aggregates of one query, and the columns beside them: what is done with a row of a group, and
 * what a group answers at its end.
 *
 * <p>A column outside of aggregates has its value from the group's first row; where min or max is
 * among the aggregates, from the row that has the minimum or maximum.
 */
final class GroupAggregates {
  private final AggregateStep[] steps;
  private final Evaluator[] columns;
  private final Register[] columnValues;
  private final Register[] results;
  private final boolean follows;
  private final boolean grows;
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);

  /** The state of one group. */
  static final class State {
    final Accumulator[] accumulators;
    final AggregateStep.Inputs[] inputs;
    byte[] columns = {};
    boolean hasRow;

    /** Of those accumulators that grow. */
    long bytes;

    State(int count) {
      accumulators = new Accumulator[count];
      inputs = new AggregateStep.Inputs[count];
    }
  }

  GroupAggregates(AggregateStep[] steps, Evaluator[] columns) {
    this.steps = steps;
    this.columns = columns;
    this.columnValues = Registers.of(columns.length);
    this.results = Registers.of(steps.length);
    boolean any = false;
    for (AggregateStep step : steps) {
      any |= step.followsRows();
    }
    this.follows = any;
    this.grows = Arrays.stream(steps).anyMatch(AggregateStep::grows);
  }

  /** Where {@link #finish} leaves the aggregates. */
  Register[] results() {
    return results;
  }

  /** Where {@link #finish} leaves the columns. */
  Register[] columnValues() {
    return columnValues;
  }

  /** Whether the state of a group grows with the number of its rows. */
  boolean grows() {
    return grows;
  }

  /** What the state of a group takes at its beginning, roughly. */
  long stateBytes() {
    return 64 + 64L * steps.length + (columns.length > 0 ? 32 + 16L * columns.length : 0);
  }

  /** By how much the accumulators of a group have grown since this was asked before. */
  long growth(State state) {
    long bytes = 0;
    for (Accumulator accumulator : state.accumulators) {
      bytes += accumulator.bytes();
    }
    long growth = bytes - state.bytes;
    state.bytes = bytes;
    return growth;
  }

  State start() {
    State state = new State(steps.length);
    for (int i = 0; i < steps.length; i++) {
      state.accumulators[i] = steps[i].start();
      state.inputs[i] = steps[i].inputs();
    }
    return state;
  }

  void step(Frame frame, State state) {
    boolean took = false;
    for (int i = 0; i < steps.length; i++) {
      took |= steps[i].step(frame, state.accumulators[i], state.inputs[i]);
    }
    if (columns.length > 0 && (!state.hasRow || (follows && took))) {
      for (int i = 0; i < columns.length; i++) {
        columns[i].into(frame, columnValues[i]);
      }
      encoder.encode(columnValues, columns.length);
      state.columns = encoder.toByteArray();
    }
    state.hasRow = true;
  }

  void finish(Frame frame, State state) {
    for (int i = 0; i < steps.length; i++) {
      steps[i].finish(frame, state.accumulators[i], state.inputs[i], results[i]);
    }
    if (columns.length > 0) {
      if (state.hasRow) {
        reader.attach(state.columns, 0, state.columns.length);
        for (int i = 0; i < columns.length; i++) {
          reader.read(i, columnValues[i]);
        }
      } else {
        Registers.setNull(columnValues);
      }
    }
  }
}
