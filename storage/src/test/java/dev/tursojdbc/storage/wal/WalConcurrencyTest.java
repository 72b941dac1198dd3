package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.PAGE_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Threads that read, write, roll back and checkpoint at once. Each commit gives all pages the same
 * content, one more than before; so a reader that sees two different contents, or an older one than
 * it saw before, has no snapshot.
 */
class WalConcurrencyTest {
  private static final int PAGES = 5;

  /**
   * Writers wait while the log is longer, or else it would fill the memory: while they write, there
   * is always a reader that keeps the log from restarting.
   */
  private static final int MAX_FRAMES = 20_000;

  private final WalFixture fixture = new WalFixture();
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicInteger committed = new AtomicInteger();
  private final AtomicInteger snapshots = new AtomicInteger();
  private final AtomicInteger abandoned = new AtomicInteger();
  private final AtomicInteger restarts = new AtomicInteger();
  private final Queue<Throwable> failures = new ConcurrentLinkedQueue<>();

  @Test
  @Timeout(60)
  void everySnapshotIsOneCommit() throws InterruptedException {
    stress(1_500);
  }

  @Tag("slow")
  @Test
  @Timeout(120)
  void everySnapshotIsOneCommitForALongTime() throws InterruptedException {
    stress(60_000);
  }

  private void stress(long millis) throws InterruptedException {
    commitAll(fixture.connect());
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      threads.add(start(this::read));
    }
    for (int i = 0; i < 2; i++) {
      Random random = new Random(i);
      threads.add(start(() -> write(random)));
    }
    Random random = new Random(7);
    threads.add(start(() -> checkpoint(random)));
    Thread.sleep(millis);
    done.set(true);
    for (Thread thread : threads) {
      thread.join();
    }

    assertThat(failures).isEmpty();
    assertThat(committed.get()).isGreaterThan(50);
    assertThat(snapshots.get()).isGreaterThan(50);
    assertThat(restarts.get()).isPositive();
    assertThat(abandoned.get()).isPositive();
    WalStatistics statistics = fixture.shared.statistics();
    assertThat(statistics.heldMarks()).isEmpty();
    assertThat(statistics.writerHeld()).isFalse();
    fixture.reopen();
    assertThat(fixture.read(1)).isEqualTo(committed.get() & 0xFFFF);
  }

  private Thread start(Runnable body) {
    Thread thread =
        new Thread(
            () -> {
              try {
                while (!done.get()) {
                  body.run();
                }
              } catch (RuntimeException | Error e) {
                failures.add(e);
                done.set(true);
              }
            });
    thread.start();
    return thread;
  }

  private void read() {
    int last = 0;
    try (Wal wal = fixture.connect()) {
      for (int i = 0; i < 20; i++) {
        wal.beginRead();
        int first = fixture.read(wal, 1);
        for (int page = PAGES; page > 1; page--) {
          assertThat(fixture.read(wal, page)).isEqualTo(first);
        }
        wal.endRead();
        if (i > 0) {
          assertThat(first - last & 0xFFFF).isLessThan(0x8000);
        }
        last = first;
        snapshots.incrementAndGet();
      }
    }
  }

  @SuppressWarnings("ThreadPriorityCheck") // Whoever shortens the log is to have his turn.
  private void write(Random random) {
    if (fixture.shared.statistics().maxFrame() > MAX_FRAMES) {
      LockSupport.parkNanos(100_000);
      return;
    }
    try (Wal wal = fixture.connect()) {
      wal.beginRead();
      wal.beginWrite();
      if (random.nextInt(4) == 0) {
        // Something that must never be seen, since the next writer takes its frame numbers.
        wal.append(new int[] {2, 1}, new byte[][] {new byte[PAGE_SIZE], new byte[PAGE_SIZE]}, 2);
        if (random.nextBoolean()) {
          abandoned.incrementAndGet();
          return;
        }
        wal.rollback();
      }
      commit(wal);
    } catch (TursoException e) {
      assertThat(e.code()).isIn(ErrorCode.BUSY, ErrorCode.BUSY_SNAPSHOT);
      Thread.onSpinWait();
    }
  }

  private void commitAll(Wal wal) {
    wal.beginRead();
    wal.beginWrite();
    commit(wal);
    wal.close();
  }

  private void commit(Wal wal) {
    int content = committed.get() + 1;
    int[] numbers = new int[PAGES];
    byte[][] images = new byte[PAGES][];
    for (int i = 0; i < PAGES; i++) {
      numbers[i] = i + 1;
      images[i] = WalFixture.image(content & 0xFFFF);
    }
    // The first pages as a spill.
    wal.append(numbers, images, 2);
    int[] rest = {3, 4, 5};
    wal.commit(rest, new byte[][] {images[2], images[3], images[4]}, 3, PAGES, SyncMode.NORMAL);
    committed.set(content);
  }

  private void checkpoint(Random random) {
    List<CheckpointMode> modes = List.copyOf(EnumSet.complementOf(EnumSet.of(CheckpointMode.NOOP)));
    long before = fixture.shared.statistics().generation();
    fixture.checkpoint(modes.get(random.nextInt(modes.size())), attempt -> attempt < 50);
    if (fixture.shared.statistics().generation() != before) {
      restarts.incrementAndGet();
    }
  }
}
