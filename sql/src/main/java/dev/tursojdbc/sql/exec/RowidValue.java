package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;

/** A value on its way to become a rowid: an integer, or what is one without loss. */
final class RowidValue {
  private RowidValue() {}

  /** Makes the value an INTEGER; NULL stays for the caller to replace. */
  static void convert(Register value) {
    if (value.type == StorageClass.INTEGER || value.isNull()) {
      return;
    }
    Affinity.INTEGER.apply(value);
    if (value.type != StorageClass.INTEGER) {
      throw new TursoException(ErrorCode.MISMATCH);
    }
  }
}
