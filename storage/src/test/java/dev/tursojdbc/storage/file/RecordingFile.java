package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** A file of a {@link RecordingFileSystem} that somebody has opened. */
final class RecordingFile implements StorageFile {
  private final RecordingFileSystem fileSystem;
  private final String path;
  private final RecordedFile file;
  private final boolean readOnly;
  private boolean closed;

  RecordingFile(RecordingFileSystem fileSystem, String path, RecordedFile file, boolean readOnly) {
    this.fileSystem = fileSystem;
    this.path = path;
    this.file = file;
    this.readOnly = readOnly;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long size() {
    requireOpen();
    return file.content.size();
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    requireOpen();
    synchronized (fileSystem) {
      Fault fault = fileSystem.count(FileOperation.READ, path);
      if (fault == Fault.EIO) {
        throw RecordingFileSystem.failure(ErrorCode.IOERR_READ, "read", path);
      }
      return file.content.read(
          position, target, offset, fault == Fault.SHORT_READ ? length / 2 : length);
    }
  }

  @Override
  public int read(long position, ByteBuffer target) {
    byte[] bytes = new byte[target.remaining()];
    int count = read(position, bytes, 0, bytes.length);
    target.put(bytes, 0, count);
    return count;
  }

  @Override
  public void write(long position, ByteBuffer source) {
    write(position, new ByteBuffer[] {source}, 1);
  }

  @Override
  public void write(long position, ByteBuffer[] sources, int count) {
    requireWritable();
    int size = 0;
    for (int i = 0; i < count; i++) {
      size += sources[i].remaining();
    }
    byte[] bytes = new byte[size];
    int offset = 0;
    for (int i = 0; i < count; i++) {
      int part = sources[i].remaining();
      sources[i].get(bytes, offset, part);
      offset += part;
    }
    synchronized (fileSystem) {
      Fault fault = fileSystem.count(FileOperation.WRITE, path);
      if (fault == Fault.SHORT_WRITE) {
        store(position, Arrays.copyOf(bytes, size / 2));
      }
      if (fault != null) {
        throw RecordingFileSystem.failure(
            fault == Fault.EIO ? ErrorCode.IOERR_WRITE : ErrorCode.FULL, "write", path);
      }
      store(position, bytes);
    }
  }

  private void store(long position, byte[] bytes) {
    Runnable effect =
        () -> file.content.write(position, new ByteBuffer[] {ByteBuffer.wrap(bytes)}, 1);
    if (file.temporary) {
      effect.run();
    } else {
      fileSystem.record(new DiskChange.Write(path, file, position, bytes), effect);
    }
  }

  @Override
  public void sync(boolean metadata) {
    requireOpen();
    synchronized (fileSystem) {
      boolean fails = fileSystem.count(FileOperation.SYNC, path) != null;
      if (!file.temporary) {
        fileSystem.record(new DiskChange.Sync(path, file, !fails), () -> {});
      }
      if (fails) {
        throw RecordingFileSystem.failure(ErrorCode.IOERR_FSYNC, "sync", path);
      }
    }
  }

  @Override
  public void truncate(long size) {
    requireWritable();
    synchronized (fileSystem) {
      fileSystem.failIfDue(FileOperation.TRUNCATE, path);
      if (file.temporary) {
        file.content.truncate(size);
      } else {
        fileSystem.record(
            new DiskChange.Truncate(path, file, size), () -> file.content.truncate(size));
      }
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(path + " is closed");
    }
  }

  private void requireWritable() {
    requireOpen();
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
  }

  @Override
  public boolean tryLock(long position, long length, boolean shared) {
    requireOpen();
    synchronized (fileSystem) {
      fileSystem.failIfDue(FileOperation.LOCK, path);
      file.content.lock(this, position, length);
      if (!file.lock(false, position, length, shared)) {
        file.content.unlock(this, position, length);
        return false;
      }
      return true;
    }
  }

  @Override
  public void unlock(long position, long length) {
    synchronized (fileSystem) {
      file.content.unlock(this, position, length);
      file.unlock(false, position, length);
    }
  }

  /** As on a POSIX system, this drops the locks taken through other descriptors, too. */
  @Override
  public void close() {
    synchronized (fileSystem) {
      closed = true;
      file.content.unlockAll(this);
      file.dropOwnLocks();
    }
  }
}
