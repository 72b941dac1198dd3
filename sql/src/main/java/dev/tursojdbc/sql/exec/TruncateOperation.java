package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.page.PageWriter;

/** DELETE without a condition: empties the trees without looking at the rows. */
final class TruncateOperation extends ChangeOperation {
  private final Table table;
  private final TreeRoots roots;

  TruncateOperation(
      ChangePlan.Delete plan,
      PageWriter writer,
      ChangeContext context,
      Frame frame,
      EvaluatorBuilder builder) {
    super(plan, context, frame, builder);
    this.table = plan.target().table();
    this.roots = new TreeRoots(writer);
  }

  @Override
  void change() {
    long count = roots.clear(table.rootPage());
    for (Index index : table.indexes()) {
      if (index.rootPage() != table.rootPage()) {
        roots.clear(index.rootPage());
      }
    }
    context.countChanges(count);
  }
}
