package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.SequenceLookup;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Table;

/** Finds sqlite_sequence in the schemas that a statement was compiled against. */
record SequenceRoots(Catalog catalog) implements SequenceLookup {
  @Override
  public int rootPage(int database) {
    Table sequences = catalog.schema(database).table("sqlite_sequence");
    return sequences == null ? 0 : sequences.rootPage();
  }
}
