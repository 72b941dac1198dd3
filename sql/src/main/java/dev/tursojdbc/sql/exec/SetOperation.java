package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * UNION, INTERSECT and EXCEPT: both sides sorted by all columns and merged, each row once. So rows
 * come in order, as they do in SQLite.
 */
final class SetOperation extends Operator {
  private final CompoundOperator kind;
  private final BuiltQuery left;
  private final BuiltQuery right;
  private final Sorter leftRows;
  private final Sorter rightRows;
  private final Register[] row;
  private final Sorter current;
  private byte @Nullable [] nextLeft;
  private byte @Nullable [] nextRight;
  private byte @Nullable [] record;
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);

  SetOperation(
      CompoundOperator kind, BuiltQuery left, BuiltQuery right, List<Collation> collations) {
    this.kind = kind;
    this.left = left;
    this.right = right;
    List<KeyOrder.Column> order = new ArrayList<>();
    collations.forEach(c -> order.add(new KeyOrder.Column(c, false, false)));
    this.leftRows = new Sorter(order);
    this.rightRows = new Sorter(order);
    this.current = leftRows;
    this.row = Registers.of(collations.size());
  }

  @Override
  public void open(Frame frame) {
    fill(frame, left, leftRows);
    fill(frame, right, rightRows);
    nextLeft = leftRows.nextRecord();
    nextRight = rightRows.nextRecord();
    record = null;
  }

  private void fill(Frame frame, BuiltQuery query, Sorter rows) {
    // A query of many parts may be long at work without reading a single page.
    frame.checkInterrupted();
    rows.clear();
    Evaluator[] columns = query.columns();
    query
        .operator()
        .forEach(
            frame,
            f -> {
              for (int i = 0; i < row.length; i++) {
                columns[i].into(f, row[i]);
              }
              rows.add(f, row, row.length);
            });
    rows.sort(frame);
  }

  /**
   * Where a row of the left is equal to one of the right, INTERSECT puts out the left one, EXCEPT
   * neither, and UNION the right one: the left one is passed over, and the right one comes when the
   * left is beyond it. Of equal rows of one side it is always the first.
   */
  @Override
  public boolean next(Frame frame) {
    while (true) {
      byte[] a = nextLeft;
      byte[] b = nextRight;
      if (a == null && (b == null || kind != CompoundOperator.UNION)) {
        return false;
      }
      int order = a == null ? 1 : b == null ? -1 : current.compare(a, b);
      byte[] candidate;
      if (order <= 0) {
        nextLeft = leftRows.nextRecord();
        candidate = (order < 0) == (kind != CompoundOperator.INTERSECT) ? a : null;
      } else {
        nextRight = rightRows.nextRecord();
        candidate = kind == CompoundOperator.UNION ? b : null;
      }
      if (candidate != null && isNew(candidate)) {
        reader.attach(candidate, 0, candidate.length);
        return true;
      }
    }
  }

  /** Whether a row differs from the one put out before it. */
  private boolean isNew(byte[] candidate) {
    byte[] before = record;
    if (before != null && current.compare(before, candidate) == 0) {
      return false;
    }
    record = candidate;
    return true;
  }

  Evaluator column(int column) {
    return new Evaluator() {
      @Override
      public int evaluate(Frame frame) {
        return reader.read(column, frame);
      }
    };
  }
}
