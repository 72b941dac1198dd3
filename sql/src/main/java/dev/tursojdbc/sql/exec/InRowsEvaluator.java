package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Comparison;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;

/**
 * (a, b) IN a query, and IN a query that differs from row to row. Rows that stay the same are kept,
 * those without NULL also in a set; where NULLs may make the answer NULL, and where rows differ,
 * they are compared one after the other.
 */
final class InRowsEvaluator extends Condition {
  private final Evaluator[] operands;
  private final BuiltQuery query;
  private final Affinity[] conversions;
  private final Collation[] collations;
  private final boolean oncePerRun;
  private final Register[] values;
  private final RowStore store = new RowStore();
  private final KeySet keys;
  private final Register[] key;
  private final StoredRow row = new StoredRow();
  private final Evaluator[] stored;
  private long filledIn = -1;

  /** Whether a row has a NULL. */
  private boolean hasNull;

  InRowsEvaluator(
      Evaluator[] operands,
      BuiltQuery query,
      Affinity[] conversions,
      Collation[] collations,
      boolean oncePerRun) {
    this.operands = operands;
    this.query = query;
    this.conversions = conversions;
    this.collations = collations;
    this.oncePerRun = oncePerRun;
    this.values = Registers.of(operands.length);
    this.keys = new KeySet(collations);
    this.key = Registers.of(operands.length);
    this.stored = new Evaluator[operands.length];
    for (int i = 0; i < stored.length; i++) {
      stored[i] = row.column(new BoundExpression.Column(0, i, Affinity.NONE, Collation.BINARY, ""));
    }
  }

  @Override
  public int test(Frame frame) {
    for (int i = 0; i < operands.length; i++) {
      operands[i].into(frame, values[i]);
    }
    if (oncePerRun) {
      if (filledIn != frame.run()) {
        fill(frame);
      }
      if (keys.contains(converted(values))) {
        return TRUE;
      }
      if (!hasNull && !anyNull(values)) {
        return FALSE;
      }
      boolean unknown = false;
      for (int i = 0; i < store.size(); i++) {
        row.attach(store.record(i), i);
        int same = compare(frame, stored);
        if (same == TRUE) {
          return TRUE;
        }
        unknown |= same == UNKNOWN;
      }
      return unknown ? UNKNOWN : FALSE;
    }
    boolean unknown = false;
    query.operator().open(frame);
    while (query.operator().next(frame)) {
      int same = compare(frame, query.columns());
      if (same == TRUE) {
        return TRUE;
      }
      unknown |= same == UNKNOWN;
    }
    return unknown ? UNKNOWN : FALSE;
  }

  private void fill(Frame frame) {
    store.fill(frame, query);
    filledIn = frame.run();
    keys.clear();
    hasNull = false;
    for (int i = 0; i < store.size(); i++) {
      row.attach(store.record(i), i);
      for (int j = 0; j < key.length; j++) {
        stored[j].into(frame, key[j]);
      }
      if (anyNull(key)) {
        hasNull = true;
      } else {
        keys.add(frame, converted(key));
      }
    }
  }

  /** The values as the comparison converts them; NULLs, which are in no key, stay. */
  private Register[] converted(Register[] row) {
    for (int i = 0; i < key.length; i++) {
      key[i].set(row[i]);
      conversions[i].apply(key[i]);
    }
    return key;
  }

  private static boolean anyNull(Register[] row) {
    for (Register value : row) {
      if (value.isNull()) {
        return true;
      }
    }
    return false;
  }

  private int compare(Frame frame, Evaluator[] columns) {
    boolean unknown = false;
    for (int i = 0; i < values.length; i++) {
      columns[i].evaluate(frame);
      if (values[i].isNull() || frame.isNull()) {
        unknown = true;
      } else if (Comparison.compare(values[i], frame, conversions[i], collations[i]) != 0) {
        return FALSE;
      }
    }
    return unknown ? UNKNOWN : TRUE;
  }
}
