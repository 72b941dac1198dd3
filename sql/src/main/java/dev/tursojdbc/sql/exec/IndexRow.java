package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.bind.Subtypes;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The current entry of an index, and the row it leads to.
 *
 * <p>Columns come from the entry where it has them, else from the row. The tree of a WITHOUT ROWID
 * table is an index that has all columns.
 */
final class IndexRow extends RecordRow {
  private final Source.OfTable source;
  private final Index index;
  private final KeyOrder order;
  private final ColumnReaders columns;

  /** The row that an entry leads to; null if the entries have all columns that are needed. */
  private final @Nullable RowBinding target;

  private @Nullable IndexCursor cursor;

  IndexRow(
      Source.OfTable source,
      Index index,
      TextEncoding encoding,
      EvaluatorBuilder expressions,
      @Nullable RowBinding target) {
    super(encoding);
    this.source = source;
    this.index = index;
    this.target = target;
    this.order = order(source, index, encoding);
    this.columns = new ColumnReaders(source, expressions, this);
  }

  static KeyOrder order(Source.OfTable source, Index index, TextEncoding encoding) {
    List<KeyOrder.Column> orders = new ArrayList<>(index.columns().size());
    for (IndexColumn column : index.columns()) {
      orders.add(
          new KeyOrder.Column(source.expressions().collation(column), column.descending(), false));
    }
    return new KeyOrder(orders, encoding);
  }

  Source.OfTable source() {
    return source;
  }

  Index index() {
    return index;
  }

  IndexCursor open(Frame frame) {
    PageSource pages = frame.pages(source.database());
    IndexCursor opened = cursor;
    if (opened == null) {
      opened = new IndexCursor(pages, index.rootPage(), order);
      cursor = opened;
    } else {
      opened.reset(pages);
    }
    moved();
    return opened;
  }

  /** Goes to the row of a WITHOUT ROWID table with this primary key. @return whether it exists */
  boolean seek(Register[] key) {
    moved();
    return ((IndexCursor) positioned()).seek(key, key.length);
  }

  @Override
  TreeCursor positioned() {
    IndexCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("the row was not opened");
    }
    return current;
  }

  /** The rowid at the end of the entry. */
  long rowid() {
    return ((IndexCursor) positioned()).rowid();
  }

  @Override
  public Evaluator column(BoundExpression.Column column) {
    if (column.isRowid()) {
      return new EntryRowid(this);
    }
    int position = index.positionOf(column.column());
    if (position >= 0) {
      return columns.column(column.column(), position);
    }
    if (target == null || source.table().column(column.column()).isVirtual()) {
      return columns.column(column.column(), -1);
    }
    return target.column(column);
  }

  /** Indexed expressions, which the entry has computed, if no subtype is lost with that. */
  Map<BoundExpression, Evaluator> expressions() {
    Map<BoundExpression, Evaluator> found = new HashMap<>();
    for (int i = 0; i < index.keyColumnCount(); i++) {
      IndexColumn column = index.column(i);
      if (column.column() == IndexColumn.EXPRESSION) {
        BoundExpression expression = source.expressions().indexed(source, column);
        if (!Subtypes.mayBear(expression)) {
          found.put(expression, ColumnReaders.entryValue(this, i));
        }
      }
    }
    return found;
  }

  /** Reads a value of the entry, for seeking the row it leads to. */
  void readKey(int position, Register value) {
    read(position, value);
  }

  /** Reads the rowid from the entry. */
  private static final class EntryRowid extends Evaluator {
    private final IndexRow row;

    EntryRowid(IndexRow row) {
      this.row = row;
    }

    @Override
    public int evaluate(Frame frame) {
      if (row.isNullRow()) {
        return nothing(frame);
      }
      frame.type = StorageClass.INTEGER;
      frame.integer = row.rowid();
      return StorageClass.INTEGER;
    }
  }
}
