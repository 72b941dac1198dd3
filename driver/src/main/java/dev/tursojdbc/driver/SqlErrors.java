package dev.tursojdbc.driver;

import dev.tursojdbc.api.TursoError;
import dev.tursojdbc.sql.SqlOffset;
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
import java.util.List;

/**
 * Turns the engine's failures into SQLExceptions: class and SQLState by result code, the primary
 * code as vendor code, SQLite's words as the message.
 *
 * <p>States of class 08 are used only where the connection is unusable, and 0A000 never, because
 * pools close a connection that shows them. A lock that stays taken is transient (40001), not a
 * timeout, for the same reason.
 */
final class SqlErrors {
  /** The vendor code of calls that JDBC or the driver does not allow. */
  private static final int MISUSE = ErrorCode.MISUSE.code();

  private SqlErrors() {}

  /**
   * A failure while a statement is compiled.
   *
   * @param from index in the text at which the statement began
   */
  static SQLException preparing(TursoException e, int from) {
    if (e.code() == ErrorCode.ERROR) {
      int offset = SqlOffset.of(e);
      return new SyntaxError(
          e, syntaxState(String.valueOf(e.getMessage())), offset < 0 ? -1 : from + offset);
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
      case 10, 14 -> new NonTransientError(e, "58030");
      case 11, 26 -> new NonTransientError(e, "XX001");
      case 13 -> new NonTransientError(e, "53100");
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

  /** A value that a connection property or URL parameter cannot have. */
  static SQLException badSetting(String key, String value, List<String> choices) {
    String hint = choices.isEmpty() ? "" : "; it may be " + String.join(", ", choices);
    return new SQLNonTransientConnectionException(
        "bad value for " + key + ": \"" + value + "\"" + hint, "08001", MISUSE);
  }

  /** A connection that cannot be made as asked for. */
  static SQLException badUrl(String message) {
    return new SQLNonTransientConnectionException(message, "08001", MISUSE);
  }

  /** A URI that SQLite would refuse in these words. */
  static SQLException badUri(String message) {
    return new SQLNonTransientConnectionException(message, "08001", ErrorCode.ERROR.code());
  }

  static SQLException connectionClosed() {
    return new SQLNonTransientConnectionException("the connection is closed", "08003", MISUSE);
  }

  static SQLException closed(String what) {
    return new SQLException("the " + what + " is closed", "HY010", MISUSE);
  }

  static SQLException misuse(String message) {
    return new SQLException(message, "HY000", MISUSE);
  }

  static SQLException badIndex(String message) {
    return new SQLException(message, "07009", ErrorCode.RANGE.code());
  }

  /** A position or length outside of what there is. */
  static SQLException badLength(String message) {
    return new SQLDataException(message, "22003", ErrorCode.RANGE.code());
  }

  static SQLException notOnRow() {
    return new SQLException("the result set is not on a row", "24000", MISUSE);
  }

  static SQLException noSuchKeyColumn(String name) {
    return new SQLSyntaxErrorException(
        "no such column for keys: " + name, "42S22", ErrorCode.ERROR.code());
  }

  static SQLException parameterNotSet(int parameterNumber) {
    return new SQLException("parameter " + parameterNumber + " is not set", "07001", MISUSE);
  }

  static SQLException overflow(Object value, String type) {
    return new SQLDataException(
        "value " + value + " is out of range for " + type, "22003", ErrorCode.MISMATCH.code());
  }

  static SQLException notConvertible(Object value, String type) {
    return new SQLDataException(
        "value \"" + value + "\" is not a valid " + type, "22018", ErrorCode.MISMATCH.code());
  }

  static SQLFeatureNotSupportedException notSupported(String what) {
    return new SQLFeatureNotSupportedException("not supported: " + what, "HYC00");
  }

  /**
   * What makes the exceptions below ours: java.sql has a class for each kind of failure, and the
   * engine's failure, which is the cause, tells the rest.
   */
  private interface FromEngine extends TursoError {
    Throwable getCause();

    private TursoException failure() {
      return (TursoException) getCause();
    }

    @Override
    default int extendedResultCode() {
      return failure().code().code();
    }

    @Override
    default String resultCodeName() {
      return "SQLITE_" + failure().code().name();
    }

    @Override
    default int sqlOffset() {
      return -1;
    }
  }

  private static final class EngineError extends SQLException implements FromEngine {
    private static final long serialVersionUID = 1L;

    EngineError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
    }
  }

  private static final class SyntaxError extends SQLSyntaxErrorException implements FromEngine {
    private static final long serialVersionUID = 1L;
    private final int offset;

    SyntaxError(TursoException e, String state, int offset) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
      this.offset = offset;
    }

    @Override
    public int sqlOffset() {
      return offset;
    }
  }

  private static final class ConnectionError extends SQLNonTransientConnectionException
      implements FromEngine {
    private static final long serialVersionUID = 1L;

    ConnectionError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
    }
  }

  private static final class IntegrityError extends SQLIntegrityConstraintViolationException
      implements FromEngine {
    private static final long serialVersionUID = 1L;

    IntegrityError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
    }
  }

  private static final class RollbackError extends SQLTransactionRollbackException
      implements FromEngine {
    private static final long serialVersionUID = 1L;

    RollbackError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
    }
  }

  private static final class TransientError extends SQLTransientException implements FromEngine {
    private static final long serialVersionUID = 1L;

    TransientError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
    }
  }

  private static final class NonTransientError extends SQLNonTransientException
      implements FromEngine {
    private static final long serialVersionUID = 1L;

    NonTransientError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
    }
  }

  private static final class DataError extends SQLDataException implements FromEngine {
    private static final long serialVersionUID = 1L;

    DataError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
    }
  }

  private static final class TimeoutError extends SQLTimeoutException implements FromEngine {
    private static final long serialVersionUID = 1L;

    TimeoutError(TursoException e, String state) {
      super(e.getMessage(), state, e.code().primaryCode(), e);
    }
  }
}
