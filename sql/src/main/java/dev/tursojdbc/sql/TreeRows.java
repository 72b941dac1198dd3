package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TreeCursor;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/** The rows of a table as its tree has them, in no matter which order. */
final class TreeRows {
  /** Nothing is sought, so it does not matter. */
  private static final KeyOrder ANY_ORDER = new KeyOrder(List.of(), TextEncoding.UTF8);

  private final PageSource pages;
  private final Table table;

  TreeRows(PageSource pages, Table table) {
    this.pages = pages;
    this.table = table;
  }

  boolean isAny() {
    return cursor().first();
  }

  TreeCursor cursor() {
    return table.hasRowid()
        ? new TableCursor(pages, table.rootPage())
        : new IndexCursor(pages, table.rootPage(), ANY_ORDER);
  }
}
