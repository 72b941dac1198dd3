package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A recursive common table expression. A row that leaves the queue is put out; before the next one
 * leaves, the recursive queries run over it and put their rows into the queue.
 */
final class RecursiveQuery extends Operator {
  private final BuiltQuery initial;
  private final BuiltQuery[] recursive;
  private final Register[] row;
  private final @Nullable KeySet seen;
  private final RowQueue queue;
  private final RecordEncoder encoder = new RecordEncoder(TextEncoding.UTF8);
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Register[] candidate;
  private boolean hasRow;

  /**
   * @param row registers of the row that is out, which the recursive queries read
   * @param order null for first in, first out
   */
  RecursiveQuery(
      BuiltQuery initial,
      BuiltQuery[] recursive,
      Register[] row,
      boolean distinct,
      List<Collation> collations,
      @Nullable ResultOrder order) {
    this.initial = initial;
    this.recursive = recursive;
    this.row = row;
    this.candidate = Registers.of(row.length);
    this.seen = distinct ? new KeySet(collations.toArray(Collation[]::new)) : null;
    this.queue = order == null ? new RowQueue.FirstInFirstOut() : new RowQueue.Ordered(order);
  }

  @Override
  public void open(Frame frame) {
    queue.clear();
    if (seen != null) {
      seen.clear();
    }
    hasRow = false;
    enqueue(frame, initial);
  }

  private void enqueue(Frame frame, BuiltQuery query) {
    Evaluator[] columns = query.columns();
    query
        .operator()
        .forEach(
            frame,
            f -> {
              for (int i = 0; i < candidate.length; i++) {
                columns[i].into(f, candidate[i]);
              }
              if (seen == null || seen.add(f, candidate)) {
                encoder.encode(candidate, candidate.length);
                queue.add(f, encoder.toByteArray());
              }
            });
  }

  @Override
  public boolean next(Frame frame) {
    if (hasRow) {
      frame.checkInterrupted();
      for (BuiltQuery query : recursive) {
        enqueue(frame, query);
      }
    }
    byte[] record = queue.take(frame);
    hasRow = record != null;
    if (record == null) {
      return false;
    }
    reader.attach(record, 0, record.length);
    for (int i = 0; i < row.length; i++) {
      reader.read(i, row[i]);
    }
    return true;
  }
}
