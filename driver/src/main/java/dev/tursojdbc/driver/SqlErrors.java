package dev.tursojdbc.driver;

import dev.tursojdbc.api.TursoError;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.sql.SQLDataException;
import java.sql.SQLException;
import java.sql.SQLFeatureNotSupportedException;
import java.sql.SQLIntegrityConstraintViolationException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLNonTransientException;
import java.sql.SQLSyntaxErrorException;
import java.sql.SQLTimeoutException;
import java.sql.SQLTransactionRollbackException;
import java.sql.SQLTransientException;

/**
 * Turns the engine's failures into SQLExceptions: class and SQLState by result code, the primary
 * code as vendor code, SQLite's words as the message.
 *
 * <p>States of class 08 are used only where the connection is unusable, and 0A000 never, because
 * pools close a connection that shows them. A lock that stays taken is transient (40001), not a
 * timeout, for the same reason.
 */
final class SqlErrors {
  private SqlErrors() {}

  /** A failure while a statement is compiled. */
  static SQLException preparing(TursoException e) {
    if (e.code() == ErrorCode.ERROR) {
      return new SyntaxError(e, syntaxState(e.getMessage()));
    }
    return running(e);
  }

  /** A failure while a database is opened. */
  static SQLException connecting(TursoException e) {
    int primary = e.code().primaryCode();
    if (primary == ErrorCode.CANTOPEN.code() || primary == ErrorCode.NOTADB.code()) {
      return new ConnectionError(e, "08001");
    }
    return running(e);
  }

  /** A failure while a statement runs or a transaction ends. */
  static SQLException running(TursoException e) {
    return switch (e.code()) {
      case CONSTRAINT_UNIQUE, CONSTRAINT_PRIMARYKEY, CONSTRAINT_ROWID ->
          new IntegrityError(e, "23505");
      case CONSTRAINT_NOTNULL -> new IntegrityError(e, "23502");
      case CONSTRAINT_FOREIGNKEY -> new IntegrityError(e, "23503");
      case CONSTRAINT_CHECK -> new IntegrityError(e, "23514");
      case BUSY_SNAPSHOT -> new RollbackError(e, "40001");
      default -> byPrimaryCode(e);
    };
  }

  private static SQLException byPrimaryCode(TursoException e) {
    return switch (e.code().primaryCode()) {
      case 5, 6 -> new TransientError(e, "40001");
      case 7 -> new NonTransientError(e, "53200");
      case 8 -> new NonTransientError(e, "25006");
      case 9 -> new EngineError(e, "57014");
      case 10 -> new NonTransientError(e, "58030");
      case 11, 26 -> new NonTransientError(e, "XX001");
      case 13 -> new NonTransientError(e, "53100");
      case 14 -> new NonTransientError(e, "58030");
      case 18 -> new DataError(e, "22001");
      case 19 -> new IntegrityError(e, "23000");
      case 20 -> new DataError(e, "22018");
      case 3, 23 -> new EngineError(e, "42501");
      case 25 -> new EngineError(e, "07009");
      default -> new EngineError(e, "HY000");
    };
  }

  /** The query timeout of a statement ran out. */
  static SQLException timeout(TursoException e) {
    return new TimeoutError(e, "57014");
  }

  private static String syntaxState(String message) {
    if (message.startsWith("no such table")) {
      return "42S02";
    }
    if (message.startsWith("no such column")) {
      return "42S22";
    }
    return "42000";
  }

  static SQLException connectionClosed() {
    return new SQLNonTransientConnectionException("the connection is closed", "08003");
  }

  static SQLException closed(String what) {
    return new SQLException("the " + what + " is closed", "HY010");
  }

  static SQLException misuse(String message) {
    return new SQLException(message, "HY000");
  }

  static SQLException badIndex(String message) {
    return new SQLException(message, "07009");
  }

  static SQLException overflow(Object value, String type) {
    return new SQLDataException("value " + value + " is out of range for " + type, "22003");
  }

  static SQLException notConvertible(Object value, String type) {
    return new SQLDataException("value \"" + value + "\" is not a valid " + type, "22018");
  }

  static SQLFeatureNotSupportedException notSupported(String what) {
    return new SQLFeatureNotSupportedException("not supported: " + what, "HYC00");
  }

  private static String name(TursoException e) {
    return "SQLITE_" + e.code().name();
  }

  private static final class EngineError extends SQLException implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    EngineError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }

  private static final class SyntaxError extends SQLSyntaxErrorException implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    SyntaxError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }

  private static final class ConnectionError extends SQLNonTransientConnectionException
      implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    ConnectionError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }

  private static final class IntegrityError extends SQLIntegrityConstraintViolationException
      implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    IntegrityError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }

  private static final class RollbackError extends SQLTransactionRollbackException
      implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    RollbackError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }

  private static final class TransientError extends SQLTransientException implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    TransientError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }

  private static final class NonTransientError extends SQLNonTransientException
      implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    NonTransientError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }

  private static final class DataError extends SQLDataException implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    DataError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }

  private static final class TimeoutError extends SQLTimeoutException implements TursoError {
    private static final long serialVersionUID = 1L;
    private final int extendedCode;
    private final String name;

    TimeoutError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.extendedCode = e.code().code();
      this.name = name(e);
    }

    @Override
    public int extendedResultCode() {
      return extendedCode;
    }

    @Override
    public String resultCodeName() {
      return name;
    }
  }
}
