package dev.tursojdbc.storage.wal;

import static dev.tursojdbc.storage.wal.WalFixture.PAGE_SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.SharedDisk;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A log with five connections, and the list of committed versions that they should see. A number
 * says which connection does what next; what cannot be done in its state is replaced by what can.
 */
final class WalModel {
  private static final int CONNECTIONS = 5;
  private static final int MAX_PAGES = 9;
  private static final List<CheckpointMode> MODES =
      List.copyOf(EnumSet.complementOf(EnumSet.of(CheckpointMode.NOOP)));
  private static final List<SyncMode> SYNC_MODES = List.of(SyncMode.values());

  /** A version of the database: its pages' contents in order. */
  private record Version(List<Integer> pages) {
    Version {
      pages = List.copyOf(pages);
    }
  }

  /** A savepoint with the content and the newest frame of each page changed until then. */
  private record Savepoint(
      WalPosition position,
      SortedMap<Integer, Integer> changes,
      SortedMap<Integer, Integer> frames) {}

  private static final class Connection {
    final WalFileShared shared;
    final Wal wal;
    int version;
    int lastVersion = -1;
    @Nullable WalSnapshot lastSnapshot;
    final SortedMap<Integer, Integer> changes = new TreeMap<>();

    /** The newest frame of each changed page. */
    final SortedMap<Integer, Integer> frames = new TreeMap<>();

    final List<Savepoint> savepoints = new ArrayList<>();

    Connection(WalFileShared shared) {
      this.shared = shared;
      this.wal = shared.connect();
    }
  }

  /** How the processes come by what they share. */
  enum Sharing {
    /** There is one process. */
    NONE,
    /** Views of one coordination, each with a count of changes of its own. */
    VIEWS,
    /** A wal-index in a file that they have mapped. */
    MEMORY
  }

  private final Sharing sharing;
  private final SharedDisk disk = new SharedDisk();
  private final FileSystem files;
  private final StorageFile database;
  private final List<Version> versions = new ArrayList<>();
  private final List<Connection> connections = new ArrayList<>();
  private final int processes;
  private final List<SharedDisk.DiskProcess> running = new ArrayList<>();
  private int nextContent = 1;

  WalModel(Sharing sharing) {
    this.sharing = sharing;
    this.processes = sharing == Sharing.NONE ? 1 : 2;
    this.files = sharing == Sharing.MEMORY ? disk.process() : new MemoryFileSystem();
    this.database = files.open("/db", FileSystem.OpenMode.CREATE);
    versions.add(new Version(List.of(0, 0, 0)));
    for (int page = 1; page <= 3; page++) {
      database.write((page - 1L) * PAGE_SIZE, ByteBuffer.wrap(WalFixture.image(0)));
    }
    open();
  }

  void run(List<Integer> schedule) {
    for (int choice : schedule) {
      step(connections.get(choice % CONNECTIONS), choice / CONNECTIONS % 20, choice / 100);
      connections.forEach(this::verify);
    }
    connections.forEach(c -> c.wal.close());
    open();
    Connection last = connections.get(0);
    beginRead(last);
    verify(last);
  }

  private void open() {
    connections.clear();
    List<WalFileShared> all = sharing == Sharing.MEMORY ? openShared() : openViews();
    for (int i = 0; i < CONNECTIONS; i++) {
      connections.add(new Connection(all.get(i % processes)));
    }
  }

