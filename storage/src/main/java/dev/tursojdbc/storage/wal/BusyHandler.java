package dev.tursojdbc.storage.wal;

/** Decides whether to go on waiting for a lock, and does the waiting. */
@FunctionalInterface
public interface BusyHandler {
  /** Gives up at once. */
  BusyHandler NONE = attempt -> false;

  /**
   * Called when a lock is taken.
   *
   * @param attempt how often it was called in this operation before
   * @return true to try again (after having slept), false to give up
   */
  boolean retry(int attempt);
}
