package dev.tursojdbc.storage.file;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.locks.StampedLock;

/**
 * The bytes of a file in memory, and the ranges of it that are locked; shared by all who have it
 * open.
 *
 * <p>Bytes lie in chunks of equal size; a chunk that was never written is absent and reads as zero.
 * Readers copy optimistically and try again if a writer came between, so that they neither take a
 * lock nor see half a write.
 */
final class MemoryFileContent {
  private static final int CHUNK_BITS = 15;
  private static final int CHUNK_SIZE = 1 << CHUNK_BITS;
  private static final int CHUNK_MASK = CHUNK_SIZE - 1;
  private static final int OPTIMISTIC_TRIES = 3;

  private final StampedLock lock = new StampedLock();

  /** Guarded by {@link #lock}, as are the chunks. */
  private byte[][] chunks = new byte[4][];

  private long size;

  /** Ranges that some open file holds; guarded by itself. */
  private final List<Range> ranges = new ArrayList<>();

  private record Range(Object holder, long position, long length) {
    boolean overlaps(long otherPosition, long otherLength) {
      return position < otherPosition + otherLength && otherPosition < position + length;
    }
  }

  long size() {
    long stamp = lock.tryOptimisticRead();
    long seen = size;
    if (lock.validate(stamp)) {
      return seen;
    }
    stamp = lock.readLock();
    try {
      return size;
    } finally {
      lock.unlockRead(stamp);
    }
  }

  int read(long position, byte[] target, int offset, int length) {
    for (int i = 0; i < OPTIMISTIC_TRIES; i++) {
      long stamp = lock.tryOptimisticRead();
      if (stamp != 0) {
        int count = copyOut(position, target, offset, length);
        if (lock.validate(stamp)) {
          return count;
        }
      }
    }
    long stamp = lock.readLock();
    try {
      return copyOut(position, target, offset, length);
    } finally {
      lock.unlockRead(stamp);
    }
  }

  /** May run beside a writer, hence meet any mixture of old and new fields. */
  private int copyOut(long position, byte[] target, int offset, int length) {
    byte[][] table = chunks;
    int count = (int) Math.max(0, Math.min(length, size - position));
    for (int done = 0; done < count; ) {
      long at = position + done;
      int inChunk = (int) at & CHUNK_MASK;
      int part = Math.min(count - done, CHUNK_SIZE - inChunk);
      int index = (int) (at >>> CHUNK_BITS);
      byte[] chunk = index < table.length ? table[index] : null;
      if (chunk == null) {
        Arrays.fill(target, offset + done, offset + done + part, (byte) 0);
      } else {
        System.arraycopy(chunk, inChunk, target, offset + done, part);
      }
      done += part;
    }
    return count;
  }

  void write(long position, ByteBuffer[] sources, int count) {
    long stamp = lock.writeLock();
    try {
      long at = position;
      for (int i = 0; i < count; i++) {
        at = copyIn(at, sources[i]);
      }
      if (at > position) {
        size = Math.max(size, at);
      }
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  private long copyIn(long position, ByteBuffer source) {
    long at = position;
    while (source.hasRemaining()) {
      int inChunk = (int) at & CHUNK_MASK;
      int part = Math.min(source.remaining(), CHUNK_SIZE - inChunk);
      source.get(chunkAt(at), inChunk, part);
      at += part;
    }
    return at;
  }

  private byte[] chunkAt(long position) {
    long index = position >>> CHUNK_BITS;
    if (index > Integer.MAX_VALUE - 16) {
      throw new TursoException(ErrorCode.FULL);
    }
    int i = (int) index;
    if (i >= chunks.length) {
      chunks = Arrays.copyOf(chunks, (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(2L * i, 8)));
    }
    if (chunks[i] == null) {
      chunks[i] = new byte[CHUNK_SIZE];
    }
    return chunks[i];
  }

  void truncate(long newSize) {
    long stamp = lock.writeLock();
    try {
      if (newSize >= size) {
        return;
      }
      int inChunk = (int) newSize & CHUNK_MASK;
      int index = (int) (newSize >>> CHUNK_BITS);
      if (inChunk != 0 && index < chunks.length && chunks[index] != null) {
        // The file may grow again, and what is new in it must then read as zero.
        Arrays.fill(chunks[index], inChunk, CHUNK_SIZE, (byte) 0);
        index++;
      }
      if (index < chunks.length) {
        Arrays.fill(chunks, index, chunks.length, null);
      }
      size = newSize;
    } finally {
      lock.unlockWrite(stamp);
    }
  }

  void lock(Object holder, long position, long length) {
    synchronized (ranges) {
      for (Range range : ranges) {
        if (range.overlaps(position, length)) {
          throw new IllegalStateException(
              "this process already locks bytes " + range.position + "+" + range.length);
        }
      }
      ranges.add(new Range(holder, position, length));
    }
  }

  void unlock(Object holder, long position, long length) {
    synchronized (ranges) {
      if (!ranges.removeIf(
          r -> r.holder == holder && r.position == position && r.length == length)) {
        throw new IllegalStateException("bytes " + position + "+" + length + " are not locked");
      }
    }
  }

  void unlockAll(Object holder) {
    synchronized (ranges) {
      ranges.removeIf(r -> r.holder == holder);
    }
  }

  /** All bytes, for tests that look at small files. */
  byte[] toByteArray() {
    byte[] bytes = new byte[Math.toIntExact(size())];
    int count = read(0, bytes, 0, bytes.length);
    return count == bytes.length ? bytes : Arrays.copyOf(bytes, count);
  }
}
