package dev.tursojdbc.sql;

import dev.tursojdbc.storage.wal.BusyHandler;

/**
 * Waits for a lock as SQLite's {@code busy_timeout} does: ever longer pauses, until their sum
 * reaches the limit.
 */
final class BusyTimeout implements BusyHandler {
  private static final int[] DELAYS = {1, 2, 5, 10, 15, 20, 25, 25, 25, 50, 50, 100};

  private final Interrupt interrupt;
  private int timeoutMillis;

  BusyTimeout(Interrupt interrupt) {
    this.interrupt = interrupt;
  }

  int timeoutMillis() {
    return timeoutMillis;
  }

  void setTimeoutMillis(int millis) {
    timeoutMillis = Math.max(0, millis);
  }

  /** {@link System#nanoTime} at which somebody who begins to wait now has to give up. */
  long deadline() {
    return System.nanoTime() + timeoutMillis * 1_000_000L;
  }

  @Override
  public boolean retry(int attempt) {
    long waited = 0;
    for (int i = 0; i < Math.min(attempt, DELAYS.length); i++) {
      waited += DELAYS[i];
    }
    int last = DELAYS[DELAYS.length - 1];
    waited += (long) last * Math.max(0, attempt - DELAYS.length);
    long delay = attempt < DELAYS.length ? DELAYS[attempt] : last;
    delay = Math.min(delay, timeoutMillis - waited);
    return delay > 0 && !interrupt.isRaised() && sleep(delay);
  }

  /** An interrupted thread stops waiting and keeps its interrupt flag. */
  private static boolean sleep(long millis) {
    try {
      Thread.sleep(millis);
      return true;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return false;
    }
  }
}
