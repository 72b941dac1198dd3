package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A file system in memory that records all changes, and can crash, fail, and stop threads.
 *
 * <ul>
 *   <li><b>Crash.</b> {@link #crash(long)} answers a disk as it may look if the power fails now,
 *       {@link #crash(int, long)} one as it may look if it had failed behind an earlier change; so
 *       one run of a workload serves for all its crash points. {@link #crashAt} makes the machine
 *       die in the middle of a run. {@link #kill} answers the disk if only the process dies.
 *   <li><b>Failure.</b> {@link #fail} lets the n-th suitable operation fail, once or for ever.
 *   <li><b>Schedules.</b> {@link #stopAt} stops the next thread at a hook point, {@link #onReached}
 *       runs something there; {@link #otherProcess} takes locks as another process would.
 * </ul>
 */
public final class RecordingFileSystem implements FileSystem {
  private final FileRegistry registry = new FileRegistry(this);

  /** All guarded by this. */
  private final Map<String, RecordedFile> initialNames = new HashMap<>();

  private final Map<String, RecordedFile> names = new HashMap<>();
  private final List<DiskChange> changes = new ArrayList<>();
  private final Map<FileOperation, Integer> counts = new EnumMap<>(FileOperation.class);
  private int crashPoint = -1;
  private boolean crashed;
  private @Nullable PlannedFault fault;
  private int faultCount;

  private final Map<String, StopPoint> stops = new ConcurrentHashMap<>();
  private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
  private final Map<String, Integer> reachedCounts = new ConcurrentHashMap<>();

  private static final class PlannedFault {
    final @Nullable FileOperation only;
    final Fault fault;
    final boolean forever;
    int remaining;

    PlannedFault(@Nullable FileOperation only, Fault fault, int n, boolean forever) {
      this.only = only;
      this.fault = fault;
      this.forever = forever;
      this.remaining = n;
    }

    boolean isDue(FileOperation operation) {
      if (!fault.appliesTo(operation) || (only != null && only != operation)) {
        return false;
      }
      remaining--;
      return forever ? remaining <= 0 : remaining == 0;
    }
  }

  /** An empty disk. */
  public RecordingFileSystem() {}

  /** A disk that durably holds these files. */
  public RecordingFileSystem(MemoryFileSystem disk) {
    for (String path : disk.paths()) {
      RecordedFile file = new RecordedFile(disk.content(path), false);
      file.content.write(0, new ByteBuffer[] {ByteBuffer.wrap(file.initial)}, 1);
      initialNames.put(path, file);
    }
    names.putAll(initialNames);
  }

  /** What a disk may hold if the power fails now; the seed chooses among the possibilities. */
  public synchronized MemoryFileSystem crash(long seed) {
    return new PowerLoss(changes, initialNames, seed).disk();
  }

  /**
   * What a disk may hold if the power had failed right behind the first so many changes.
   *
   * @param changeCount 0 to {@link #changeCount()}
   */
  public synchronized MemoryFileSystem crash(int changeCount, long seed) {
    return new PowerLoss(List.copyOf(changes.subList(0, changeCount)), initialNames, seed).disk();
  }

  /** What the disk holds if the process dies now and the machine lives on. */
  public synchronized MemoryFileSystem kill() {
    return kill(changes.size());
  }

  /** What the disk holds if the process had died right behind the first so many changes. */
  public synchronized MemoryFileSystem kill(int changeCount) {
    return PowerLoss.spared(changes.subList(0, changeCount), initialNames);
  }

  /**
   * Lets the power fail in the middle of a change: it may be on the disk or not (a sync has not
   * completed), and it and every later operation throw {@link CrashError}. Closing stays possible.
   *
   * @param change counted as in {@link #changeCount()}, from 1
   */
  public synchronized void crashAt(int change) {
    crashPoint = change;
  }

  public synchronized boolean isCrashed() {
    return crashed;
  }

  /** Number of changes recorded so far. */
  public synchronized int changeCount() {
    return changes.size();
  }

  /** All changes so far, in order. */
  public synchronized List<DiskChange> changes() {
    return List.copyOf(changes);
  }

  /** How often an operation was asked for, failures included. */
  public synchronized int count(FileOperation operation) {
    return counts.getOrDefault(operation, 0);
  }

  /** Lets the n-th operation from now that the fault applies to fail, or all from it on. */
  public synchronized void fail(Fault kind, int n, boolean forever) {
    fault = new PlannedFault(null, kind, n, forever);
  }

  /** As {@link #fail(Fault, int, boolean)}, counting one kind of operation only. */
  public synchronized void fail(FileOperation only, Fault kind, int n, boolean forever) {
    fault = new PlannedFault(only, kind, n, forever);
  }

  /** Nothing fails any more. */
  public synchronized void heal() {
    fault = null;
  }

  /** How many operations were made to fail. */
  public synchronized int faultCount() {
    return faultCount;
  }

  /** Stops the next thread that reaches a hook point. */
  public StopPoint stopAt(String point) {
    StopPoint stop = new StopPoint(point);
    stops.put(point, stop);
    return stop;
  }

  /** Runs something in each thread that reaches a hook point. */
  public void onReached(String point, Runnable action) {
    actions.put(point, action);
  }

  /** How often a hook point was reached. */
  public int reachedCount(String point) {
    return reachedCounts.getOrDefault(point, 0);
  }

  @Override
  public void reached(String point) {
    reachedCounts.merge(point, 1, Integer::sum);
    Runnable action = actions.get(point);
    if (action != null) {
      action.run();
    }
    StopPoint stop = stops.remove(point);
    if (stop != null) {
      stop.stop();
    }
    synchronized (this) {
      requirePower();
    }
  }

  /** The locks of another process. */
  public OtherProcess otherProcess() {
    return new OtherProcess(this);
  }

  @Override
  public synchronized StorageFile open(String path, OpenMode mode) {
    RecordedFile file = names.get(path);
    if (file == null && mode == OpenMode.CREATE) {
      file = create(path);
    } else {
      failIfDue(FileOperation.OPEN, path);
    }
    if (file == null) {
      throw failure(ErrorCode.CANTOPEN, "open", path);
    }
    return new RecordingFile(this, path, file, mode == OpenMode.READ_ONLY);
  }

  private RecordedFile create(String path) {
    failIfDue(FileOperation.CREATE, path);
    RecordedFile file = new RecordedFile(new byte[0], false);
    record(new DiskChange.Create(path, file), () -> names.put(path, file));
    return file;
  }

  @Override
  public StorageFile openShared(String path, OpenMode mode) {
    return registry.open(path, mode);
  }

  @Override
  public synchronized StorageFile openTemporary() {
    failIfDue(FileOperation.CREATE, "temporary file");
    return new RecordingFile(this, "temporary file", new RecordedFile(new byte[0], true), false);
  }

  @Override
  public synchronized boolean exists(String path) {
    requirePower();
    return names.containsKey(path);
  }

  @Override
  public synchronized long size(String path) {
    requirePower();
    RecordedFile file = names.get(path);
    return file == null ? 0 : file.content.size();
  }

  @Override
  public synchronized void delete(String path) {
    failIfDue(FileOperation.DELETE, path);
    if (names.containsKey(path)) {
      record(new DiskChange.Delete(path), () -> names.remove(path));
    }
  }

  @Override
  public synchronized void syncDirectory(String path) {
    String directory = directoryOf(path);
    try {
      failIfDue(FileOperation.SYNC_DIRECTORY, directory);
    } catch (TursoException e) {
      changes.add(new DiskChange.SyncDirectory(directory, false));
      throw e;
    }
    record(new DiskChange.SyncDirectory(directory, true), () -> {});
  }

  static String directoryOf(String path) {
    return path.substring(0, path.lastIndexOf('/') + 1);
  }

  @Override
  public String canonicalPath(String path) {
    return path;
  }

  @Override
  public synchronized @Nullable Object fileKey(String path) {
    requirePower();
    return names.get(path);
  }

  @Override
  public synchronized boolean isWritable(String path) {
    requirePower();
    return names.containsKey(path);
  }

  synchronized @Nullable RecordedFile find(String path) {
    return names.get(path);
  }

  /** Writes a change into the log and carries it out, unless the power fails there. */
  void record(DiskChange change, Runnable effect) {
    requirePower();
    boolean isSync =
        change instanceof DiskChange.Sync || change instanceof DiskChange.SyncDirectory;
    boolean crashesHere = changes.size() + 1 == crashPoint;
    if (!(crashesHere && isSync)) {
      changes.add(change);
    }
    if (crashesHere) {
      crashed = true;
      throw new CrashError("power failed at " + change);
    }
    effect.run();
  }

  /** Counts an operation and throws if it is to fail as a whole. */
  void failIfDue(FileOperation operation, String path) {
    Fault due = count(operation, path);
    if (due != null) {
      throw failure(due == Fault.EIO ? codeOf(operation) : ErrorCode.FULL, operation.name(), path);
    }
  }

  /** Counts an operation. @return how it is to fail, null if it is to succeed */
  @Nullable Fault count(FileOperation operation, String path) {
    assert Thread.holdsLock(this) : path;
    requirePower();
    counts.merge(operation, 1, Integer::sum);
    PlannedFault planned = fault;
    if (planned != null && planned.isDue(operation)) {
      faultCount++;
      return planned.fault;
    }
    return null;
  }

  private void requirePower() {
    if (crashed) {
      throw new CrashError("the power has failed");
    }
  }

  static TursoException failure(ErrorCode code, String operation, String path) {
    return new TursoException(
        code, code.message() + " (" + operation + " " + path + ": simulated)");
  }

  static ErrorCode codeOf(FileOperation operation) {
    return switch (operation) {
      case OPEN, CREATE -> ErrorCode.CANTOPEN;
      case READ -> ErrorCode.IOERR_READ;
      case WRITE -> ErrorCode.IOERR_WRITE;
      case TRUNCATE -> ErrorCode.IOERR_TRUNCATE;
      case SYNC -> ErrorCode.IOERR_FSYNC;
      case DELETE -> ErrorCode.IOERR_DELETE;
      case SYNC_DIRECTORY -> ErrorCode.IOERR_DIR_FSYNC;
      case LOCK -> ErrorCode.IOERR_LOCK;
    };
  }
}
