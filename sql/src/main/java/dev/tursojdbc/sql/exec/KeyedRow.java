package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import org.jspecify.annotations.Nullable;

/**
 * The row of a WITHOUT ROWID table that an entry of another index leads to: it is sought by its
 * primary key when a column is asked for that the entry does not have.
 */
final class KeyedRow extends RecordRow {
  private final Source.OfTable source;
  private final Index primaryKey;
  private final TextEncoding encoding;
  private final ColumnReaders columns;
  private final Register[] key;
  private final int[] positions;
  private @Nullable IndexRow entry;
  private @Nullable IndexCursor cursor;

  KeyedRow(
      Source.OfTable source,
      Index primaryKey,
      Index secondary,
      TextEncoding encoding,
      EvaluatorBuilder expressions) {
    super(encoding);
    this.source = source;
    this.primaryKey = primaryKey;
    this.encoding = encoding;
    this.columns = new ColumnReaders(source, expressions, this);
    int count = primaryKey.keyColumnCount();
    key = new Register[count];
    positions = new int[count];
    for (int i = 0; i < count; i++) {
      key[i] = new Register();
      positions[i] = secondary.positionOf(primaryKey.column(i).column());
    }
  }

  void open(Frame frame, IndexRow from) {
    entry = from;
    PageSource pages = frame.pages(source.database());
    IndexCursor opened = cursor;
    if (opened == null) {
      cursor =
          new IndexCursor(
              pages, primaryKey.rootPage(), IndexRow.order(source, primaryKey, encoding));
    } else {
      opened.reset(pages);
    }
    moved();
  }

  /** The entry has moved to lead to another row. @return whether there is one */
  boolean seek() {
    moved();
    IndexCursor current = cursor;
    IndexRow from = entry;
    if (current == null || from == null) {
      throw new IllegalStateException("the row was not opened");
    }
    for (int i = 0; i < key.length; i++) {
      from.readKey(positions[i], key[i]);
    }
    return current.seek(key, key.length);
  }

  @Override
  TreeCursor positioned() {
    IndexCursor current = cursor;
    if (current == null) {
      throw new IllegalStateException("the row was not opened");
    }
    return current;
  }

  @Override
  public Evaluator column(BoundExpression.Column column) {
    return columns.column(column.column(), primaryKey.positionOf(column.column()));
  }
}
