package dev.tursojdbc.storage.file;

import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.AbstractExecutorService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * Runs each task in the thread that hands it over.
 *
 * <p>An {@link java.nio.channels.AsynchronousFileChannel} with this executor does its input and
 * output in the caller, as a {@link java.nio.channels.FileChannel} does and as fast, but {@link
 * Thread#interrupt()} does not close it. That matters twice over: a closed channel fails every
 * connection, and closing any descriptor of a file drops all POSIX locks that the process has on
 * it.
 *
 * <p>On Windows such channels complete through a port that needs threads of its own; there a small
 * pool that nobody interrupts serves all files.
 */
final class CallingThread extends AbstractExecutorService {
  private static final boolean WINDOWS =
      System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
  private static final int WINDOWS_THREADS = 4;

  private CallingThread() {}

  static boolean isWindows() {
    return WINDOWS;
  }

  /** The executor for channels: this one, or the pool on Windows. */
  static ExecutorService forChannels() {
    return Holder.EXECUTOR;
  }

  private static final class Holder {
    static final ExecutorService EXECUTOR = WINDOWS ? pool() : new CallingThread();

    private static ExecutorService pool() {
      return Executors.newFixedThreadPool(
          WINDOWS_THREADS,
          task -> {
            Thread thread = new Thread(task, "turso-jdbc file");
            thread.setDaemon(true);
            return thread;
          });
    }
  }

  /**
   * The result of an operation that another thread carries out, or that has been carried out
   * already. An interrupt must not cut the waiting short, because a buffer goes to somebody else
   * afterwards.
   */
  static <T> T await(Future<T> operation) throws IOException {
    boolean interrupted = false;
    try {
      while (true) {
        try {
          return operation.get();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    } catch (ExecutionException e) {
      if (e.getCause() instanceof IOException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  @Override
  public void execute(Runnable task) {
    task.run();
  }

  @Override
  public void shutdown() {
    // One executor serves all channels for the life of the process.
  }

  @Override
  public List<Runnable> shutdownNow() {
    return List.of();
  }

  @Override
  public boolean isShutdown() {
    return false;
  }

  @Override
  public boolean isTerminated() {
    return false;
  }

  @Override
  public boolean awaitTermination(long timeout, TimeUnit unit) {
    return false;
  }
}
