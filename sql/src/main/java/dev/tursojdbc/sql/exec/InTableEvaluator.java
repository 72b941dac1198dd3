package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * operand IN a column of a table that has an index on it: each value is sought in the index.
 *
 * <p>A set of the values answers faster, but has to be made first. So after a number of searches a
 * set is tried that takes no more than twice as many rows; if there are more, the index serves on,
 * and the set is tried again after four times as many searches. Trying costs no more than a part of
 * what the searches cost, however large the table is.
 */
final class InTableEvaluator extends Condition {
  /** Fewer searches than these are soon done; a try in vain would take a third of their time. */
  private static final int FIRST_TRY = 1024;

  private final Evaluator operand;
  private final Operator probe;
  private final @Nullable Operator nulls;
  private final Operator all;
  private final ValueSet.OfQuery values;
  private final Register value = new Register();
  private long run = -1;
  private long searches;
  private long nextTry;
  private boolean asSet;
  private boolean nullsKnown;
  private boolean hasNull;
  private boolean hasRows;

  /**
   * @param probe the rows with the operand's value
   * @param nulls the rows with NULL, if there can be any
   * @param all all rows
   */
  InTableEvaluator(
      Evaluator operand,
      Operator probe,
      @Nullable Operator nulls,
      Operator all,
      ValueSet.OfQuery values) {
    this.operand = operand;
    this.probe = probe;
    this.nulls = nulls;
    this.all = all;
    this.values = values;
  }

  @Override
  public int test(Frame frame) {
    if (run != frame.run()) {
      start(frame);
    }
    operand.into(frame, value);
    if (value.isNull()) {
      learnNulls(frame);
      return hasRows ? UNKNOWN : FALSE;
    }
    if (asSet) {
      return values.contains(value) ? TRUE : values.hasNull() ? UNKNOWN : FALSE;
    }
    if (++searches == nextTry) {
      asSet = values.fillUpTo(frame, 2 * searches);
      nextTry *= 4;
    }
    probe.open(frame);
    if (probe.next(frame)) {
      return TRUE;
    }
    learnNulls(frame);
    return hasNull ? UNKNOWN : FALSE;
  }

  private void start(Frame frame) {
    run = frame.run();
    searches = 0;
    nextTry = FIRST_TRY;
    asSet = false;
    nullsKnown = false;
  }

  private void learnNulls(Frame frame) {
    if (nullsKnown) {
      return;
    }
    nullsKnown = true;
    hasRows = has(frame, all);
    hasNull = nulls != null && has(frame, nulls);
  }

  private static boolean has(Frame frame, Operator rows) {
    rows.open(frame);
    return rows.next(frame);
  }
}
