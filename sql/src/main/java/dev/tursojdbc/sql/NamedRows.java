package dev.tursojdbc.sql;

import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Rows of the engine's own tables (sqlite_sequence, sqlite_stat1) that are about one object. */
final class NamedRows {
  private final TableTree tree;
  private final PageWriter pages;
  private final RecordReader reader;
  private final TextEncoding encoding;

  NamedRows(PageWriter pages, int root, TextEncoding encoding) {
    this.pages = pages;
    this.tree = new TableTree(pages, root);
    this.encoding = encoding;
    this.reader = new RecordReader(encoding);
  }

  /** Deletes the rows that have the name in a column. */
  void delete(int column, String name) {
    find(column, name).forEach(tree::delete);
  }

  /** Gives the rows that have the name in a column another one. */
  void rename(int column, String name, String newName) {
    RecordEncoder encoder = new RecordEncoder(encoding);
    for (long rowid : find(column, name)) {
      TableCursor cursor = new TableCursor(pages, tree.root());
      if (!cursor.seek(rowid)) {
        continue;
      }
      byte[] payload = cursor.payload();
      reader.attach(payload, 0, payload.length);
      Register[] values = new Register[reader.columnCount()];
      for (int i = 0; i < values.length; i++) {
        values[i] = new Register();
        reader.read(i, values[i]);
      }
      values[column].setText(newName.getBytes(StandardCharsets.UTF_8));
      encoder.encode(values, values.length);
      tree.put(rowid, encoder.buffer(), encoder.size());
    }
  }

  private List<Long> find(int column, String name) {
    List<Long> rowids = new ArrayList<>();
    TableCursor cursor = new TableCursor(pages, tree.root());
    Register value = new Register();
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      byte[] payload = cursor.payload();
      reader.attach(payload, 0, payload.length);
      if (reader.read(column, value) == StorageClass.TEXT
          && name.equals(
              new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8))) {
        rowids.add(cursor.rowid());
      }
    }
    return rowids;
  }
}
