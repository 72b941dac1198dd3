package dev.tursojdbc.storage.journal;

/**
 * How transactions are protected: {@code PRAGMA journal_mode}. Whether there is a write-ahead log
 * is a property of the database; which of the others it is, one of the connection.
 */
public enum JournalMode {
  /** A rollback journal, deleted at commit. */
  DELETE(true),
  /** A rollback journal that is kept, its header zeroed at commit. */
  PERSIST(true),
  /** No journal: a process that dies in a commit may leave a corrupt database. */
  OFF(false),
  /** A rollback journal that is kept, empty between transactions. */
  TRUNCATE(true),
  /** What a commit overwrites is remembered in memory: as OFF when the process dies. */
  MEMORY(false),
  /** A write-ahead log. */
  WAL(false);

  private final boolean hasJournalFile;

  JournalMode(boolean hasJournalFile) {
    this.hasJournalFile = hasJournalFile;
  }

  /** Whether transactions write a rollback journal to a file. */
  public boolean hasJournalFile() {
    return hasJournalFile;
  }

  /** Whether the file of the rollback journal stays between transactions. */
  public boolean keepsJournalFile() {
    return this == PERSIST || this == TRUNCATE;
  }
}
