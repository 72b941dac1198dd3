package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayDeque;
import java.util.List;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/**
 * A recursive common table expression. A row that leaves the queue is put out; before the next one
 * leaves, the recursive queries run over it and put their rows into the queue.
 */
final class RecursiveQuery extends Operator {
  private final BuiltQuery initial;
  private final BuiltQuery[] recursive;
  private final Register[] row;
  private final @Nullable KeyTable seen;
  private final Queue queue;
  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private final Register[] candidate;
  private boolean hasRow;

  /** Rows that wait. */
  private interface Queue {
    void clear();

    void add(byte[] record);

    byte @Nullable [] take();
  }

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
      @Nullable RecordOrder order) {
    this.initial = initial;
    this.recursive = recursive;
    this.row = row;
    this.candidate = Registers.of(row.length);
    this.seen = distinct ? new KeyTable(collations.toArray(Collation[]::new)) : null;
    this.queue = order == null ? new Fifo() : new Ordered(order);
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
    RowStore encoder = new RowStore();
    query
        .operator()
        .forEach(
            frame,
            f -> {
              for (int i = 0; i < candidate.length; i++) {
                columns[i].into(f, candidate[i]);
              }
              if (seen == null || seen.add(candidate)) {
                encoder.clear();
                encoder.add(candidate);
                queue.add(encoder.record(0));
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
    byte[] record = queue.take();
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

  /** The order in which rows leave the queue. */
  interface RecordOrder {
    int compare(byte[] left, byte[] right);
  }

  private static final class Fifo implements Queue {
    private final ArrayDeque<byte[]> records = new ArrayDeque<>();

    @Override
    public void clear() {
      records.clear();
    }

    @Override
    public void add(byte[] record) {
      records.add(record);
    }

    @Override
    public byte @Nullable [] take() {
      return records.poll();
    }
  }

  private static final class Ordered implements Queue {
    private static final class Waiting {
      final byte[] record;
      final long number;

      Waiting(byte[] record, long number) {
        this.record = record;
        this.number = number;
      }
    }

    private final PriorityQueue<Waiting> records;
    private long count;

    Ordered(RecordOrder order) {
      records =
          new PriorityQueue<>(
              (a, b) -> {
                int result = order.compare(a.record, b.record);
                return result != 0 ? result : Long.compare(a.number, b.number);
              });
    }

    @Override
    public void clear() {
      records.clear();
      count = 0;
    }

    @Override
    public void add(byte[] record) {
      records.add(new Waiting(record, count));
      count++;
    }

    @Override
    public byte @Nullable [] take() {
      Waiting waiting = records.poll();
      return waiting == null ? null : waiting.record;
    }
  }
}
