package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.PAGE_SIZE;
import static dev.tursojdbc.storage.wal.WalFixture.pages;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.Fault;
import dev.tursojdbc.storage.file.FileOperation;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.RecordingFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Random;
import java.util.SortedMap;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power fails, or the process dies, behind every change to the disk in random workloads of
 * commits, spills, checkpoints and restarts. What is found afterwards is always what some commit
 * left, and under FULL no older one than the last that was acknowledged.
 */
class WalCrashTest {
  private static final int PAGES = 6;
  private static final List<CheckpointMode> MODES =
      List.copyOf(EnumSet.complementOf(EnumSet.of(CheckpointMode.NOOP)));

  @ParameterizedTest
  @EnumSource(SyncMode.class)
  void aCrashAnywhereLeavesACommittedPrefix(SyncMode mode) {
    for (int seed = 0; seed < 12; seed++) {
      new Workload(seed, mode).run().verifyEveryCrash(3);
    }
  }

  @Tag("crash")
  @Property(tries = 300)
  void aCrashAnywhereLeavesACommittedPrefixInManyWorkloads(
      @ForAll long seed, @ForAll SyncMode mode) {
    new Workload(seed, mode).run().verifyEveryCrash(10);
  }

  @ParameterizedTest
  @EnumSource(Fault.class)
  void aFailureAnywhereLosesNothingThatWasAcknowledged(Fault fault) {
    for (int seed = 0; seed < 6; seed++) {
      int last = new Workload(seed, SyncMode.FULL).run().operations();
      for (int n = 1; n <= last; n += 3) {
        Workload workload = new Workload(seed, SyncMode.FULL);
        workload.files.fail(fault, n, seed % 2 == 0);
        workload.run();
        workload.files.heal();
        workload.verifyNow();
        workload.verifyCrash(workload.files.changeCount(), n);
      }
    }
  }

  @Test
  void aLostHeaderDoesNotBringBackTheBeginningOfAnEarlierGeneration() {
    RecordingFileSystem files = new RecordingFileSystem();
    WalFixture fixture = new WalFixture(files);
    files.syncDirectory(WalFixture.DATABASE);
    fixture.commit(pages(1, 10));
    fixture.commit(pages(1, 11));
    fixture.checkpoint(CheckpointMode.FULL);
    try (Wal wal = fixture.connect()) {
      wal.beginRead();
      wal.beginWrite();
      WalFixture.commit(wal, pages(2, 20), SyncMode.NORMAL);
      WalFixture.commit(wal, pages(2, 21), SyncMode.NORMAL);
    }

    for (int seed = 0; seed < 500; seed++) {
      assertThat(Workload.read(files.crash(seed))).as("seed %d", seed).startsWith(11);
    }
  }

  /** How far the disk was changed when a commit began and when it returned. */
  private record Commit(int begun, int acknowledged, List<Integer> pages) {}

  private static final class Workload {
    final RecordingFileSystem files = new RecordingFileSystem();
    private final Random random;
    private final SyncMode mode;
    private final WalFixture fixture;
    private final List<Commit> commits = new ArrayList<>();

    /** Which commit was all in the database file when the disk had been changed so often. */
    private final NavigableMap<Integer, Integer> checkpoints = new TreeMap<>();

    private int nextContent = 1;

    /** A commit whose sync failed may be on the disk or not. */
    private List<Integer> inDoubt = List.of();

    Workload(long seed, SyncMode mode) {
      this.random = new Random(seed);
      this.mode = mode;
      this.fixture = new WalFixture(files);
      files.syncDirectory(WalFixture.DATABASE);
      commits.add(new Commit(files.changeCount(), files.changeCount(), List.of(0, 0, 0)));
    }

    /** Some thirty steps; a step that fails is given up. */
    Workload run() {
      for (int i = 0; i < 30; i++) {
        try {
          step();
        } catch (TursoException e) {
          // The disk failed, as the test wants; what was acknowledged is checked later.
          assertThat(files.faultCount()).isPositive();
        }
      }
      return this;
    }

    private void step() {
      int choice = random.nextInt(10);
      try (Wal wal = fixture.connect()) {
        if (choice < 3) {
          checkpoint(wal, MODES.get(random.nextInt(MODES.size())));
          return;
        }
        wal.beginRead();
        wal.beginWrite();
        SortedMap<Integer, Integer> changes = new TreeMap<>();
        if (choice < 6) {
          spill(wal, changes);
        }
        if (choice < 9) {
          commit(wal, changes);
        }
      }
    }

    /** Appends, rewrites and comes back to where it was, several times. */
    private void spill(Wal wal, SortedMap<Integer, Integer> changes) {
      SortedMap<Integer, Integer> frames = new TreeMap<>();
      int steps = 1 + random.nextInt(6);
      for (int i = 0; i < steps; i++) {
        WalPosition position = wal.position();
        boolean undone = i > 0 && random.nextInt(4) == 0;
        SortedMap<Integer, Integer> spilled = change();
        if (random.nextBoolean()) {
          // What is rewritten stays, what is appended may be undone.
          SortedMap<Integer, Integer> rewritten = new TreeMap<>();
          for (Map.Entry<Integer, Integer> entry : spilled.entrySet()) {
            Integer frame = frames.get(entry.getKey());
            if (frame != null) {
              rewritten.put(frame, entry.getValue());
              changes.put(entry.getKey(), entry.getValue());
            }
          }
          wal.rewrite(
              WalFixture.numbers(rewritten), WalFixture.images(rewritten), rewritten.size());
          spilled = change();
        }
        int frame = WalFixture.append(wal, spilled);
        if (undone) {
          wal.rollbackTo(position);
        } else {
          changes.putAll(spilled);
          for (int page : spilled.keySet()) {
            frames.put(page, frame++);
          }
        }
      }
    }

