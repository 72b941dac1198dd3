package dev.tursojdbc.sql.exec;

/** Where databases keep the largest rowids of their tables with AUTOINCREMENT. */
@FunctionalInterface
public interface SequenceLookup {
  /** Root page of sqlite_sequence in a database, or 0 if it has none. */
  int rootPage(int database);
}
