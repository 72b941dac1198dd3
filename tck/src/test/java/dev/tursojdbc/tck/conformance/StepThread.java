package dev.tursojdbc.tck.conformance;

import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * The thread on which the steps of one file run, so that a step that hangs costs one test and not
 * the run.
 *
 * <p>A step that is over its limit is cancelled; one that does not end even then is abandoned with
 * its thread, and the next step gets a new one. Some statements nest a thousand levels deep, hence
 * the large stack.
 */
final class StepThread implements AutoCloseable {
  private static final long STACK_BYTES = 8L << 20;
  private static final long STEP_SECONDS = Long.getLong("tck.step.seconds", 60);
  private static final long FILE_SECONDS = Long.getLong("tck.file.seconds", 1200);
  private static final long GRACE_SECONDS = 5;

  /** What a step does; it tells its statement, so that it can be cancelled. */
  interface Step<T> {
    T run(StepThread thread) throws SQLException;
  }

  /** A step did not end within its limit. */
  static final class Hung extends SQLException {
    private static final long serialVersionUID = 1;

    private final boolean abandoned;

    Hung(String message, boolean abandoned) {
      super(message);
      this.abandoned = abandoned;
    }

    /** Whether the step still runs, so that its connection cannot be used again. */
    boolean isAbandoned() {
      return abandoned;
    }
  }

  private final String name;
  private final long stepSeconds;
  private final long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(FILE_SECONDS);
  private volatile @Nullable Statement statement;
  private volatile @Nullable Thread thread;
  private ExecutorService executor;

  StepThread(String name) {
    this(name, STEP_SECONDS);
  }

  StepThread(String name, long stepSeconds) {
    this.name = name;
    this.stepSeconds = stepSeconds;
    this.executor = newExecutor();
  }

  private ExecutorService newExecutor() {
    return Executors.newSingleThreadExecutor(
        task -> {
          Thread created = new Thread(null, task, name, STACK_BYTES);
          created.setDaemon(true);
          thread = created;
          return created;
        });
  }

  /** Whether the file has used up its time: what is left of it is not to be run. */
  boolean isOverdue() {
    return System.nanoTime() - end > 0;
  }

  /** The running step names the statement that cancels it. */
  <S extends Statement> S running(S running) {
    statement = running;
    return running;
  }

  /**
   * Runs a step.
   *
   * @throws SQLException the step's own, or {@link Hung}
   */
  <T> T run(Step<T> step) throws SQLException {
    statement = null;
    Future<T> result = executor.submit(() -> step.run(this));
    try {
      try {
        return result.get(stepSeconds, TimeUnit.SECONDS);
      } catch (TimeoutException late) {
        throw cancelled(result);
      }
    } catch (InterruptedException e) {
      throw new IllegalStateException("the run was interrupted", e);
    } catch (ExecutionException e) {
      Throwable cause = e.getCause();
      if (cause instanceof SQLException failure) {
        throw failure;
      }
      if (cause instanceof Error error) {
        throw error;
      }
      throw (RuntimeException) cause;
    }
  }

  private <T> Hung cancelled(Future<T> result) throws InterruptedException {
    StringBuilder place = new StringBuilder();
    Thread running = thread;
    if (running != null) {
      for (StackTraceElement element : running.getStackTrace()) {
        if (place.length() < 600) {
          place.append(place.length() == 0 ? "" : " < ").append(element);
        }
      }
    }
    String message = "no end within " + stepSeconds + " s, at " + place;
    try {
      Statement cancel = statement;
      if (cancel != null) {
        cancel.cancel();
      }
      result.get(GRACE_SECONDS, TimeUnit.SECONDS);
      return new Hung(message, false);
    } catch (ExecutionException | SQLException e) {
      return new Hung(message, false);
    } catch (TimeoutException e) {
      executor.shutdownNow();
      executor = newExecutor();
      return new Hung("cannot be cancelled, " + message, true);
    }
  }

  @Override
  public void close() {
    executor.shutdown();
  }
}
