package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.AsynchronousFileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.NonWritableChannelException;
import java.nio.channels.OverlappingFileLockException;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of the operating system.
 *
 * <p>Bytes of the heap pass through {@link DirectBuffers}. A batch is copied into one of them and
 * written with one system call for each mebibyte: gathering would need a {@link
 * java.nio.channels.FileChannel}, which an interrupt closes (see {@link CallingThread}), and has no
 * positional form anyway. The operating system may write or read less than asked; then the rest
 * follows in further calls.
 */
final class ChannelFile implements StorageFile {
  private final String path;
  private final AsynchronousFileChannel channel;

  /** Locks held through this channel; guarded by itself. */
  private final List<FileLock> locks = new ArrayList<>();

  ChannelFile(String path, AsynchronousFileChannel channel) {
    this.path = path;
    this.channel = channel;
  }

  @Override
  public String path() {
    return path;
  }

  @Override
  public long size() {
    try {
      return channel.size();
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_FSTAT, "size of", path, e);
    }
  }

  @Override
  public int read(long position, byte[] target, int offset, int length) {
    int done = 0;
    ByteBuffer buffer = DirectBuffers.take(length);
    try {
      while (done < length) {
        buffer.clear().limit(Math.min(length - done, buffer.capacity()));
        int asked = buffer.limit();
        int count = readFully(position + done, buffer);
        buffer.flip().get(target, offset + done, count);
        done += count;
        if (count < asked) {
          break;
        }
      }
    } finally {
      DirectBuffers.give(buffer);
    }
    return done;
  }

  @Override
  public int read(long position, ByteBuffer target) {
    if (target.isDirect()) {
      return readFully(position, target);
    }
    int count =
        read(
            position, target.array(), target.arrayOffset() + target.position(), target.remaining());
    target.position(target.position() + count);
    return count;
  }

  /** Reads until the buffer is full or the file ends. */
  private int readFully(long position, ByteBuffer target) {
    int asked = target.remaining();
    try {
      int done = 0;
      while (target.hasRemaining()) {
        int count = CallingThread.await(channel.read(target, position + done));
        if (count < 0) {
          break;
        }
        done += count;
      }
      return done;
    } catch (IOException e) {
      throw FileFailure.at(ErrorCode.IOERR_READ, "read", asked, position, path, e);
    }
  }

  @Override
  public void write(long position, ByteBuffer source) {
    if (source.isDirect()) {
      writeFully(position, source);
    } else {
      copyAndWrite(position, new ByteBuffer[] {source}, 1);
    }
  }

  @Override
  public void write(long position, ByteBuffer[] sources, int count) {
    if (count == 1 && sources[0].isDirect()) {
      writeFully(position, sources[0]);
    } else {
      copyAndWrite(position, sources, count);
    }
  }

  private void copyAndWrite(long position, ByteBuffer[] sources, int count) {
    long total = 0;
    for (int i = 0; i < count; i++) {
      total += sources[i].remaining();
    }
    long end = position;
    ByteBuffer buffer = DirectBuffers.take(total);
    try {
      for (int i = 0; i < count; i++) {
        ByteBuffer source = sources[i];
        while (source.hasRemaining()) {
          if (!buffer.hasRemaining()) {
            end += writeAndClear(end, buffer);
          }
          copySome(source, buffer);
        }
      }
      writeAndClear(end, buffer);
    } finally {
      DirectBuffers.give(buffer);
    }
  }

  private static void copySome(ByteBuffer source, ByteBuffer target) {
    int count = Math.min(source.remaining(), target.remaining());
    target.put(target.position(), source, source.position(), count);
    target.position(target.position() + count);
    source.position(source.position() + count);
  }

  private int writeAndClear(long position, ByteBuffer buffer) {
    buffer.flip();
    int count = buffer.remaining();
    writeFully(position, buffer);
    buffer.clear();
    return count;
  }

  private void writeFully(long position, ByteBuffer source) {
    int asked = source.remaining();
    try {
      int done = 0;
      while (source.hasRemaining()) {
        done += CallingThread.await(channel.write(source, position + done));
      }
    } catch (IOException e) {
      throw FileFailure.at(FileFailure.writeCode(e), "write", asked, position, path, e);
    } catch (NonWritableChannelException e) {
      throw new TursoException(ErrorCode.READONLY, ErrorCode.READONLY.message(), e);
    }
  }

  @Override
  public void sync(boolean metadata) {
    try {
      channel.force(metadata);
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_FSYNC, "sync of", path, e);
    }
  }

  @Override
  public void truncate(long size) {
    try {
      channel.truncate(size);
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_TRUNCATE, "truncation to " + size + " of", path, e);
    } catch (NonWritableChannelException e) {
      throw new TursoException(ErrorCode.READONLY, ErrorCode.READONLY.message(), e);
    }
  }

  @Override
  public boolean tryLock(long position, long length, boolean shared) {
    synchronized (locks) {
      try {
        FileLock lock = channel.tryLock(position, length, shared);
        if (lock == null) {
          return false;
        }
        locks.add(lock);
        return true;
      } catch (OverlappingFileLockException e) {
        throw new IllegalStateException(
            "this process already locks bytes " + position + "+" + length + " of " + path, e);
      } catch (NonWritableChannelException e) {
        throw new TursoException(ErrorCode.READONLY, ErrorCode.READONLY.message(), e);
      } catch (IOException e) {
        throw FileFailure.at(ErrorCode.IOERR_LOCK, "lock", length, position, path, e);
      }
    }
  }

  @Override
  public void unlock(long position, long length) {
    synchronized (locks) {
      for (int i = 0; i < locks.size(); i++) {
        FileLock lock = locks.get(i);
        if (lock.position() == position && lock.size() == length) {
          locks.remove(i);
          release(lock);
          return;
        }
      }
    }
    throw new IllegalStateException(
        "bytes " + position + "+" + length + " of " + path + " are not locked");
  }

  private void release(FileLock lock) {
    try {
      lock.release();
    } catch (IOException e) {
      throw FileFailure.at(ErrorCode.IOERR_UNLOCK, "unlock", lock.size(), lock.position(), path, e);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_CLOSE, "close of", path, e);
    }
  }
}
