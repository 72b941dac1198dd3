package dev.tursojdbc.storage.error;

/**
 * SQLite's result codes that stand for failures, primary and extended, with SQLite's own wording.
 *
 * <p>An extended code carries its primary code in the low byte.
 */
public enum ErrorCode {
  OK(0, "not an error"),
  ERROR(1, "SQL logic error"),
  INTERNAL(2, "unknown error"),
  PERM(3, "access permission denied"),
  ABORT(4, "query aborted"),
  BUSY(5, "database is locked"),
  LOCKED(6, "database table is locked"),
  NOMEM(7, "out of memory"),
  READONLY(8, "attempt to write a readonly database"),
  INTERRUPT(9, "interrupted"),
  IOERR(10, "disk I/O error"),
  CORRUPT(11, "database disk image is malformed"),
  NOTFOUND(12, "unknown operation"),
  FULL(13, "database or disk is full"),
  CANTOPEN(14, "unable to open database file"),
  PROTOCOL(15, "locking protocol"),
  EMPTY(16, "unknown error"),
  SCHEMA(17, "database schema has changed"),
  TOOBIG(18, "string or blob too big"),
  CONSTRAINT(19, "constraint failed"),
  MISMATCH(20, "datatype mismatch"),
  MISUSE(21, "bad parameter or other API misuse"),
  NOLFS(22, "large file support is disabled"),
  AUTH(23, "authorization denied"),
  FORMAT(24, "unknown error"),
  RANGE(25, "column index out of range"),
  NOTADB(26, "file is not a database"),
  ERROR_MISSING_COLLSEQ(1 | 1 << 8, "SQL logic error"),
  ERROR_RETRY(1 | 2 << 8, "SQL logic error"),
  ERROR_SNAPSHOT(1 | 3 << 8, "SQL logic error"),
  IOERR_READ(10 | 1 << 8, "disk I/O error"),
  IOERR_SHORT_READ(10 | 2 << 8, "disk I/O error"),
  IOERR_WRITE(10 | 3 << 8, "disk I/O error"),
  IOERR_FSYNC(10 | 4 << 8, "disk I/O error"),
  IOERR_DIR_FSYNC(10 | 5 << 8, "disk I/O error"),
  IOERR_TRUNCATE(10 | 6 << 8, "disk I/O error"),
  IOERR_FSTAT(10 | 7 << 8, "disk I/O error"),
  IOERR_UNLOCK(10 | 8 << 8, "disk I/O error"),
  IOERR_RDLOCK(10 | 9 << 8, "disk I/O error"),
  IOERR_DELETE(10 | 10 << 8, "disk I/O error"),
  IOERR_BLOCKED(10 | 11 << 8, "disk I/O error"),
  IOERR_NOMEM(10 | 12 << 8, "disk I/O error"),
  IOERR_ACCESS(10 | 13 << 8, "disk I/O error"),
  IOERR_CHECKRESERVEDLOCK(10 | 14 << 8, "disk I/O error"),
  IOERR_LOCK(10 | 15 << 8, "disk I/O error"),
  IOERR_CLOSE(10 | 16 << 8, "disk I/O error"),
  IOERR_SHMOPEN(10 | 18 << 8, "disk I/O error"),
  IOERR_SHMSIZE(10 | 19 << 8, "disk I/O error"),
  IOERR_SHMLOCK(10 | 20 << 8, "disk I/O error"),
  IOERR_SHMMAP(10 | 21 << 8, "disk I/O error"),
  IOERR_DELETE_NOENT(10 | 23 << 8, "disk I/O error"),
  IOERR_GETTEMPPATH(10 | 25 << 8, "disk I/O error"),
  IOERR_CORRUPTFS(10 | 33 << 8, "disk I/O error"),
  LOCKED_SHAREDCACHE(6 | 1 << 8, "database table is locked"),
  LOCKED_VTAB(6 | 2 << 8, "database table is locked"),
  BUSY_RECOVERY(5 | 1 << 8, "database is locked"),
  BUSY_SNAPSHOT(5 | 2 << 8, "database is locked"),
  BUSY_TIMEOUT(5 | 3 << 8, "database is locked"),
  CANTOPEN_NOTEMPDIR(14 | 1 << 8, "unable to open database file"),
  CANTOPEN_ISDIR(14 | 2 << 8, "unable to open database file"),
  CANTOPEN_FULLPATH(14 | 3 << 8, "unable to open database file"),
  CANTOPEN_SYMLINK(14 | 6 << 8, "unable to open database file"),
  CORRUPT_VTAB(11 | 1 << 8, "database disk image is malformed"),
  CORRUPT_SEQUENCE(11 | 2 << 8, "database disk image is malformed"),
  CORRUPT_INDEX(11 | 3 << 8, "database disk image is malformed"),
  READONLY_RECOVERY(8 | 1 << 8, "attempt to write a readonly database"),
  READONLY_CANTLOCK(8 | 2 << 8, "attempt to write a readonly database"),
  READONLY_ROLLBACK(8 | 3 << 8, "attempt to write a readonly database"),
  READONLY_DBMOVED(8 | 4 << 8, "attempt to write a readonly database"),
  READONLY_CANTINIT(8 | 5 << 8, "attempt to write a readonly database"),
  READONLY_DIRECTORY(8 | 6 << 8, "attempt to write a readonly database"),
  ABORT_ROLLBACK(4 | 2 << 8, "abort due to ROLLBACK"),
  CONSTRAINT_CHECK(19 | 1 << 8, "constraint failed"),
  CONSTRAINT_COMMITHOOK(19 | 2 << 8, "constraint failed"),
  CONSTRAINT_FOREIGNKEY(19 | 3 << 8, "constraint failed"),
  CONSTRAINT_FUNCTION(19 | 4 << 8, "constraint failed"),
  CONSTRAINT_NOTNULL(19 | 5 << 8, "constraint failed"),
  CONSTRAINT_PRIMARYKEY(19 | 6 << 8, "constraint failed"),
  CONSTRAINT_TRIGGER(19 | 7 << 8, "constraint failed"),
  CONSTRAINT_UNIQUE(19 | 8 << 8, "constraint failed"),
  CONSTRAINT_VTAB(19 | 9 << 8, "constraint failed"),
  CONSTRAINT_ROWID(19 | 10 << 8, "constraint failed"),
  CONSTRAINT_PINNED(19 | 11 << 8, "constraint failed"),
  CONSTRAINT_DATATYPE(19 | 12 << 8, "constraint failed");

  private final int code;
  private final String message;

  ErrorCode(int code, String message) {
    this.code = code;
    this.message = message;
  }

  /** The code as SQLite numbers it; for an extended code, the extended number. */
  public int code() {
    return code;
  }

  /** The primary code's number, 1 to 26. */
  public int primaryCode() {
    return code & 0xFF;
  }

  /** What SQLite says for this code when it has nothing more specific to say. */
  public String message() {
    return message;
  }
}
