package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.StorageClass;

/** Constraints that do not hold, in SQLite's words. */
final class ConstraintErrors {
  private ConstraintErrors() {}

  static TursoException notNull(Table table, int column, ConflictAction action) {
    return new ConstraintException(
        ErrorCode.CONSTRAINT_NOTNULL,
        "NOT NULL constraint failed: " + table.name() + "." + table.column(column).name(),
        action);
  }

  static TursoException check(String label, ConflictAction action) {
    return new ConstraintException(
        ErrorCode.CONSTRAINT_CHECK, "CHECK constraint failed: " + label, action);
  }

  static TursoException rowid(Table table, ConflictAction action) {
    int alias = table.rowidColumn();
    String column = alias < 0 ? "rowid" : table.column(alias).name();
    return new ConstraintException(
        alias < 0 ? ErrorCode.CONSTRAINT_ROWID : ErrorCode.CONSTRAINT_PRIMARYKEY,
        "UNIQUE constraint failed: " + table.name() + "." + column,
        action);
  }

  static TursoException unique(Table table, Index index, ConflictAction action) {
    ErrorCode code =
        index.origin() == Index.Origin.PRIMARY_KEY
            ? ErrorCode.CONSTRAINT_PRIMARYKEY
            : ErrorCode.CONSTRAINT_UNIQUE;
    return new ConstraintException(code, uniqueMessage(table, index), action);
  }

  static String uniqueMessage(Table table, Index index) {
    StringBuilder message = new StringBuilder("UNIQUE constraint failed: ");
    if (index.isOnExpressions()) {
      return message.append("index '").append(index.name()).append('\'').toString();
    }
    for (int i = 0; i < index.keyColumnCount(); i++) {
      IndexColumn column = index.column(i);
      message
          .append(i > 0 ? ", " : "")
          .append(table.name())
          .append('.')
          .append(table.column(column.column()).name());
    }
    return message.toString();
  }

  static TursoException datatype(Table table, int column, int storageClass) {
    Column definition = table.column(column);
    return new ConstraintException(
        ErrorCode.CONSTRAINT_DATATYPE,
        "cannot store "
            + storageClassName(storageClass)
            + " value in "
            + definition.declaredType()
            + " column "
            + table.name()
            + "."
            + definition.name(),
        ConflictAction.ABORT);
  }

  private static String storageClassName(int storageClass) {
    return switch (storageClass) {
      case StorageClass.INTEGER -> "INT";
      case StorageClass.REAL -> "REAL";
      case StorageClass.TEXT -> "TEXT";
      case StorageClass.BLOB -> "BLOB";
      default -> "NULL";
    };
  }
}
