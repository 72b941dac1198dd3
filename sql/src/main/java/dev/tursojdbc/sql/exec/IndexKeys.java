package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * The entry of one index for one row: its values, read from the row's registers or computed from
 * them.
 */
final class IndexKeys {
  private final Register[] values;
  private final boolean[] real;
  private final int keyColumnCount;

  /** By position in the entry; null where the value is the row's own register. */
  private final @Nullable Evaluator[] expressions;

  private final @Nullable Evaluator predicate;

  public IndexKeys(BoundTable.BoundIndex bound, ChangedRow row) {
    Table table = row.table();
    int count = bound.index().columns().size();
    values = new Register[count];
    real = new boolean[count];
    expressions = new Evaluator[count];
    keyColumnCount = bound.index().keyColumnCount();
    for (int i = 0; i < count; i++) {
      IndexColumn column = bound.index().column(i);
      BoundExpression expression = bound.expressions().get(i);
      if (expression != null) {
        values[i] = new Register();
        expressions[i] = row.builder().build(expression);
      } else if (column.column() == IndexColumn.ROWID) {
        values[i] = row.rowid();
      } else {
        values[i] = row.column(column.column());
        real[i] = table.column(column.column()).affinity() == Affinity.REAL;
      }
    }
    BoundExpression where = bound.predicate();
    predicate = where == null ? null : row.builder().build(where);
  }

  /**
   * Computes the entry.
   *
   * @return whether the row has an entry at all: a partial index leaves rows out
   */
  public boolean compute(Frame frame) {
    if (predicate != null && predicate.test(frame) != Evaluator.TRUE) {
      return false;
    }
    for (int i = 0; i < keyColumnCount; i++) {
      Evaluator expression = expressions[i];
      if (expression != null) {
        expression.into(frame, values[i]);
      }
    }
    return true;
  }

  public Register[] values() {
    return values;
  }

  /** NULLs are all different, so a key with one conflicts with nothing. */
  boolean keyHasNull() {
    for (int i = 0; i < keyColumnCount; i++) {
      if (values[i].isNull()) {
        return true;
      }
    }
    return false;
  }

  public void encode(RecordEncoder encoder) {
    encoder.encode(values, values.length, real);
  }
}
