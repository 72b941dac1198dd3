package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.SerialType;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.ValueOrder;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Checks the rows of one table against its definition: values, CHECK constraints, and that each row
 * has its entry in each index. Findings are SQLite's, in its words and order.
 *
 * <p>As in SQLite, the types of values come from the header of the record, and values are read only
 * where something is to be compared or computed: what is damaged beyond that is not noticed.
 */
public final class TableCheck {
  private final BoundTable bound;
  private final Table table;
  private final Frame frame;
  private final PageSource pages;
  private final boolean quick;
  private final Findings findings;
  private final ChangedRow row;
  private final RecordReader header;
  private final Evaluator[] checks;
  private final List<IndexCheck> indexes = new ArrayList<>();

  /** Whether {@link #row} holds the values of the row under the cursor. */
  private boolean hasValues;

  /** One index and how many entries it should have. */
  private static final class IndexCheck {
    final BoundTable.BoundIndex bound;
    final IndexKeys keys;
    final IndexCursor cursor;
    final RecordReader reader;
    long expected;

    IndexCheck(BoundTable bound, BoundTable.BoundIndex index, ChangedRow row, PageSource pages) {
      this.bound = index;
      this.keys = new IndexKeys(index, row);
      this.cursor = new IndexCursor(pages, index.index().rootPage(), index.order());
      this.reader = new RecordReader(bound.encoding());
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
      Findings findings) {
    this.bound = bound;
    this.table = bound.table();
    this.frame = frame;
    this.pages = pages;
    this.quick = quick;
    this.findings = findings;
    this.row = new ChangedRow(bound, builder);
    this.header = new RecordReader(bound.encoding());
    if (!ignoreChecks) {
      bound.refuseRaise(check -> true);
    }
    this.checks =
        ignoreChecks
            ? new Evaluator[0]
            : bound.checks().stream()
                .map(check -> row.builder().build(check.condition()))
                .toArray(Evaluator[]::new);
    for (BoundTable.BoundIndex index : bound.indexes()) {
      if (!quick && index.index().rootPage() != table.rootPage()) {
        indexes.add(new IndexCheck(bound, index, row, pages));
      }
    }
  }

  /**
   * Checks all rows until enough was found.
   *
   * @throws CorruptDatabaseException where the tree cannot be followed, or a record is malformed
   */
  public void run() {
    TreeCursor cursor = rows();
    long number = 0;
    Register[] previous = null;
    for (boolean more = cursor.first(); more && !findings.isFull(); more = cursor.next()) {
      frame.checkInterrupted();
      readHeader(cursor);
      number++;
      if (table.isWithoutRowid() && !quick) {
        previous = checkOrder(cursor, previous);
      }
      checkColumns(cursor);
      checkConditions(cursor);
      for (IndexCheck index : indexes) {
        if (!findings.isFull()) {
          readValues(cursor);
          checkIndex(index, number);
        }
      }
    }
    for (IndexCheck index : indexes) {
      // Those of whole tables were counted with the trees.
      if (index.bound.index().isPartial()
          && !findings.isFull()
          && index.cursor.count() != index.expected) {
        findings.add("wrong # of entries in index " + index.bound.index().name());
      }
    }
  }

  /** Decodes the header up to the last column, which finds out whether it fits the record. */
  private void readHeader(TreeCursor cursor) {
    hasValues = false;
    int last = row.stored().length - 1;
    if (table.hasRowid() && last >= 0 && row.storedColumn(last) == table.rowidColumn()) {
      last--;
    }
    if (last < 0) {
      return;
    }
    header.attach(
        cursor.payloadBytes(),
        cursor.payloadOffset(),
        cursor.localSize(),
        cursor.payloadSize(),
        cursor.pageNumber());
    if (header.headerSize() > cursor.localSize()) {
      byte[] bytes = new byte[header.headerSize()];
      cursor.copyPayload(0, bytes, 0, bytes.length);
      header.attach(bytes, 0, bytes.length, cursor.payloadSize(), cursor.pageNumber());
    }
    header.serialType(last);
  }

