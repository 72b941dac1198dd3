package dev.tursojdbc.storage.pager;

import static dev.tursojdbc.storage.page.PageBytes.getInt;
import static dev.tursojdbc.storage.page.PageBytes.putInt;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.wal.CheckpointMode;
import dev.tursojdbc.storage.wal.WalAutoActions;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Readers, writers and checkpoints at the same time. Each commit writes one number to all pages.
 */
class PagerConcurrencyTest {
  private static final int PAGES = 40;
  private static final int OFFSET = 128;
  private static final int COMMITS_PER_WRITER = 150;

  private final MemoryFileSystem fileSystem = new MemoryFileSystem();
  private final AtomicInteger writersAtWork = new AtomicInteger();

  private Pager connect() {
    return DatabaseFile.connect(fileSystem, "test.db", new OpenOptions(false, true, false, 512));
  }

  private static void writeAll(Pager pager, int value) {
    for (int i = 2; i <= PAGES; i++) {
      putInt(pager.writable(i), OFFSET, value);
    }
  }

  private static int readAll(Pager pager) {
    int value = getInt(pager.page(2), OFFSET);
    for (int i = 3; i <= PAGES; i++) {
      assertThat(getInt(pager.page(i), OFFSET)).isEqualTo(value);
    }
    return value;
  }

  private void makeDatabase(Pager pager) {
    pager.beginRead();
    pager.beginWrite();
    for (int i = 2; i <= PAGES; i++) {
      pager.allocate(0);
    }
    pager.commit();
    pager.endRead();
  }

  /** Takes the write turn as the layer above does it. */
  static void beginWrite(Pager pager) {
    while (true) {
      pager.beginRead();
      try {
        pager.beginWrite();
        return;
      } catch (TursoException e) {
        assertThat(e.code().primaryCode()).isEqualTo(ErrorCode.BUSY.code());
        pager.endRead();
        assertThat(pager.awaitWriterTurn(TimeUnit.SECONDS.toNanos(20))).isTrue();
      }
    }
  }

  private Void write() {
    try (Pager pager = connect()) {
      pager.settings().setAutoActions(new WalAutoActions(200, true, -1));
      for (int i = 0; i < COMMITS_PER_WRITER; i++) {
        beginWrite(pager);
        writeAll(pager, readAll(pager) + 1);
        if (i % 5 == 4) {
          pager.rollback();
        } else {
          pager.commit();
        }
        pager.endRead();
      }
    } finally {
      writersAtWork.decrementAndGet();
    }
    return null;
  }

  private Void read() {
    try (Pager pager = connect()) {
      int last = 0;
      while (writersAtWork.get() > 0) {
        pager.beginRead();
        int value = readAll(pager);
        assertThat(value).isGreaterThanOrEqualTo(last);
        assertThat(readAll(pager)).isEqualTo(value);
        last = value;
        pager.endRead();
      }
    }
    return null;
  }

  private Void checkpoint() {
    try (Pager pager = connect()) {
      List<CheckpointMode> modes = List.of(CheckpointMode.values());
      for (int i = 0; writersAtWork.get() > 0; i++) {
        pager.checkpoint(modes.get(i % modes.size()));
        LockSupport.parkNanos(1000);
      }
    }
    return null;
  }

  @ParameterizedTest
  @ValueSource(longs = {1 << 20, 20 * 512})
  void everySnapshotIsWholeAndNoCommitGetsLost(long cacheBudget) throws Exception {
    try (Pager pager = connect()) {
      pager.database().setCacheBudget(cacheBudget);
      makeDatabase(pager);
      writersAtWork.set(2);
      List<Callable<Void>> tasks =
          List.of(this::write, this::write, this::read, this::read, this::read, this::checkpoint);
      ExecutorService threads = Executors.newFixedThreadPool(tasks.size());
      try {
        List<Future<Void>> results = new ArrayList<>();
        for (Callable<Void> task : tasks) {
          results.add(threads.submit(task));
        }
        for (Future<Void> result : results) {
          result.get(60, TimeUnit.SECONDS);
        }
      } finally {
        threads.shutdownNow();
      }

      pager.beginRead();
      assertThat(readAll(pager)).isEqualTo(2 * COMMITS_PER_WRITER / 5 * 4);
      pager.endRead();
    }
  }

  @Test
  void whoQueuesGoesFirst() throws Exception {
    try (Pager first = connect();
        Pager queued = connect();
        Pager late = connect()) {
      makeDatabase(first);
      beginWrite(first);
      ExecutorService threads = Executors.newSingleThreadExecutor();
      try {
        Future<Boolean> turn =
            threads.submit(() -> queued.awaitWriterTurn(TimeUnit.SECONDS.toNanos(20)));
        while (!first.database().writerQueue().isQueued(queued)) {
          Thread.onSpinWait();
        }
        first.rollback();
        late.beginRead();
        boolean lateGotIt = tryWrite(late);

        assertThat(turn.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(lateGotIt).isFalse();
        queued.beginRead();
        assertThat(tryWrite(queued)).isTrue();
      } finally {
        threads.shutdownNow();
      }
    }
  }

  @Test
  void whoQueuedAndWentAwayStopsNobodyForLong() {
    try (Pager first = connect();
        Pager gone = connect();
        Pager other = connect()) {
      makeDatabase(first);
      beginWrite(first);
      assertThat(gone.awaitWriterTurn(1)).isFalse();
      first.rollback();

      assertThat(other.awaitWriterTurn(TimeUnit.SECONDS.toNanos(20))).isTrue();
      other.beginRead();
      assertThat(tryWrite(other)).isTrue();
    }
  }

  @Test
  void anInterruptedThreadStopsWaitingAndKeepsItsFlag() {
    try (Pager first = connect();
        Pager other = connect()) {
      makeDatabase(first);
      beginWrite(first);
      Thread.currentThread().interrupt();

      assertThat(other.awaitWriterTurn(TimeUnit.SECONDS.toNanos(20))).isFalse();

      assertThat(Thread.interrupted()).isTrue();
    }
  }

  private static boolean tryWrite(Pager pager) {
    try {
      pager.beginWrite();
      return true;
    } catch (TursoException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.BUSY);
      return false;
    }
  }
}
