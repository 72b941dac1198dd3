package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.concurrent.locks.LockSupport;

/**
 * How often and how fast a reader that was disturbed starts again: SQLite's numbers. What disturbs
 * is somebody's single step, so the first tries follow at once; all of them take some ten seconds.
 */
final class Retry {
  private static final int IMMEDIATE = 5;
  private static final int YIELDING = 9;
  private static final int LAST = 100;
  private static final long STEP_NANOS = 39_000;

  private Retry() {}

  /**
   * Waits before a try.
   *
   * @param attempt how often was tried before
   * @throws TursoException PROTOCOL if it was tried often enough
   */
  @SuppressWarnings("ThreadPriorityCheck") // Another thread is about to finish, if it runs.
  static void pauseBefore(int attempt) {
    if (attempt <= IMMEDIATE) {
      return;
    }
    if (attempt <= YIELDING) {
      Thread.yield();
    } else if (attempt <= LAST) {
      long step = (long) attempt - YIELDING;
      sleep(step * step * STEP_NANOS);
    } else {
      throw new TursoException(ErrorCode.PROTOCOL);
    }
  }

  /** Sleeps the whole time even if the thread is interrupted; the flag is kept. */
  private static void sleep(long nanos) {
    boolean interrupted = false;
    long end = System.nanoTime() + nanos;
    for (long left = nanos; left > 0; left = end - System.nanoTime()) {
      LockSupport.parkNanos(left);
      interrupted |= Thread.interrupted();
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
