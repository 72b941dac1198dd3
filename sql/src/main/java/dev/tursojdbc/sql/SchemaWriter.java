package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.SchemaTable;
import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Changes the rows of sqlite_schema, and the trees that they name. */
final class SchemaWriter {
  private static final int COLUMN_COUNT = 5;

  private final PageWriter pages;
  private final TextEncoding encoding;
  private final TableTree tree;
  private final TreeRoots roots;
  private final RecordEncoder encoder;
  private boolean needsReload;

  SchemaWriter(PageWriter pages, TextEncoding encoding) {
    this.pages = pages;
    this.encoding = encoding;
    this.tree = new TableTree(pages, SchemaTable.ROOT_PAGE);
    this.roots = new TreeRoots(pages);
    this.encoder = new RecordEncoder(encoding);
  }

  PageWriter pages() {
    return pages;
  }

  TextEncoding encoding() {
    return encoding;
  }

  /** Whether roots have moved, so that the schema has to be read anew. */
  boolean needsReload() {
    return needsReload;
  }

  int createTableTree() {
    return roots.createTable();
  }

  int createIndexTree() {
    return roots.createIndex();
  }

  /** Drops a tree, and corrects the row of the tree whose root moved into its place. */
  void dropTree(int root) {
    int moved = roots.drop(root);
    if (moved != 0) {
      update(
          row -> row.rootPage() == moved,
          row -> new SchemaRow(row.type(), row.name(), row.table(), root, row.sql()));
      needsReload = true;
    }
  }

  void insert(SchemaRow row) {
    write(tree.newRowid(), row);
  }

  private void write(long rowid, SchemaRow row) {
    Register[] values = new Register[COLUMN_COUNT];
    for (int i = 0; i < COLUMN_COUNT; i++) {
      values[i] = new Register();
    }
    setText(values[0], row.type());
    setText(values[1], row.name());
    setText(values[2], row.table());
    values[3].setInteger(row.rootPage());
    setText(values[4], row.sql());
    encoder.encode(values, COLUMN_COUNT);
    tree.put(rowid, encoder.buffer(), encoder.size());
  }

  private static void setText(Register target, @Nullable String text) {
    if (text == null) {
      target.setNull();
    } else {
      target.setText(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Deletes the rows that the condition holds for. */
  void delete(Predicate<SchemaRow> condition) {
    for (Located located : rows()) {
      if (condition.test(located.row())) {
        tree.delete(located.rowid());
      }
    }
  }

  /** Changes the rows that the condition holds for. */
  void update(Predicate<SchemaRow> condition, UnaryOperator<SchemaRow> change) {
    for (Located located : rows()) {
      if (condition.test(located.row())) {
        write(located.rowid(), change.apply(located.row()));
      }
    }
  }

  static Predicate<SchemaRow> named(String type, String name) {
    return row -> row.type().equals(type) && Names.same(row.name(), name);
  }

  /** A row and where it is. */
  record Located(long rowid, SchemaRow row) {}

  /** All rows, in order. */
  List<Located> rows() {
    List<Located> rows = new ArrayList<>();
    TableCursor cursor = new TableCursor(pages, SchemaTable.ROOT_PAGE);
    RecordReader reader = new RecordReader(encoding);
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      byte[] payload = cursor.payload();
      reader.attach(payload, 0, payload.length);
      long root = 0;
      Register value = new Register();
      if (reader.read(3, value) == StorageClass.INTEGER) {
        root = value.integer;
      }
      rows.add(
          new Located(
              cursor.rowid(),
              new SchemaRow(
                  textOrEmpty(reader, 0),
                  textOrEmpty(reader, 1),
                  textOrEmpty(reader, 2),
                  root,
                  text(reader, 4))));
    }
    return rows;
  }

  private static String textOrEmpty(RecordReader reader, int column) {
    String text = text(reader, column);
    return text == null ? "" : text;
  }

  private static @Nullable String text(RecordReader reader, int column) {
    Register value = new Register();
    return reader.read(column, value) == StorageClass.TEXT
        ? new String(value.bytes, value.offset, value.length, StandardCharsets.UTF_8)
        : null;
  }
}