  /** What was open before is left behind as by processes that were killed. */
  private List<WalFileShared> openShared() {
    running.forEach(SharedDisk.DiskProcess::kill);
    running.clear();
    List<WalFileShared> all = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      SharedDisk.DiskProcess process = disk.process();
      running.add(process);
      StorageFile own = process.open("/db", FileSystem.OpenMode.CREATE);
      all.add(WalFileShared.openShared(process, own, "/db-wal", "/db-shm", PAGE_SIZE));
    }
    return all;
  }

  private List<WalFileShared> openViews() {
    StorageFile log = files.open("/db-wal", FileSystem.OpenMode.CREATE);
    WalRecovery recovery = WalRecovery.recover(log, PAGE_SIZE);
    WalCoordination common = new InProcessWalCoordination(recovery.state(), recovery.index());
    List<WalFileShared> all = new ArrayList<>();
    for (int i = 0; i < processes; i++) {
      WalCoordination view = processes == 1 ? common : new ProcessView(common);
      all.add(new WalFileShared(files, database, "/db-wal", log, false, view, 0));
    }
    return all;
  }

  private int newest() {
    return versions.size() - 1;
  }

  private void step(Connection c, int action, int argument) {
    if (!c.wal.isReading()) {
      if (action < 4) {
        checkpoint(c, MODES.get(action));
      } else if (action == 4 && connections.stream().noneMatch(o -> o.wal.isReading())) {
        open();
      } else {
        beginRead(c);
      }
    } else if (!c.wal.isWriting()) {
      if (action < 12) {
        beginWrite(c);
      } else {
        c.wal.endRead();
      }
    } else {
      stepWriter(c, action, argument);
    }
  }

  private void stepWriter(Connection c, int action, int argument) {
    switch (action) {
      case 0, 1, 2 -> append(c, argument);
      case 3, 4, 5 -> rewrite(c, argument);
      case 6, 7, 8, 9, 10 -> commit(c, argument);
      case 11, 12 ->
          c.savepoints.add(
              new Savepoint(c.wal.position(), new TreeMap<>(c.changes), new TreeMap<>(c.frames)));
      case 13, 14 -> rollbackToSavepoint(c, argument);
      case 15 -> {
        c.wal.rollback();
        forget(c);
      }
      case 16, 17 -> {
        c.wal.endWrite();
        forget(c);
      }
      default -> {
        c.wal.close();
        forget(c);
      }
    }
  }

  private static void forget(Connection c) {
    c.changes.clear();
    c.frames.clear();
    c.savepoints.clear();
  }

  private void beginRead(Connection c) {
    boolean changed = c.wal.beginRead();
    c.version = newest();
    verifyChangedPages(c);
    // In one process a snapshot that has not changed is always recognised as such.
    if (c.lastVersion != c.version) {
      assertThat(changed).isTrue();
    } else if (processes == 1) {
      assertThat(changed).isFalse();
    }
    c.lastVersion = c.version;
    c.lastSnapshot = c.wal.snapshot();
  }

  /** Within a generation, the frames since the last snapshot name all pages that changed. */
  private void verifyChangedPages(Connection c) {
    WalSnapshot before = c.lastSnapshot;
    WalSnapshot now = c.wal.snapshot();
    if (before == null || before.generation() != now.generation()) {
      return;
    }
    Set<Integer> named = new HashSet<>();
    for (int frame = before.maxFrame() + 1; frame <= now.maxFrame(); frame++) {
      named.add(c.wal.pageNumber(frame));
    }
    List<Integer> old = versions.get(c.lastVersion).pages;
    List<Integer> current = versions.get(c.version).pages;
    for (int page = 1; page <= current.size(); page++) {
      if (page > old.size() || !old.get(page - 1).equals(current.get(page - 1))) {
        assertThat(named).contains(page);
      }
    }
  }

  private void beginWrite(Connection c) {
    boolean taken = connections.stream().anyMatch(o -> o.wal.isWriting());
    // A restarted log makes a snapshot old although its content is the newest; SQLite says the
    // same.
    long generation = c.shared.statistics().generation();
    boolean old = c.version != newest() || c.wal.snapshot().generation() != generation;
    if (taken || old) {
      assertThatThrownBy(c.wal::beginWrite)
          .isInstanceOfSatisfying(
              TursoException.class,
              e ->
                  assertThat(e.code()).isEqualTo(taken ? ErrorCode.BUSY : ErrorCode.BUSY_SNAPSHOT));
    } else {
      c.wal.beginWrite();
    }
  }

  /** Changes one to three pages. */
  private SortedMap<Integer, Integer> change(int argument, int pageCount) {
    SortedMap<Integer, Integer> pages = new TreeMap<>();
    for (int i = 0; i <= argument % 3; i++) {
      pages.put(1 + argument / (3 + i) % pageCount, nextContent++ % 60_000);
    }
    return pages;
  }

  private void append(Connection c, int argument) {
    SortedMap<Integer, Integer> pages = change(argument, versions.get(c.version).pages.size());
    int frame = WalFixture.append(c.wal, pages);
    c.changes.putAll(pages);
    for (int page : pages.keySet()) {
      c.frames.put(page, frame++);
    }
  }

  /** Gives one to three pages that have frames of this transaction other contents in them. */
  private void rewrite(Connection c, int argument) {
    SortedMap<Integer, Integer> contents = new TreeMap<>();
    List<Integer> pages = List.copyOf(c.frames.keySet());
    for (int i = 0; i <= argument % 3 && !pages.isEmpty(); i++) {
      int page = pages.get(argument / (3 + i) % pages.size());
      int frame = c.frames.get(page);
      int content = nextContent++ % 60_000;
      contents.put(frame, content);
      c.changes.put(page, content);
      for (Savepoint savepoint : c.savepoints) {
        if (savepoint.frames.getOrDefault(page, 0) == frame) {
          savepoint.changes.put(page, content);
        }
      }
    }
    c.wal.rewrite(WalFixture.numbers(contents), WalFixture.images(contents), contents.size());
  }

  private void rollbackToSavepoint(Connection c, int argument) {
    if (!c.savepoints.isEmpty()) {
      int index = argument % c.savepoints.size();
      Savepoint savepoint = c.savepoints.get(index);
      c.wal.rollbackTo(savepoint.position);
      c.changes.clear();
      c.changes.putAll(savepoint.changes);
      c.frames.clear();
      c.frames.putAll(savepoint.frames);
      c.savepoints.subList(index + 1, c.savepoints.size()).clear();
    }
  }

  private void commit(Connection c, int argument) {
    int oldCount = versions.get(c.version).pages.size();
    int newCount = 1 + argument / 7 % MAX_PAGES;
    SortedMap<Integer, Integer> pages = change(argument, Math.min(oldCount, newCount));
    for (int page = oldCount + 1; page <= newCount; page++) {
      pages.put(page, nextContent++ % 60_000);
    }
    c.wal.commit(
        WalFixture.numbers(pages),
        WalFixture.images(pages),
        pages.size(),
        newCount,
        SYNC_MODES.get(argument % SYNC_MODES.size()));
    c.changes.putAll(pages);
    List<Integer> contents = new ArrayList<>(versions.get(c.version).pages);
    while (contents.size() < newCount) {
      contents.add(0);
    }
    c.changes.forEach((page, content) -> contents.set(page - 1, content));
    versions.add(new Version(contents.subList(0, newCount)));
    c.version = newest();
    c.lastVersion = c.version;
    c.lastSnapshot = c.wal.snapshot();
    forget(c);
  }

  private static void checkpoint(Connection c, CheckpointMode mode) {
    CheckpointResult result = c.wal.checkpoint(mode, BusyHandler.NONE, SyncMode.FULL);
    boolean waits = mode.compareTo(CheckpointMode.PASSIVE) > 0;
    if (!waits) {
      assertThat(result.busy()).isFalse();
    }
    if (waits && !result.busy()) {
      assertThat(result.checkpointedFrames()).isEqualTo(result.logFrames());
    }
  }

  private void verify(Connection c) {
    if (!c.wal.isReading()) {
      return;
    }
    List<Integer> expected = new ArrayList<>(versions.get(c.version).pages);
    c.changes.forEach((page, content) -> expected.set(page - 1, content));
    for (int page = 1; page <= expected.size(); page++) {
      assertThat(WalFixture.read(c.wal, database, page))
          .as("page %d", page)
          .isEqualTo(expected.get(page - 1));
    }
    int pageCount = c.wal.snapshot().pageCount();
    assertThat(pageCount == 0 ? (int) database.size() / PAGE_SIZE : pageCount)
        .isEqualTo(versions.get(c.version).pages.size());
  }
}
