package dev.tursojdbc.storage.wal;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Gives the locks of read-marks back that nobody uses any more: a process that has done its reading
 * may never call us again, and others must not wait for it.
 *
 * <p>One thread for all databases looks after the locks every 20 ms, as long as any is kept; a lock
 * that was not used between two looks goes. So none is kept for longer than 40 ms, or what the
 * scheduler makes of it, after its last use. The thread ends when nothing was kept for a while.
 */
final class LockKeeper implements Runnable {
  private static final long PERIOD_MILLIS = 20;
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  private static final Set<SharedMarkLock> WATCHED = new HashSet<>();
  private static @Nullable Thread thread;

  private LockKeeper() {}

  /** Looks after a lock that is kept from now on. */
  static void watch(SharedMarkLock lock) {
    synchronized (WATCHED) {
      if (WATCHED.add(lock)) {
        if (thread == null) {
          start();
        } else {
          WATCHED.notifyAll();
        }
      }
    }
  }

  private static void start() {
    Thread started = new Thread(null, new LockKeeper(), "turso-jdbc locks", 0, false);
    started.setDaemon(true);
    // It outlives whoever happens to start it.
    started.setContextClassLoader(null);
    started.start();
    thread = started;
  }

  /** However it ends, the next lock to be watched starts another thread. */
  @Override
  public void run() {
    try {
      while (awaitLocks()) {
        Thread.sleep(PERIOD_MILLIS);
        for (SharedMarkLock lock : takeAll()) {
          if (lock.releaseIfIdle()) {
            watch(lock);
          }
        }
      }
    } catch (InterruptedException e) {
      // Somebody ends all threads that he finds.
      Thread.currentThread().interrupt();
    } finally {
      end();
    }
  }

  /**
   * Waits until there is something to do.
   *
   * @return false if there has been nothing for long, and the thread is not the keeper any more
   */
  private static boolean awaitLocks() throws InterruptedException {
    synchronized (WATCHED) {
      long end = System.nanoTime() + IDLE_NANOS;
      while (WATCHED.isEmpty()) {
        long left = TimeUnit.NANOSECONDS.toMillis(end - System.nanoTime());
        if (left <= 0) {
          thread = null;
          return false;
        }
        WATCHED.wait(left);
      }
      return true;
    }
  }

  private static void end() {
    synchronized (WATCHED) {
      if (thread == Thread.currentThread()) {
        thread = null;
      }
    }
  }

  /** A lock is taken out before it is looked at, so that one that is kept anew meanwhile stays. */
  private static List<SharedMarkLock> takeAll() {
    synchronized (WATCHED) {
      List<SharedMarkLock> all = List.copyOf(WATCHED);
      WATCHED.clear();
      return all;
    }
  }
}
