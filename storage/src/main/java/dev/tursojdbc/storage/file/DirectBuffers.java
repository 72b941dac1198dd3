package dev.tursojdbc.storage.file;

import java.nio.ByteBuffer;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Direct buffers to pass bytes of the heap through on their way to and from the operating system.
 *
 * <p>There is a fixed number of places, each with one buffer that is made at its first use. A
 * thread looks into the place that its id names, then into one neighbour, and makes a buffer of its
 * own only if others have taken both. So memory is bounded by the number of places, not by the
 * number of threads (a thread-local would keep one for each thread of each pool), and a busy thread
 * finds its own buffer again with two atomic exchanges.
 */
final class DirectBuffers {
  /** Holds the largest page with its frame header. */
  private static final int SMALL_SIZE = (64 << 10) + 512;

  /** Largest batch that is written with one system call. */
  static final int LARGE_SIZE = 1 << 20;

  private static final DirectBuffers SMALL = new DirectBuffers(SMALL_SIZE, 32);
  private static final DirectBuffers LARGE = new DirectBuffers(LARGE_SIZE, 4);

  private final int size;
  private final int mask;
  private final AtomicReferenceArray<ByteBuffer> places;

  private DirectBuffers(int size, int count) {
    this.size = size;
    this.mask = count - 1;
    this.places = new AtomicReferenceArray<>(count);
  }

  /** An empty buffer for so many bytes, or for {@link #LARGE_SIZE} if that is less. */
  static ByteBuffer take(long bytes) {
    return (bytes <= SMALL_SIZE ? SMALL : LARGE).take();
  }

  /** Gives back a buffer that {@link #take} answered. */
  static void give(ByteBuffer buffer) {
    (buffer.capacity() == SMALL_SIZE ? SMALL : LARGE).put(buffer);
  }

  private ByteBuffer take() {
    int place = placeOfThread();
    ByteBuffer buffer = places.getAndSet(place, null);
    if (buffer == null) {
      buffer = places.getAndSet(place ^ 1, null);
    }
    return buffer != null ? buffer.clear() : ByteBuffer.allocateDirect(size);
  }

  private void put(ByteBuffer buffer) {
    int place = placeOfThread();
    if (!places.compareAndSet(place, null, buffer)) {
      places.compareAndSet(place ^ 1, null, buffer);
    }
  }

  // Thread.getId is deprecated from 19 on for a reason that does not matter here: it is not final.
  @SuppressWarnings({"deprecation", "ThreadId"})
  private int placeOfThread() {
    long id = Thread.currentThread().getId();
    return (int) (id ^ (id >>> 16)) & mask;
  }
}
