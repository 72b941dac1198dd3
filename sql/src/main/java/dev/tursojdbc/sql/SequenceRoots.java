package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.SequenceLookup;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** Finds sqlite_sequence in the schemas that a statement was compiled against. */
record SequenceRoots(Catalog catalog) implements SequenceLookup {
  @Override
  public int rootPage(int database) {
    Table sequences = catalog.schema(database).table("sqlite_sequence");
    if (sequences == null || !sequences.hasRowid() || sequences.columnCount() != 2) {
      throw new TursoException(ErrorCode.CORRUPT_SEQUENCE);
    }
    return sequences.rootPage();
  }
}
