package dev.tursojdbc.storage.file;

/**
 * The simulated machine has lost power. Thrown by the operation at which it happened and by all
 * later ones. An error, so that no code under test handles it as a failure.
 */
public final class CrashError extends Error {
  private static final long serialVersionUID = 1L;

  CrashError(String message) {
    super(message);
  }
}
