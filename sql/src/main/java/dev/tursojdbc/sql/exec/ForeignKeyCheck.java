package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.ForeignKeyPlan;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.page.PageWriter;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks at all rows of a table for violations of its foreign keys. */
public final class ForeignKeyCheck {
  private final BoundTable bound;
  private final Frame frame;
  private final PageWriter pages;
  private final ChangedRow row;
  private final ParentLookup[] parents;

  /**
   * A row without a parent.
   *
   * @param rowid null in a table without rowids
   * @param key number of the foreign key, from 0
   */
  public record Violation(@Nullable Long rowid, int key) {}

  /**
   * @param searches one for each foreign key of the table
   * @param pages are read only
   */
  public ForeignKeyCheck(
      BoundTable bound,
      List<ForeignKeyPlan.ParentSearch> searches,
      EvaluatorBuilder builder,
      Frame frame,
      PageWriter pages) {
    this.bound = bound;
    this.frame = frame;
    this.pages = pages;
    this.row = new ChangedRow(bound, builder);
    this.parents =
        searches.stream()
            .map(search -> new ParentLookup(search, pages))
            .toArray(ParentLookup[]::new);
  }

  public List<Violation> run() {
    List<Violation> violations = new ArrayList<>();
    TreeCursor cursor = rows();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      frame.checkInterrupted();
      row.read(frame, cursor);
      for (int i = 0; i < parents.length; i++) {
        if (!parents[i].isSatisfied(row, false)) {
          Long rowid = bound.table().hasRowid() ? row.rowid().integer : null;
          violations.add(new Violation(rowid, i));
        }
      }
    }
    return violations;
  }

  private TreeCursor rows() {
    Table table = bound.table();
    if (table.hasRowid()) {
      return new TableCursor(pages, table.rootPage());
    }
    BoundTable.BoundIndex primaryKey =
        bound.indexes().stream()
            .filter(index -> index.index().origin() == Index.Origin.PRIMARY_KEY)
            .findFirst()
            .orElseThrow();
    return new IndexCursor(pages, table.rootPage(), primaryKey.order());
  }
}
