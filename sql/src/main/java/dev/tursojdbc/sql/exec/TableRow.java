package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The current row of a rowid table.
 *
 * <p>An index that leads to rows does not seek them: it says which rowid is meant, and the seek
 * happens if a column is asked for that the index does not have.
 */
final class TableRow extends RecordRow {
  private final Source.OfTable source;
  private final ColumnReaders columns;
  private @Nullable TableCursor cursor;
  private long soughtRowid;
  private boolean pending;

  TableRow(Source.OfTable source, TextEncoding encoding, EvaluatorBuilder expressions) {
    super(encoding);
    this.source = source;
    this.columns = new ColumnReaders(source, expressions, this);
  }

  Source.OfTable source() {
    return source;
  }

  Table table() {
    return source.table();
  }

  /** The cursor over the pages of this run, unpositioned. */
  TableCursor open(Frame frame) {
    PageSource pages = frame.pages(source.database());
    TableCursor opened = cursor;
    if (opened == null) {
      opened = new TableCursor(pages, source.table().rootPage());
      cursor = opened;
    } else {
      opened.reset(pages);
    }
    pending = false;
    moved();
    return opened;
  }

  /** Means the row with a rowid, which exists, without going there yet. */
  void meant(long rowid) {
    soughtRowid = rowid;
    pending = true;
    moved();
  }

  /** Says that the cursor was moved to the row. */
  void standing() {
    pending = false;
    moved();
  }

  @Override
  TreeCursor positioned() {
    TableCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("the row was not opened");
    }
    if (pending) {
      if (!current.seek(soughtRowid)) {
        throw new TursoException(ErrorCode.CORRUPT_INDEX);
      }
      pending = false;
    }
    return current;
  }

  long rowid() {
    TableCursor current = cursor;
    if (pending || current == null) {
      return soughtRowid;
    }
    return current.rowid();
  }

  @Override
  public Evaluator column(BoundExpression.Column column) {
    if (column.isRowid()) {
      return new RowidEvaluator(this);
    }
    return columns.column(column.column(), table().column(column.column()).storageIndex());
  }

  /** Reads the rowid. */
  private static final class RowidEvaluator extends Evaluator {
    private final TableRow row;

    RowidEvaluator(TableRow row) {
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
