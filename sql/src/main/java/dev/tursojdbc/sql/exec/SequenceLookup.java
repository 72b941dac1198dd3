package dev.tursojdbc.sql.exec;

/** Where databases keep the largest rowids of their tables with AUTOINCREMENT. */
@FunctionalInterface
public interface SequenceLookup {
  /** Root page of sqlite_sequence in a database that has a table with AUTOINCREMENT. */
  int rootPage(int database);
}
