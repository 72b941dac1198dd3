package dev.tursojdbc.storage.file;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A place in the code at which the next thread that gets there waits until it may go on. */
public final class StopPoint {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final String name;
  private final CountDownLatch reached = new CountDownLatch(1);
  private final CountDownLatch resumed = new CountDownLatch(1);

  StopPoint(String name) {
    this.name = name;
  }

  /** Waits until a thread stands here. */
  public void awaitReached() {
    await(reached, "nobody reached ");
  }

  /** Lets the thread go on; one that comes later does not stop. */
  public void resume() {
    resumed.countDown();
  }

  void stop() {
    reached.countDown();
    await(resumed, "nobody resumed the thread at ");
  }

  private void await(CountDownLatch latch, String complaint) {
    boolean interrupted = false;
    try {
      long deadline = System.nanoTime() + PATIENCE.toNanos();
      while (true) {
        try {
          if (!latch.await(deadline - System.nanoTime(), TimeUnit.NANOSECONDS)) {
            throw new AssertionError(complaint + name);
          }
          return;
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
