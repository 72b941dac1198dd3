package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/**
 * Makes values fit the columns that they are about to be stored in: by affinity or, in a STRICT
 * table, by the declared type, which refuses what it cannot convert.
 */
final class ColumnConversions {
  private final Table table;

  /** By column; null where values stay as they are. */
  private final Affinity[] affinities;

  ColumnConversions(Table table) {
    this.table = table;
    affinities = new Affinity[table.columnCount()];
    for (int i = 0; i < affinities.length; i++) {
      affinities[i] = table.column(i).affinity();
    }
  }

  /** Converts all columns of a row but the INTEGER PRIMARY KEY, which is an integer already. */
  void apply(ChangedRow row) {
    Register[] columns = row.registers().columns();
    int alias = table.rowidColumn();
    for (int i = 0; i < affinities.length; i++) {
      Affinity affinity = affinities[i];
      if (i != alias && affinity != Affinity.BLOB) {
        affinity.apply(columns[i]);
      }
    }
    if (table.isStrict()) {
      checkTypes(columns, alias);
    }
  }

  private void checkTypes(Register[] columns, int alias) {
    for (int i = 0; i < columns.length; i++) {
      if (i != alias && !accepts(table.column(i), columns[i].type)) {
        throw ConstraintErrors.datatype(table, i, columns[i].type);
      }
    }
  }

  static boolean accepts(Column column, int storageClass) {
    if (storageClass == StorageClass.NULL || column.isAny()) {
      return true;
    }
    return switch (column.affinity()) {
      case INTEGER -> storageClass == StorageClass.INTEGER;
      case REAL -> storageClass == StorageClass.REAL;
      case TEXT -> storageClass == StorageClass.TEXT;
      case BLOB -> storageClass == StorageClass.BLOB;
      case NUMERIC, NONE -> true;
    };
  }
}
