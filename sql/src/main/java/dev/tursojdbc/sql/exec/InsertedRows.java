package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The rows of values that an INSERT is given: by VALUES, or by a query.
 *
 * <p>Values of one row must not depend on rows that were inserted before. A query at the top reads
 * pages that do not change; else all rows are computed before the first one is inserted.
 */
final class InsertedRows {
  private final Evaluator[][] rows;
  private final @Nullable RunnableQuery query;
  private final Frame frame;
  private final Frame queryFrame;
  private final boolean readsPages;

  /** If all rows are computed before the first one is inserted: the rows. */
  private final @Nullable RowStore collected;

  private final RecordReader reader = new RecordReader(TextEncoding.UTF8);
  private Register[] values = {};
  private Evaluator[] evaluators = {};

  /** Takes the rows, one at a time. */
  interface Target {
    void insert(Evaluator[] values, Frame valueFrame);
  }

  /**
   * @param query gives the rows, if the plan has a query
   * @param queryFrame runs the query
   * @param collects whether a query reads what is inserted, or triggers do more than that
   */
  InsertedRows(
      ChangePlan.Insert plan,
      @Nullable RunnableQuery query,
      Frame frame,
      Frame queryFrame,
      boolean collects,
      EvaluatorBuilder builder) {
    this.query = query;
    this.frame = frame;
    this.queryFrame = queryFrame;
    this.rows = new Evaluator[plan.rows().size()][];
    boolean reads = false;
    for (int i = 0; i < rows.length; i++) {
      List<BoundExpression> row = plan.rows().get(i);
      rows[i] = builder.build(row);
      reads |= row.stream().anyMatch(LiveValues::mayReadPages);
    }
    this.readsPages = reads;
    boolean seesChanges = collects || (reads && rows.length > 1);
    this.collected = seesChanges && (query != null || rows.length > 1) ? new RowStore() : null;
  }

  /** Whether values may come from pages that the statement changes, and have to be copied. */
  boolean readsPages() {
    return readsPages;
  }

  void forEach(Target target) {
    RowStore store = collected;
    if (store == null) {
      compute(target);
      return;
    }
    store.clear();
    compute(this::collect);
    for (int i = 0; i < store.size(); i++) {
      byte[] record = store.record(i);
      reader.attach(record, 0, record.length);
      for (int j = 0; j < values.length; j++) {
        reader.read(j, values[j]);
      }
      target.insert(evaluators, frame);
    }
    store.clear();
  }

  private void compute(Target target) {
    RunnableQuery source = query;
    if (source == null) {
      for (Evaluator[] row : rows) {
        target.insert(row, frame);
      }
      return;
    }
    source.open(queryFrame);
    while (source.next(queryFrame)) {
      target.insert(source.columns(), queryFrame);
    }
  }

  private void collect(Evaluator[] row, Frame valueFrame) {
    if (values.length != row.length) {
      values = Registers.of(row.length);
      evaluators = Registers.evaluators(values);
    }
    for (int i = 0; i < row.length; i++) {
      row[i].into(valueFrame, values[i]);
    }
    Objects.requireNonNull(collected).add(frame, values);
  }
}