    private void checkpoint(Wal wal, CheckpointMode checkpointMode) {
      CheckpointResult result = wal.checkpoint(checkpointMode, BusyHandler.NONE, mode);
      if (!result.busy() && result.checkpointedFrames() == result.logFrames()) {
        checkpoints.put(files.changeCount(), commits.size() - 1);
      }
    }

    private SortedMap<Integer, Integer> change() {
      SortedMap<Integer, Integer> pages = new TreeMap<>();
      int count = 1 + random.nextInt(3);
      for (int i = 0; i < count; i++) {
        pages.put(1 + random.nextInt(newest().size()), nextContent++);
      }
      return pages;
    }

    private List<Integer> newest() {
      return commits.get(commits.size() - 1).pages;
    }

    private void commit(Wal wal, SortedMap<Integer, Integer> changes) {
      int pageCount = 1 + random.nextInt(PAGES);
      SortedMap<Integer, Integer> pages = change();
      for (int page = newest().size() + 1; page <= pageCount; page++) {
        pages.put(page, nextContent++);
      }
      pages.tailMap(pageCount + 1).clear();
      if (pages.isEmpty()) {
        pages.put(1, nextContent++);
      }
      changes.putAll(pages);
      List<Integer> contents = new ArrayList<>(newest());
      while (contents.size() < pageCount) {
        contents.add(0);
      }
      changes.forEach(
          (page, content) -> {
            if (page <= pageCount) {
              contents.set(page - 1, content);
            }
          });
      int begun = files.changeCount();
      List<Integer> result = List.copyOf(contents.subList(0, pageCount));
      try {
        wal.commit(
            WalFixture.numbers(pages), WalFixture.images(pages), pages.size(), pageCount, mode);
      } catch (TursoException e) {
        if (e.code() == ErrorCode.IOERR_FSYNC && inDoubt.isEmpty()) {
          inDoubt = result;
        }
        throw e;
      }
      commits.add(new Commit(begun, files.changeCount(), result));
    }

    int operations() {
      int sum = 0;
      for (FileOperation operation : FileOperation.values()) {
        sum += files.count(operation);
      }
      return sum;
    }

    void verifyEveryCrash(int seeds) {
      for (int change = commits.get(0).begun; change <= files.changeCount(); change++) {
        List<List<Integer>> allowed = allowed(change, true);
        assertThat(allowed).as("killed at change %d", change).contains(read(files.kill(change)));
        for (int seed = 0; seed < seeds; seed++) {
          verifyCrash(change, seed);
        }
      }
    }

    void verifyCrash(int change, long seed) {
      if (mode != SyncMode.OFF) {
        // Under NORMAL what was checkpointed is durable, and what came later may be lost.
        assertThat(allowed(change, mode != SyncMode.NORMAL))
            .as("crash at change %d, seed %d", change, seed)
            .contains(read(files.crash(change, seed)));
      }
    }

    /** The process goes on and sees its last commit. */
    void verifyNow() {
      try (Wal wal = fixture.connect()) {
        wal.beginRead();
        int pageCount = wal.snapshot().pageCount();
        List<Integer> contents = new ArrayList<>();
        for (int page = 1; page <= (pageCount == 0 ? 3 : pageCount); page++) {
          contents.add(fixture.read(wal, page));
        }
        assertThat(contents).isEqualTo(newest());
      }
    }

    /** What may be found if the disk got so many changes. */
    private List<List<Integer>> allowed(int change, boolean durable) {
      List<List<Integer>> allowed = new ArrayList<>();
      Map.Entry<Integer, Integer> checkpoint = checkpoints.floorEntry(change);
      int first = checkpoint == null ? 0 : checkpoint.getValue();
      for (Commit commit : commits.subList(first, commits.size())) {
        if (durable && commit.acknowledged <= change) {
          allowed.clear();
        }
        if (commit.begun <= change) {
          allowed.add(commit.pages);
        }
      }
      allowed.add(inDoubt);
      return allowed;
    }

    /** Recovers a disk; what is read through the log and from the file after it is copied agree. */
    private static List<Integer> read(MemoryFileSystem disk) {
      StorageFile database = disk.open(WalFixture.DATABASE, FileSystem.OpenMode.READ_WRITE);
      WalFileShared shared = WalFileShared.open(disk, database, WalFixture.LOG, PAGE_SIZE, false);
      List<Integer> contents = new ArrayList<>();
      byte[] image = new byte[PAGE_SIZE];
      try (Wal wal = shared.connect()) {
        wal.beginRead();
        int pageCount = wal.snapshot().pageCount();
        if (pageCount == 0) {
          pageCount = (int) (database.size() / PAGE_SIZE);
        }
        for (int page = 1; page <= pageCount; page++) {
          int frame = wal.findFrame(page);
          if (frame != 0) {
            wal.readFrame(frame, image);
          } else {
            database.read((page - 1L) * PAGE_SIZE, image, 0, PAGE_SIZE);
          }
          contents.add(WalFixture.content(image));
        }
      }
      shared.closeLast(SyncMode.FULL, true);
      List<Integer> inFile = new ArrayList<>();
      for (int page = 1; page <= database.size() / PAGE_SIZE; page++) {
        database.read((page - 1L) * PAGE_SIZE, image, 0, PAGE_SIZE);
        inFile.add(WalFixture.content(image));
      }
      assertThat(inFile).isEqualTo(contents);
      return contents;
    }
  }
}
