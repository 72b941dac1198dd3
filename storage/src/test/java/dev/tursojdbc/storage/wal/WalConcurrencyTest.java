package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.PAGE_SIZE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.FileSystem.OpenMode;
import dev.tursojdbc.storage.file.SharedDisk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
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

  private WalFixture fixture = new WalFixture();

  /** The log of a second process, if there is one. */
  private @Nullable WalFileShared other;

  private final AtomicInteger connections = new AtomicInteger();
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

  @Test
  @Timeout(60)
  void everySnapshotIsOneCommitAlsoIfTwoProcessesShareTheLog() throws InterruptedException {
    shareLog();
    stress(1_500);
  }

  @Tag("slow")
  @Test
  @Timeout(120)
  void everySnapshotIsOneCommitForALongTimeAlsoIfTwoProcessesShareTheLog()
      throws InterruptedException {
    shareLog();
    stress(60_000);
  }

  private void shareLog() {
    SharedDisk disk = new SharedDisk(16 << 20);
    fixture = new WalFixture(disk.process());
    fixture.shared = openShared(fixture.fileSystem);
    other = openShared(disk.process());
  }

  private WalFileShared openShared(FileSystem files) {
    return WalFileShared.openShared(
        files,
        files.open(WalFixture.DATABASE, OpenMode.READ_WRITE),
        WalFixture.LOG,
        "/test.db-shm",
        PAGE_SIZE);
  }

  /** A connection of one of the processes. */
  private Wal connect() {
    WalFileShared second = other;
    return second != null && connections.getAndIncrement() % 2 == 0
        ? second.connect()
        : fixture.connect();
  }

  private void stress(long millis) throws InterruptedException {
    commitAll(connect());
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
    // On a busy machine it takes longer until a checkpoint finds the log free of readers.
    for (int i = 0; restarts.get() == 0 && failures.isEmpty() && i < 200; i++) {
      Thread.sleep(100);
    }
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
    WalFileShared second = other;
    if (second != null) {
      assertThat(second.statistics().heldMarks()).isEmpty();
      second.leave();
    }
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
    try (Wal wal = connect()) {
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
    try (Wal wal = connect()) {
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
    try (Wal wal = connect()) {
      CheckpointMode mode = modes.get(random.nextInt(modes.size()));
      wal.checkpoint(mode, attempt -> attempt < 50, SyncMode.FULL);
    }
    if (fixture.shared.statistics().generation() != before) {
      restarts.incrementAndGet();
    }
  }
}
