package dev.tursojdbc.driver;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Columns that come from no table: only names and types. */
record NamedColumns(List<String> labels, List<String> types) implements ColumnInfo {
  NamedColumns {
    labels = List.copyOf(labels);
    types = List.copyOf(types);
  }

  @Override
  public int count() {
    return labels.size();
  }

  @Override
  public String label(int column) {
    return labels.get(column);
  }

  @Override
  public @Nullable String declaredType(int column) {
    String type = types.get(column);
    return type.isEmpty() ? null : type;
  }

  @Override
  public @Nullable String database(int column) {
    return null;
  }

  @Override
  public @Nullable String table(int column) {
    return null;
  }

  @Override
  public @Nullable String origin(int column) {
    return null;
  }
}
