package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.FileSystem;
import dev.tursojdbc.storage.file.MemoryFileSystem;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Files in memory that tell what is done to them, run code at named points, and fail on demand.
 * Operations are written as {@code write log}, {@code sync database} and so on.
 */
final class HookedFileSystem implements FileSystem {
  private final FileSystem files = new MemoryFileSystem();
  private final Map<String, Runnable> hooks = new HashMap<>();
  private final Map<String, ErrorCode> failures = new HashMap<>();

  /** What was done and reached, in order. */
  final List<String> events = new ArrayList<>();

  /** Runs once, when the point is reached next. */
  void at(String point, Runnable hook) {
    hooks.put(point, hook);
  }

  /** The operation fails from now on. */
  void fail(String operation, ErrorCode code) {
    failures.put(operation, code);
  }

  void heal() {
    failures.clear();
  }

  @Override
  public void reached(String point) {
    events.add(point);
    Runnable hook = hooks.remove(point);
    if (hook != null) {
      hook.run();
    }
  }

  private void event(String operation, String path) {
    String event = operation + " " + (path.endsWith("-wal") ? "log" : "database");
    events.add(event);
    ErrorCode code = failures.get(event);
    if (code != null) {
      throw new TursoException(code);
    }
  }

  @Override
  public StorageFile open(String path, OpenMode mode) {
    event("open", path);
    return new HookedFile(files.open(path, mode));
  }

  @Override
  public StorageFile openShared(String path, OpenMode mode) {
    return new HookedFile(files.openShared(path, mode));
  }

  @Override
  public StorageFile openTemporary() {
    return files.openTemporary();
  }

  @Override
  public boolean exists(String path) {
    return files.exists(path);
  }

  @Override
  public long size(String path) {
    return files.size(path);
  }

  @Override
  public void delete(String path) {
    event("delete", path);
    files.delete(path);
  }

  @Override
  public void syncDirectory(String path) {
    event("sync-directory", path);
  }

  @Override
  public String canonicalPath(String path) {
    return files.canonicalPath(path);
  }

  @Override
  public @Nullable Object fileKey(String path) {
    return files.fileKey(path);
  }

  @Override
  public boolean isWritable(String path) {
    return files.isWritable(path);
  }

  private final class HookedFile implements StorageFile {
    private final StorageFile file;

    HookedFile(StorageFile file) {
      this.file = Objects.requireNonNull(file);
    }

    @Override
    public String path() {
      return file.path();
    }

    @Override
    public long size() {
      return file.size();
    }

    @Override
    public int read(long position, ByteBuffer target) {
      event("read", path());
      return file.read(position, target);
    }

    @Override
    public void write(long position, ByteBuffer[] sources, int count) {
      event("write", path());
      file.write(position, sources, count);
    }

    @Override
    public void write(long position, ByteBuffer source) {
      event("write", path());
      file.write(position, source);
    }

    @Override
    public void sync(boolean metadata) {
      event("sync", path());
      file.sync(metadata);
    }

    @Override
    public void truncate(long size) {
      event("truncate", path());
      file.truncate(size);
    }

    @Override
    public boolean tryLock(long position, long length, boolean shared) {
      return file.tryLock(position, length, shared);
    }

    @Override
    public void unlock(long position, long length) {
      file.unlock(position, length);
    }

    @Override
    public void close() {
      file.close();
    }
  }
}
