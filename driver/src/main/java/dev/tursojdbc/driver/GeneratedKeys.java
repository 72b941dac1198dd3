package dev.tursojdbc.driver;

import dev.tursojdbc.sql.Query;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the rows that a statement, or each of a batch, has inserted.
 *
 * <p>A single key is also found under the names that other drivers give it.
 */
final class GeneratedKeys {
  private static final NamedColumns NOTHING =
      new NamedColumns(List.of("GENERATED_KEY"), List.of("INTEGER"));
  private static final Set<String> OTHER_NAMES =
      Set.of("generated_key", "generated_keys", "last_insert_rowid()", "rowid");

  private final List<@Nullable Object[]> rows = new ArrayList<>();
  private NamedColumns columns = NOTHING;

  void clear() {
    rows.clear();
    columns = NOTHING;
  }

  /** Tells what columns the next keys have; they are those of the query. */
  void describe(Query query) {
    int count = query.columnCount();
    if (count != columns.count()) {
      rows.clear();
    }
    List<String> labels = new ArrayList<>(count);
    List<String> types = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      String type = query.columnDeclaredType(i);
      labels.add(query.columnName(i));
      types.add(type == null ? "" : type);
    }
    columns = new NamedColumns(labels, types);
  }

  /** Adds the current row of the query. */
  void add(Query query) {
    Object[] row = new Object[columns.count()];
    for (int i = 0; i < row.length; i++) {
      row[i] =
          switch (query.columnType(i)) {
            case StorageClass.INTEGER -> query.columnLong(i);
            case StorageClass.REAL -> query.columnDouble(i);
            case StorageClass.TEXT -> query.columnText(i);
            case StorageClass.BLOB -> query.columnBlob(i);
            default -> null;
          };
    }
    rows.add(row);
  }

  StoredRows rows() {
    return new StoredRows(columns, List.copyOf(rows));
  }

  /** Whether a label that is no column's means the only key. */
  static boolean isOtherName(String label) {
    return OTHER_NAMES.contains(label.toLowerCase(Locale.ROOT));
  }
}
