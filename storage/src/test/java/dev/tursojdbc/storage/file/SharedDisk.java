package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that several processes use, all of them in this one: each sees it as a file
 * system of its own, by whose locks it conflicts with the others, and whose files it shares with
 * them, mapped ones too. A process can be killed: its locks are gone, what it wrote stays.
 */
public final class SharedDisk {
  private static final int DEFAULT_CAPACITY = 1 << 20;

  private final int capacity;

  /** Guarded by this. */
  private final Map<String, Content> files = new HashMap<>();

  public SharedDisk() {
    this(DEFAULT_CAPACITY);
  }

  /**
   * @param capacity bytes that a file can have
   */
  public SharedDisk(int capacity) {
    this.capacity = capacity;
  }

  /** A new process. */
  public DiskProcess process() {
    return new DiskProcess(this);
  }

  public synchronized boolean exists(String path) {
    return files.containsKey(path);
  }

  public synchronized long size(String path) {
    Content content = files.get(path);
    return content == null ? 0 : content.size;
  }

  /** Changes bytes of a file as nobody should. */
  public synchronized void damage(String path, int position, byte[] bytes) {
    Content content = content(path);
    content.bytes.put(position, bytes);
    content.size = Math.max(content.size, position + bytes.length);
  }

  private Content content(String path) {
    Content content = files.get(path);
    if (content == null) {
      throw new IllegalStateException("no file " + path);
    }
    return content;
  }

  private static final class Content {
    final ByteBuffer bytes;
    final List<Lock> locks = new ArrayList<>();
    int size;

    Content(int capacity) {
      bytes = ByteBuffer.allocateDirect(capacity);
    }
  }

  private record Lock(Object process, long position, long length, boolean shared) {
    boolean overlaps(long otherPosition, long otherLength) {
      return position < otherPosition + otherLength && otherPosition < position + length;
    }
  }

  /** The disk as one process sees it. */
  public static final class DiskProcess implements FileSystem {
    private final SharedDisk disk;
    private final FileRegistry registry = new FileRegistry(this);
    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
    private volatile boolean dead;

    DiskProcess(SharedDisk disk) {
      this.disk = disk;
    }

    /** Runs once, when the point is reached next. */
    public void at(String point, Runnable action) {
      actions.put(point, action);
    }

    /** The process dies: whatever it does next fails, and its locks are gone. */
    public void kill() {
      synchronized (disk) {
        dead = true;
        for (Content content : disk.files.values()) {
          content.locks.removeIf(lock -> lock.process().equals(this));
        }
      }
    }

    private void requireAlive() {
      if (dead) {
        throw new CrashError("the process is dead");
      }
    }

    @Override
    public void reached(String point) {
      requireAlive();
      Runnable action = actions.remove(point);
      if (action != null) {
        action.run();
      }
      requireAlive();
    }

    @Override
    public StorageFile open(String path, OpenMode mode) {
      return openFile(path, mode);
    }

    private OpenFile openFile(String path, OpenMode mode) {
      requireAlive();
      synchronized (disk) {
        Content content =
            mode == OpenMode.CREATE
                ? disk.files.computeIfAbsent(path, p -> new Content(disk.capacity))
                : disk.files.get(path);
        if (content == null) {
          throw new TursoException(ErrorCode.CANTOPEN);
        }
        return new OpenFile(this, path, content);
      }
    }

    @Override
    public StorageFile openShared(String path, OpenMode mode) {
      return registry.open(path, mode);
    }

    @Override
    public boolean sharesMemory() {
      return true;
    }

    @Override
    public SharedMemoryFile openSharedMemory(String path) {
      return openFile(path, OpenMode.CREATE);
    }

    @Override
    public StorageFile openTemporary() {
      return new OpenFile(this, "", new Content(disk.capacity));
    }

    @Override
    public boolean exists(String path) {
      return disk.exists(path);
    }

    @Override
    public long size(String path) {
      return disk.size(path);
    }

    @Override
    public void delete(String path) {
      requireAlive();
      synchronized (disk) {
        disk.files.remove(path);
      }
    }

    @Override
    public void syncDirectory(String path) {
      requireAlive();
    }

    @Override
    public String canonicalPath(String path) {
      return path;
    }

    /** Of this process alone, so that each has a registry entry of its own. */
    @Override
    public @Nullable Object fileKey(String path) {
      synchronized (disk) {
        Content content = disk.files.get(path);
        return content == null ? null : List.of(this, content);
      }
    }

    @Override
    public boolean isWritable(String path) {
      return disk.exists(path);
    }
  }

  private static final class OpenFile implements StorageFile, SharedMemoryFile {
    private final DiskProcess process;
    private final String path;
    private final Content content;

    OpenFile(DiskProcess process, String path, Content content) {
      this.process = process;
      this.path = path;
      this.content = content;
    }

    @Override
    public String path() {
      return path;
    }

    @Override
    public long size() {
      process.requireAlive();
      synchronized (process.disk) {
        return content.size;
      }
    }

    @Override
    public int read(long position, ByteBuffer target) {
      process.requireAlive();
      synchronized (process.disk) {
        int count = (int) Math.max(0, Math.min(target.remaining(), content.size - position));
        for (int i = 0; i < count; i++) {
          target.put(content.bytes.get((int) position + i));
        }
        return count;
      }
    }

    @Override
    public void write(long position, ByteBuffer[] sources, int count) {
      long end = position;
      for (int i = 0; i < count; i++) {
        int length = sources[i].remaining();
        write(end, sources[i]);
        end += length;
      }
    }

    @Override
    public void write(long position, ByteBuffer source) {
      process.requireAlive();
      synchronized (process.disk) {
        int end = (int) position;
        while (source.hasRemaining()) {
          content.bytes.put(end++, source.get());
        }
        content.size = Math.max(content.size, end);
      }
    }

    @Override
    public void sync(boolean metadata) {
      process.requireAlive();
    }

    @Override
    public void truncate(long size) {
      process.requireAlive();
      synchronized (process.disk) {
        for (int i = (int) size; i < content.size; i++) {
          content.bytes.put(i, (byte) 0);
        }
        content.size = (int) Math.min(size, content.size);
      }
    }

    @Override
    public void grow(long size) {
      process.requireAlive();
      synchronized (process.disk) {
        content.size = (int) Math.max(size, content.size);
      }
    }

    @Override
    public ByteBuffer map(long position, int size) {
      if (position + size > size()) {
        throw new IllegalStateException("mapped beyond the end");
      }
      return content.bytes.slice((int) position, size);
    }

    @Override
    public boolean tryLock(long position, long length, boolean shared) {
      process.requireAlive();
      synchronized (process.disk) {
        for (Lock lock : content.locks) {
          if (lock.overlaps(position, length)) {
            if (lock.process().equals(process)) {
              throw new IllegalStateException("this process locks " + lock + " already");
            }
            if (!shared || !lock.shared()) {
              return false;
            }
          }
        }
        content.locks.add(new Lock(process, position, length, shared));
        return true;
      }
    }

    @Override
    public void unlock(long position, long length) {
      synchronized (process.disk) {
        if (process.dead) {
          return; // Its locks are gone already.
        }
        boolean found =
            content.locks.removeIf(
                lock ->
                    lock.process().equals(process)
                        && lock.position() == position
                        && lock.length() == length);
        if (!found) {
          throw new IllegalStateException(position + "+" + length + " is not locked");
        }
      }
    }

    /** As with POSIX locks, all that the process holds on the file is gone. */
    @Override
    public void close() {
      synchronized (process.disk) {
        content.locks.removeIf(lock -> lock.process().equals(process));
      }
    }
  }
}
