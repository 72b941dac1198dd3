package dev.tursojdbc.driver;

import dev.tursojdbc.storage.record.StorageClass;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Rows that are all in memory: metadata, generated keys, and results that another statement
 * follows. A value is null, a Long, a Double, a String or a byte[].
 */
final class StoredRows implements VisitableRows {
  private final ColumnInfo info;
  private final List<@Nullable Object[]> rows;
  private int row = -1;

  StoredRows(ColumnInfo info, List<@Nullable Object[]> rows) {
    this.info = info;
    this.rows = rows;
  }

  /** Reads what is left of a source. */
  static StoredRows drain(RowSource source) throws SQLException {
    List<@Nullable Object[]> rows = new ArrayList<>();
    while (source.next()) {
      Object[] row = new Object[source.columnCount()];
      for (int i = 0; i < row.length; i++) {
        row[i] = value(source, i);
      }
      rows.add(row);
    }
    return new StoredRows(source.info(), rows);
  }

  static @Nullable Object value(RowSource source, int column) throws SQLException {
    return switch (source.type(column)) {
      case StorageClass.INTEGER -> source.longValue(column);
      case StorageClass.REAL -> source.doubleValue(column);
      case StorageClass.TEXT -> source.text(column);
      case StorageClass.BLOB -> source.blob(column);
      default -> null;
    };
  }

  @Override
  public boolean isEmpty() {
    return rows.isEmpty();
  }

  @Override
  public boolean moveTo(int number) {
    row = Math.min(Math.max(number - 1, -1), rows.size());
    return row >= 0 && row < rows.size();
  }

  @Override
  public int count() {
    return rows.size();
  }

  @Override
  public boolean next() {
    if (row < rows.size()) {
      row++;
    }
    return row < rows.size();
  }

  @Override
  public int columnCount() {
    return info.count();
  }

  private @Nullable Object get(int column) {
    return rows.get(row)[column];
  }

  @Override
  public int type(int column) {
    Object value = get(column);
    if (value == null) {
      return StorageClass.NULL;
    }
    if (value instanceof Number) {
      return value instanceof Double ? StorageClass.REAL : StorageClass.INTEGER;
    }
    return value instanceof String ? StorageClass.TEXT : StorageClass.BLOB;
  }

  @Override
  public long longValue(int column) {
    return get(column) instanceof Number number ? number.longValue() : 0;
  }

  @Override
  public double doubleValue(int column) {
    return get(column) instanceof Number number ? number.doubleValue() : 0;
  }

  @Override
  public @Nullable String text(int column) {
    Object value = get(column);
    if (value instanceof byte[] bytes) {
      return new String(bytes, StandardCharsets.UTF_8);
    }
    return value == null ? null : value.toString();
  }

  @Override
  public byte @Nullable [] blob(int column) {
    Object value = get(column);
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    return value == null ? null : value.toString().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public ColumnInfo info() {
    return info;
  }

  @Override
  public void close() {
    row = rows.size();
  }
}
