package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.Locale;

/**
 * Words an operating system's refusal: SQLite's message, then what was tried, where and why.
 *
 * <pre>
 *   disk I/O error (read of 4096 bytes at 8192 in /data/app.db: Input/output error)
 * </pre>
 *
 * <p>A full disk and an exhausted quota are told from other errors by the operating system's words,
 * because Java passes no error number on.
 */
final class FileFailure {
  private FileFailure() {}

  static TursoException of(ErrorCode code, String operation, String path, IOException cause) {
    return new TursoException(
        code, code.message() + " (" + operation + " " + path + ": " + reason(cause) + ")", cause);
  }

  static TursoException at(
      ErrorCode code, String operation, long count, long position, String path, IOException cause) {
    return of(code, operation + " of " + count + " bytes at " + position + " in", path, cause);
  }

  /** The code for a failed write: FULL if there is no room, else IOERR_WRITE. */
  static ErrorCode writeCode(IOException cause) {
    return isDiskFull(cause) ? ErrorCode.FULL : ErrorCode.IOERR_WRITE;
  }

  static boolean isDiskFull(IOException cause) {
    String message = cause.getMessage();
    if (message == null) {
      return false;
    }
    String lower = message.toLowerCase(Locale.ROOT);
    return lower.contains("no space left")
        || lower.contains("not enough space")
        || lower.contains("quota exceeded");
  }

  private static String reason(IOException cause) {
    String reason =
        cause instanceof FileSystemException failure ? failure.getReason() : cause.getMessage();
    return reason != null ? reason : cause.getClass().getSimpleName();
  }
}
