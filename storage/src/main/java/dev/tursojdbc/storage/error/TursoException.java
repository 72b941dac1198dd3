package dev.tursojdbc.storage.error;

/**
 * A failure that the caller or the world caused: a lock is taken, a constraint does not hold, the
 * disk is full.
 *
 * <p>The message is SQLite's where SQLite has one. The driver turns this into an SQLException;
 * nobody below it does.
 */
public class TursoException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /** A failure in SQLite's standard words for the code. */
  public TursoException(ErrorCode code) {
    this(code, code.message());
  }

  public TursoException(ErrorCode code, String message) {
    super(message);
    this.code = code;
  }

  public TursoException(ErrorCode code, String message, Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /** The failure of something SQLite can do and this engine cannot yet. */
  public static TursoException notSupported(String what) {
    return new TursoException(ErrorCode.ERROR, "not supported yet: " + what);
  }

  public ErrorCode code() {
    return code;
  }
}
