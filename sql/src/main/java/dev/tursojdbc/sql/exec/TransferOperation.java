package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.Transfer;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.KeyOrder;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** INSERT of a whole table: copies it record by record, or row by row if the target has rows. */
final class TransferOperation extends ChangeOperation {
  private final Transfer transfer;
  private final BoundTable target;
  private final PageWriter writer;
  private final InsertOperation byRow;
  private final Frame stable;

  TransferOperation(
      ChangePlan.Insert plan,
      PageWriter writer,
      InsertOperation byRow,
      ChangeContext context,
      Frame live,
      Frame stable,
      EvaluatorBuilder builder) {
    super(plan, context, live, builder);
    this.stable = stable;
    this.transfer = Objects.requireNonNull(plan.transfer());
    this.target = plan.target();
    this.writer = writer;
    this.byRow = byRow;
  }

  @Override
  void change() {
    if (isEmpty()) {
      transfer();
    } else {
      byRow.change();
    }
  }

  private boolean isEmpty() {
    Table table = target.table();
    return table.hasRowid()
        ? !new TableCursor(writer, table.rootPage()).first()
        : !new IndexCursor(writer, table.rootPage(), order(table.primaryKey())).first();
  }

  private KeyOrder order(@Nullable Index index) {
    return target.index(Objects.requireNonNull(index)).order();
  }

  private void transfer() {
    Table from = transfer.source();
    Table to = target.table();
    TreeCopy copy =
        new TreeCopy(stable.pages(transfer.database()), writer, context::checkInterrupted);
    if (to.hasRowid()) {
      boolean renumbers = to.rowidColumn() < 0 && to.indexes().isEmpty();
      TreeCopy.Rows rows = copy.rows(from.rootPage(), to.rootPage(), renumbers);
      context.countChanges(rows.count());
      if (rows.count() > 0) {
        context.setLastInsertRowid(rows.lastRowid());
      }
    }
    for (int i = 0; i < transfer.indexes().size(); i++) {
      Index index = to.indexes().get(i);
      boolean areRows = to.isStoredIn(index);
      long count =
          copy.entries(
              transfer.indexes().get(i).rootPage(),
              index.rootPage(),
              order(index),
              areRows ? index.keyColumnCount() : index.columns().size(),
              target.encoding());
      if (areRows) {
        context.countChanges(count);
      }
    }
  }
}
