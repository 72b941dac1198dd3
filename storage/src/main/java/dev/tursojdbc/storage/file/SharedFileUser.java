package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicBoolean;

/** One user's view of a {@link SharedFile}: the common descriptor, locks of its own. */
final class SharedFileUser implements StorageFile {
  private final SharedFile shared;
  private final StorageFile descriptor;
  private final boolean readOnly;
  private final RangeLocks locks;
  private final AtomicBoolean closed = new AtomicBoolean();

  SharedFileUser(SharedFile shared, StorageFile descriptor, boolean readOnly, RangeLocks locks) {
    this.shared = shared;
    this.descriptor = descriptor;
    this.readOnly = readOnly;
    this.locks = locks;
  }

  @Override
  public String path() {
    return descriptor.path();
  }

  @Override
  public long size() {
    return descriptor.size();
  }

  @Override
  public int read(long position, ByteBuffer target) {
    return descriptor.read(position, target);
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    return descriptor.read(position, target, offset, length);
  }

  @Override
  public void write(long position, ByteBuffer[] sources, int count) {
    requireWritable();
    descriptor.write(position, sources, count);
  }

  @Override
  public void write(long position, ByteBuffer source) {
    requireWritable();
    descriptor.write(position, source);
  }

  @Override
  public void sync(boolean metadata) {
    descriptor.sync(metadata);
  }

  @Override
  public void truncate(long size) {
    requireWritable();
    descriptor.truncate(size);
  }

  private void requireWritable() {
    if (readOnly) {
      throw new TursoException(ErrorCode.READONLY);
    }
  }

  @Override
  public boolean tryLock(long position, long length, boolean isShared) {
    if (closed.get()) {
      throw new IllegalStateException(path() + " is closed");
    }
    return locks.tryLock(this, descriptor, position, length, isShared);
  }

  @Override
  public void unlock(long position, long length) {
    locks.unlock(this, position, length);
  }

  @Override
  public void close() {
    if (closed.compareAndSet(false, true)) {
      try {
        locks.unlockAll(this);
      } finally {
        shared.leave();
      }
    }
  }
}
