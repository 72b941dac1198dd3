package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import org.jspecify.annotations.Nullable;

/**
 * An INSERT, UPDATE or DELETE as it runs: makes all its changes at once, and keeps what RETURNING
 * asks for until it is fetched.
 */
public abstract class ChangeOperation {
  final ChangeContext context;
  final Frame frame;

  /** Evaluates RETURNING: its subqueries once in a statement. */
  private final Frame returningFrame;

  /** Evaluates the columns of RETURNING whose subqueries are to be computed for each row. */
  private final Frame anewFrame;

  /** The frame of each column of RETURNING. */
  private Frame[] returningFrames = {};

  private final Evaluator @Nullable [] returning;
  private final @Nullable RegisterRow returnedRow;
  private final RowStore returned = new RowStore();
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private Register[] returnedValues = {};
  private @Nullable RowidSequences sequences;

  long updatedInstead;

  ChangeOperation(ChangePlan plan, ChangeContext context, Frame frame, EvaluatorBuilder builder) {
    this.context = context;
    this.frame = frame;
    this.returningFrame = frame.another();
    this.anewFrame = frame.another();
    ChangePlan.Returning clause = plan.returning();
    if (clause == null) {
      returning = null;
      returnedRow = null;
    } else {
      RegisterRow row = new RegisterRow(plan.target().table().columnCount());
      returnedRow = row;
      EvaluatorBuilder over = builder.over(builder.bindings().with(clause.row(), row));
      returning = over.build(clause.columns().stream().map(ResultColumn::expression).toList());
      returnedValues = Registers.of(returning.length);
      returningFrames = new Frame[returning.length];
      for (int i = 0; i < returning.length; i++) {
        returningFrames[i] = clause.anew().contains(i) ? anewFrame : returningFrame;
      }
    }
  }

  /** Rows that an INSERT updated instead, which PRAGMA count_changes does not count. */
  public final long updatedInstead() {
    return updatedInstead;
  }

  /**
   * Makes all changes of a statement. RAISE(IGNORE) in RETURNING ends it there: what was changed
   * stays, no row comes out.
   */
  public final void run() {
    returned.clear();
    returningFrame.begin();
    updatedInstead = 0;
    RowidSequences counters = sequences;
    if (counters != null) {
      counters.begin();
    }
    try {
      change();
    } catch (IgnoredRowException ignored) {
      returned.clear();
      return;
    }
    if (counters != null) {
      counters.end();
    }
  }

  /** Makes all changes of a statement that another one set off. */
  final void runNested() {
    change();
  }

  /** The sequences that this operation, or what it sets off, takes rowids from. */
  final ChangeOperation with(RowidSequences counters) {
    sequences = counters;
    return this;
  }

  abstract void change();

  /** Whether this is an UPDATE or DELETE that finds one row at most. */
  public boolean findsOneRow() {
    return false;
  }

  /** How many rows RETURNING yields: one for each row changed. */
  public final int returnedCount() {
    return returned.size();
  }

  /** The values of a row that RETURNING yields, good until the next call. */
  public final Register[] returned(int index) {
    byte[] record = returned.record(index);
    reader.attach(record, 0, record.length);
    for (int i = 0; i < returnedValues.length; i++) {
      reader.read(i, returnedValues[i]);
    }
    return returnedValues;
  }

  /** Forgets the rows that RETURNING yielded. */
  public final void end() {
    returned.clear();
    returningFrame.end();
    anewFrame.end();
  }

  final boolean hasReturning() {
    return returning != null;
  }

  /** A row was changed by the statement: RETURNING shows it amid the AFTER triggers. */
  final void changed(ChangedRow row, FiredTriggers triggers) {
    changed(row.table(), row.registers(), triggers);
  }

  /** As {@link #changed(ChangedRow, FiredTriggers)}. */
  final void changed(Table table, RegisterRow row, FiredTriggers triggers) {
    context.countChange();
    if (triggers.fireLeading()) {
      show(table, row);
      triggers.fireTrailing();
    }
  }

  /** This is what RETURNING shows of a row. */
  final void show(ChangedRow row) {
    show(row.table(), row.registers());
  }

  private void show(Table table, RegisterRow row) {
    Evaluator[] columns = returning;
    RegisterRow target = returnedRow;
    if (columns == null || target == null) {
      return;
    }
    for (int i = 0; i < table.columnCount(); i++) {
      target.column(i).set(i == table.rowidColumn() ? row.rowid() : row.column(i));
    }
    target.rowid().set(row.rowid());
    anewFrame.begin();
    for (int i = 0; i < columns.length; i++) {
      columns[i].into(returningFrames[i], returnedValues[i]);
    }
    returned.add(frame, returnedValues);
  }
}
