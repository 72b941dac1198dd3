package dev.tursojdbc.storage.file;

import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** Temporary files in memory, and how many of them were opened and are still open. No others. */
public final class CountedTemporaryFiles implements FileSystem {
  private final MemoryFileSystem memory = new MemoryFileSystem();
  private int opened;
  private int open;
  private long written;

  /** Number of files that were ever opened. */
  public int opened() {
    return opened;
  }

  /** Number of files that are open. */
  public int open() {
    return open;
  }

  /** Bytes written to all of them. */
  public long written() {
    return written;
  }

  @Override
  public StorageFile openTemporary() {
    opened++;
    open++;
    return new CountedFile(memory.openTemporary());
  }

  @Override
  public StorageFile open(String path, OpenMode mode) {
    throw new UnsupportedOperationException();
  }

  @Override
  public StorageFile openShared(String path, OpenMode mode) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean exists(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public long size(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void delete(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public void syncDirectory(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String canonicalPath(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public @Nullable Object fileKey(String path) {
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isWritable(String path) {
    throw new UnsupportedOperationException();
  }

  private final class CountedFile implements StorageFile {
    private final StorageFile file;
    private boolean closed;

    CountedFile(StorageFile file) {
      this.file = file;
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
      return file.read(position, target);
    }

    @Override
    public void write(long position, ByteBuffer[] sources, int count) {
      for (int i = 0; i < count; i++) {
        written += sources[i].remaining();
      }
      file.write(position, sources, count);
    }

    @Override
    public void write(long position, ByteBuffer source) {
      written += source.remaining();
      file.write(position, source);
    }

    @Override
    public void sync(boolean metadata) {
      throw new AssertionError("nobody needs a temporary file after a crash");
    }

    @Override
    public void truncate(long size) {
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
      if (closed) {
        throw new AssertionError("closed twice");
      }
      closed = true;
      open--;
      file.close();
    }
  }
}
