package dev.tursojdbc.storage.pager;

/** How a database protects its transactions: {@code PRAGMA journal_mode}, as far as we know it. */
public enum JournalMode {
  /** A rollback journal, deleted at commit. Such a database can be read, not yet written. */
  DELETE,
  /** A write-ahead log. */
  WAL,
  /** A database in memory; nothing survives the process. */
  MEMORY
}