  private void readValues(TreeCursor cursor) {
    if (!hasValues) {
      row.read(frame, cursor);
      hasValues = true;
    }
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

  private Register[] checkOrder(TreeCursor cursor, Register @Nullable [] previous) {
    readValues(cursor);
    int count = primaryKey().index().keyColumnCount();
    Register[] key = Registers.of(count);
    for (int i = 0; i < count; i++) {
      key[i].set(row.stored()[i]);
      SameValues.own(key[i]);
    }
    if (previous != null
        && !previous[0].isNull()
        && primaryKey().order().compare(previous, key, count) >= 0) {
      findings.add("row not in PRIMARY KEY order for " + table.name());
    }
    return key;
  }

  private void checkColumns(TreeCursor cursor) {
    for (int i = 0; i < table.columnCount(); i++) {
      Column column = table.column(i);
      if (i == table.rowidColumn() || !isChecked(column)) {
        continue;
      }
      int type = type(cursor, i);
      if (type == StorageClass.REAL && column.notNull() != null) {
        // A NaN is NULL, which only the value tells.
        readValues(cursor);
        type = row.column(i).type;
      }
      if (type == StorageClass.NULL) {
        if (column.notNull() != null) {
          findings.add("NULL value in " + label(column));
        }
      } else if (table.isStrict()) {
        checkStrict(column, type);
      } else {
        checkAffinity(cursor, i, type);
      }
    }
  }

  private boolean isChecked(Column column) {
    return column.notNull() != null
        || (table.isStrict() ? !column.isAny() : column.affinity() != Affinity.BLOB);
  }

  /** The storage class of a column's value. */
  private int type(TreeCursor cursor, int column) {
    int position = position(column);
    int serial = position < 0 || hasValues ? RecordReader.ABSENT : header.serialType(position);
    if (serial == RecordReader.ABSENT) {
      readValues(cursor);
      return row.column(column).type;
    }
    int type = SerialType.storageClass(serial);
    boolean real = type == StorageClass.INTEGER && row.isStoredReal(position);
    return real ? StorageClass.REAL : type;
  }

  /** Where in the record a column is; -1 if it is not stored. */
  private int position(int column) {
    if (table.column(column).isVirtual()) {
      return -1;
    }
    return table.isWithoutRowid()
        ? primaryKey().index().positionOf(column)
        : table.column(column).storageIndex();
  }

  private String label(Column column) {
    return table.name() + "." + column.name();
  }

  private void checkStrict(Column column, int type) {
    if (!ColumnConversions.accepts(column, type)) {
      findings.add(
          "non-"
              + String.valueOf(column.declaredType()).toUpperCase(Locale.ROOT)
              + " value in "
              + label(column));
    }
  }

  private void checkAffinity(TreeCursor cursor, int index, int type) {
    Column column = table.column(index);
    if (column.affinity() == Affinity.TEXT
        && (type == StorageClass.INTEGER || type == StorageClass.REAL)) {
      findings.add("NUMERIC value in " + label(column));
    } else if (column.affinity().isNumeric() && type == StorageClass.TEXT) {
      readValues(cursor);
      Register converted = new Register();
      converted.set(row.column(index));
      column.affinity().apply(converted);
      if (converted.type != StorageClass.TEXT) {
        findings.add("TEXT value in " + label(column));
      }
    }
  }

  private void checkConditions(TreeCursor cursor) {
    for (Evaluator check : checks) {
      readValues(cursor);
      if (check.test(frame) == Evaluator.FALSE) {
        findings.add("CHECK constraint failed in " + table.name());
        return;
      }
    }
  }

  /** Of an index that is wrong in several ways for one row, the first is told. */
  private void checkIndex(IndexCheck check, long number) {
    if (!check.keys.compute(frame)) {
      return;
    }
    check.expected++;
    Index index = check.bound.index();
    if (!check.cursor.seek(check.keys.values(), index.columns().size())) {
      findings.add("row " + number + " missing from index " + index.name());
    } else if (table.hasRowid() && check.cursor.rowid() != row.rowid().integer) {
      findings.add("rowid not at end-of-record for row " + number + " of index " + index.name());
    } else if (hasOtherValues(check)) {
      findings.add("row " + number + " values differ from index " + index.name());
    } else if (index.isUnique()
        && !mayRepeat(check.keys, index)
        && isFollowedByDuplicate(check, index)) {
      findings.add("non-unique entry in index " + index.name());
    }
  }

  /** Under another collation than BINARY entry and row may be equal and still not the same. */
  private boolean hasOtherValues(IndexCheck check) {
    byte[] entry = null;
    Register value = new Register();
    for (int i = 0; i < check.bound.index().keyColumnCount(); i++) {
      if (check.bound.index().column(i).collation().equalsIgnoreCase("BINARY")) {
        continue;
      }
      if (entry == null) {
        entry = check.cursor.payload();
        check.reader.attach(entry, 0, entry.length, entry.length, check.cursor.pageNumber());
      }
      if (check.reader.read(i, value) == RecordReader.ABSENT) {
        value.setNull();
      }
      Register wanted = check.keys.values()[i];
      if (!value.isNull()
          && !wanted.isNull()
          && ValueOrder.compare(value, wanted, Collation.BINARY) != 0) {
        return true;
      }
    }
    return false;
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
