/** Files, write-ahead log, pages and trees of a SQLite database. */
module dev.tursojdbc.storage {
  requires static org.jspecify;

  exports dev.tursojdbc.storage.error;
  exports dev.tursojdbc.storage.file;
  exports dev.tursojdbc.storage.journal;
  exports dev.tursojdbc.storage.pager;
  exports dev.tursojdbc.storage.record;
  exports dev.tursojdbc.storage.page to
      dev.tursojdbc.sql;
  exports dev.tursojdbc.storage.wal;
  exports dev.tursojdbc.storage.btree to
      dev.tursojdbc.sql;
}
