package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileChannel.MapMode;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * A file of the operating system that is mapped into memory.
 *
 * <p>Only a {@link FileChannel} can map, and an interrupt closes it in the middle of that,
 * whereupon all locks of the process on the file are lost. So mapping is done by a thread that
 * nobody knows, and the channel is used for nothing else. It stays open as long as the file, since
 * its closing would drop the locks, too. There is no supported way to unmap on JDK 17; the garbage
 * collector does it.
 */
final class MappedFile implements SharedMemoryFile {
  private static final long IDLE_SECONDS = 5;

  /** One that goes when it has had nothing to do for a while. */
  private static final ExecutorService MAPPING_THREAD = mappingThread();

  /** Bytes that are written at once to make the file longer. */
  private static final int GROWTH = 32768;

  private final ChannelFile file;
  private final FileChannel mapper;
  private Runnable whenClosed = () -> {};

  MappedFile(ChannelFile file, FileChannel mapper) {
    this.file = file;
    this.mapper = mapper;
  }

  private static ExecutorService mappingThread() {
    ThreadPoolExecutor executor =
        new ThreadPoolExecutor(
            1,
            1,
            IDLE_SECONDS,
            TimeUnit.SECONDS,
            new LinkedBlockingQueue<>(),
            task -> {
              Thread thread = new Thread(null, task, "turso-jdbc map", 0, false);
              thread.setDaemon(true);
              thread.setContextClassLoader(null);
              return thread;
            });
    executor.allowCoreThreadTimeOut(true);
    return executor;
  }

  /** Something to be done once the file is closed. */
  void whenClosed(Runnable action) {
    whenClosed = action;
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
  public void truncate(long size) {
    file.truncate(size);
  }

  @Override
  public void grow(long size) {
    for (long end = file.size(); end < size; ) {
      int count = (int) Math.min(GROWTH, size - end);
      file.write(end, ByteBuffer.allocate(count));
      end += count;
    }
  }

  @Override
  public ByteBuffer map(long position, int size) {
    Future<MappedByteBuffer> mapping =
        MAPPING_THREAD.submit(
            () -> {
              // To map beyond the end would make the file longer, with nothing behind it.
              if (mapper.size() < position + size) {
                throw new IOException("the file is too short");
              }
              return mapper.map(MapMode.READ_WRITE, position, size);
            });
    try {
      return CallingThread.await(mapping);
    } catch (IOException e) {
      throw FileFailure.at(ErrorCode.IOERR_SHMMAP, "mapping", size, position, path(), e);
    }
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
    try {
      mapper.close();
    } catch (IOException e) {
      throw FileFailure.of(ErrorCode.IOERR_CLOSE, "close of", path(), e);
    } finally {
      try {
        file.close();
      } finally {
        whenClosed.run();
      }
    }
  }
}
