package dev.tursojdbc.sql.exec;

/**
 * What changes(), last_insert_rowid() and the count of the running statement were before a trigger,
 * and are again after it.
 */
public record ChangeMark(long counting, long changes, long lastInsertRowid) {}
