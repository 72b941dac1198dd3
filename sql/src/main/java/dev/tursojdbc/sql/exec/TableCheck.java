package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rows of one table against its definition: values, CHECK constraints, and that each row
 * has its entry in each index. Findings are SQLite's, in its words.
 */
public final class TableCheck {
  private final BoundTable bound;
  private final Table table;
  private final Frame frame;
  private final PageSource pages;
  private final int maxFindings;
  private final ChangedRow row;
  private final Evaluator[] checks;
  private final List<IndexCheck> indexes = new ArrayList<>();
  private final List<String> findings = new ArrayList<>();

  /** One index and how many entries it should have. */
  private static final class IndexCheck {
    final BoundTable.BoundIndex bound;
    final IndexKeys keys;
    final IndexCursor cursor;
    long expected;

    IndexCheck(BoundTable.BoundIndex bound, ChangedRow row, PageSource pages) {
      this.bound = bound;
      this.keys = new IndexKeys(bound, row);
      this.cursor = new IndexCursor(pages, bound.index().rootPage(), bound.order());
    }
  }

  /**
   * @param quick whether indexes are left out
   * @param ignoreChecks whether CHECK constraints are not looked at
   */
  public TableCheck(
      BoundTable bound,
      EvaluatorBuilder builder,
      Frame frame,
      PageSource pages,
      boolean quick,
      boolean ignoreChecks,
      int maxFindings) {
    this.bound = bound;
    this.table = bound.table();
    this.frame = frame;
    this.pages = pages;
    this.maxFindings = maxFindings;
    this.row = new ChangedRow(bound, builder);
    this.checks =
        ignoreChecks
            ? new Evaluator[0]
            : bound.checks().stream()
                .map(check -> row.builder().build(check.condition()))
                .toArray(Evaluator[]::new);
    for (BoundTable.BoundIndex index : bound.indexes()) {
      if (!quick && index.index().rootPage() != table.rootPage()) {
        indexes.add(new IndexCheck(index, row, pages));
      }
    }
  }

  /** Checks all rows. @return what was found, at most as many as asked for */
  public List<String> run() {
    TreeCursor cursor = rows();
    long number = 0;
    Register[] previous = null;
    for (boolean more = cursor.first();
        more && findings.size() < maxFindings;
        more = cursor.next()) {
      frame.checkInterrupted();
      row.read(frame, cursor);
      number++;
      if (table.isWithoutRowid()) {
        previous = checkOrder(previous);
      }
      checkColumns();
      checkConditions();
      for (IndexCheck index : indexes) {
        checkIndex(index, number);
      }
    }
    for (IndexCheck index : indexes) {
      // Those of whole tables were counted with the trees.
      if (index.bound.index().isPartial()
          && findings.size() < maxFindings
          && index.cursor.count() != index.expected) {
        findings.add("wrong # of entries in index " + index.bound.index().name());
      }
    }
    return findings.subList(0, Math.min(findings.size(), maxFindings));
  }

  private TreeCursor rows() {
    if (table.hasRowid()) {
      return new TableCursor(pages, table.rootPage());
    }
    return new IndexCursor(pages, table.rootPage(), primaryKey().order());
  }

  private BoundTable.BoundIndex primaryKey() {
    return bound.indexes().stream()
        .filter(index -> index.index().rootPage() == table.rootPage())
        .findFirst()
        .orElseThrow();
  }

  private Register[] checkOrder(Register @Nullable [] previous) {
    int count = primaryKey().index().keyColumnCount();
    Register[] key = Registers.of(count);
    for (int i = 0; i < count; i++) {
      key[i].set(row.stored()[i]);
      SameValues.own(key[i]);
    }
    if (previous != null && primaryKey().order().compare(previous, key, count) >= 0) {
      findings.add("row not in PRIMARY KEY order for " + table.name());
    }
    return key;
  }

  private void checkColumns() {
    for (int i = 0; i < table.columnCount(); i++) {
      Column column = table.column(i);
      if (i == table.rowidColumn()) {
        continue;
      }
      Register value = row.column(i);
      if (value.isNull()) {
        if (column.notNull() != null) {
          findings.add("NULL value in " + label(column));
        }
      } else if (table.isStrict()) {
        checkStrict(column, value);
      } else {
        checkAffinity(column, value);
      }
    }
  }

  private String label(Column column) {
    return table.name() + "." + column.name();
  }

  private void checkStrict(Column column, Register value) {
    if (!ColumnConversions.accepts(column, value.type)) {
      findings.add(
          "non-"
              + String.valueOf(column.declaredType()).toUpperCase(Locale.ROOT)
              + " value in "
              + label(column));
    }
  }

  private void checkAffinity(Column column, Register value) {
    if (column.affinity() == Affinity.TEXT
        && (value.type == StorageClass.INTEGER || value.type == StorageClass.REAL)) {
      findings.add("NUMERIC value in " + label(column));
    } else if (column.affinity().isNumeric() && value.type == StorageClass.TEXT) {
      Register converted = new Register();
      converted.set(value);
      column.affinity().apply(converted);
      if (converted.type != StorageClass.TEXT) {
        findings.add("TEXT value in " + label(column));
      }
    }
  }

  private void checkConditions() {
    for (Evaluator check : checks) {
      if (check.test(frame) == Evaluator.FALSE) {
        findings.add("CHECK constraint failed in " + table.name());
        return;
      }
    }
  }

  private void checkIndex(IndexCheck check, long number) {
    if (!check.keys.compute(frame)) {
      return;
    }
    check.expected++;
    Index index = check.bound.index();
    int count = index.columns().size();
    if (!check.cursor.seek(check.keys.values(), count)) {
      findings.add("row " + number + " missing from index " + index.name());
      return;
    }
    if (index.isUnique() && !mayRepeat(check.keys, index) && isFollowedByDuplicate(check, index)) {
      findings.add("non-unique entry in index " + index.name());
    }
  }

  /** NULL makes a key unlike all others, but not where a column must not have it. */
  private boolean mayRepeat(IndexKeys keys, Index index) {
    for (int i = 0; i < index.keyColumnCount(); i++) {
      int column = index.column(i).column();
      boolean nullable = column < 0 || table.column(column).notNull() == null;
      if (nullable && keys.values()[i].isNull()) {
        return true;
      }
    }
    return false;
  }

  private static boolean isFollowedByDuplicate(IndexCheck check, Index index) {
    return check.cursor.next()
        && check.cursor.compareKey(check.keys.values(), index.keyColumnCount()) == 0;
  }
}
