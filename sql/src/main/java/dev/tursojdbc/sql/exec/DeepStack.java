package dev.tursojdbc.sql.exec;

import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The stack on which changes go on that are set off by very many others: that of a thread which
 * does nothing else, while the connection's own waits.
 *
 * <p>The usual stack of a thread, 1 MiB, bears some 800 simple triggers that fire each other;
 * SQLite allows {@link ChangeBuilder#MAX_DEPTH} of any kind.
 */
final class DeepStack {
  /** How many changes are nested when the other thread takes over. */
  static final int DEPTH = 200;

  /** Only what is used of it takes memory. */
  private static final long STACK_BYTES = 256L << 20;

  private final BooleanSupplier action;
  private boolean result;
  private @Nullable RuntimeException failure;
  private @Nullable Error error;

  private DeepStack(BooleanSupplier action) {
    this.action = action;
  }

  /** Calls the action there, and answers or throws what it does. */
  static boolean call(BooleanSupplier action) {
    DeepStack call = new DeepStack(action);
    Thread thread = new Thread(null, call::run, Thread.currentThread().getName(), STACK_BYTES);
    thread.setDaemon(true);
    thread.start();
    await(thread);
    if (call.failure != null) {
      throw call.failure;
    }
    if (call.error != null) {
      throw call.error;
    }
    return call.result;
  }

  private void run() {
    try {
      result = action.getAsBoolean();
    } catch (RuntimeException thrown) {
      failure = thrown;
    } catch (StackOverflowError | OutOfMemoryError | AssertionError thrown) {
      error = thrown;
    }
  }

  /** To be interrupted means nothing to a statement. */
  private static void await(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
