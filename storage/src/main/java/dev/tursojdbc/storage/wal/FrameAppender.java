package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.nio.ByteBuffer;

/**
 * The end of the log as the writer moves it: where the next frame goes and what its checksum
 * continues.
 *
 * <pre>
 *   prepare --> write --> (prepare --> write)* --> accept | abandon
 *   rewrite* ... repairChain --> the commit's frames
 * </pre>
 *
 * <p>Prepared frames follow the accepted ones but count only when they are accepted, which puts
 * them into the frame index; until then nothing shared has changed. Each batch goes to the file in
 * one write. A connection has one appender; it is used under the writer lock only.
 *
 * <p>Accepted frames of the transaction may be rewritten. That breaks the chain of checksums from
 * the first rewritten frame on, so these frames and all that are appended until the commit have no
 * salts and no checksum: a recovery ends before them. The chain is repaired before the commit's own
 * frames are written, so the commit frame is reached only if every frame before it has the content
 * that the chain was repaired over.
 */
final class FrameAppender {
  /** Frames in a batch: enough to make the write's fixed cost disappear. */
  private static final int BATCH = 1024;

  private final WalFileShared shared;
  private final WalCoordination coordination;

  private long generation;
  private int pageSize;
  private boolean bigEndian;

  private int lastFrame;
  private long checksum;
  private int preparedFrame;
  private long preparedChecksum;

  /**
   * First frame that was rewritten since the transaction began, 0 if there is none. As long as it
   * is not 0, the checksums above mean nothing.
   */
  private int firstRewritten;

  /** Alternately a frame header and a page; headers are slices of one array and used again. */
  private ByteBuffer[] buffers = {};

  private byte[] headers = {};

  FrameAppender(WalFileShared shared) {
    this.shared = shared;
    this.coordination = shared.coordination();
  }

  /** Puts the end of the log behind the last committed frame. */
  void reset(WalIndexHeader header) {
    generation = header.generation();
    pageSize = header.pageSize();
    bigEndian = header.bigEndianChecksum();
    firstRewritten = 0;
    move(header.maxFrame(), header.checksum());
  }

  private void move(int frame, long newChecksum) {
    lastFrame = frame;
    checksum = newChecksum;
    preparedFrame = frame;
    preparedChecksum = newChecksum;
  }

  int lastFrame() {
    return lastFrame;
  }

  long generation() {
    return generation;
  }

  WalPosition position() {
    return new WalPosition(
        generation, lastFrame, WalChecksum.first(checksum), WalChecksum.second(checksum));
  }

  /**
   * Forgets frames that were accepted and not committed.
   *
   * @param newChecksum the chain at the frame when the log ended there; out of date, but not needed
   *     either, if that frame or one before it has been rewritten
   */
  void truncate(int frame, long newChecksum) {
    coordination.truncateFrames(frame);
    if (firstRewritten > frame) {
      firstRewritten = 0;
    }
    move(frame, newChecksum);
  }

  /**
   * Writes the log's header. Needed before frame 1, whatever was there before: the header on disk
   * may be of an earlier generation, or torn.
   *
   * @param sync whether the header has to be on disk before the frames; if it is not, a crash may
   *     leave new frames behind the old header, and old ones behind the new
   */
  void writeHeader(boolean sync, long sizeLimit) {
    assert lastFrame == 0;
    WalHeader header = shared.newHeader(generation, pageSize);
    shared.writeHeader(header, sync, sizeLimit);
    generation = header.salts();
    bigEndian = header.bigEndianChecksum();
    move(0, header.checksum());
  }

  /** Prepares and writes pages, in batches; the last one commits if a page count is given. */
  void write(int[] pageNumbers, byte[][] images, int count, int pageCount) {
    coordination.reserveFrames(Math.max(0, preparedFrame + count));
    for (int from = 0; from < count; from += BATCH) {
      int size = Math.min(BATCH, count - from);
      boolean last = from + size == count;
      int firstFrame = preparedFrame + 1;
      prepareFrames(pageNumbers, images, from, size, last ? pageCount : 0);
      shared.log().write(WalFrame.position(firstFrame, pageSize), buffers, 2 * size);
      for (int i = 0; i < size; i++) {
        buffers[2 * i + 1] = NOTHING;
      }
    }
  }

  /** Stands for a page that was written, so that its image is not kept alive. */
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private void prepareFrames(
      int[] pageNumbers, byte[][] images, int from, int count, int pageCount) {
    if (count > Integer.MAX_VALUE - preparedFrame) {
      throw new TursoException(ErrorCode.FULL);
    }
    reserveBuffers(count);
    for (int i = 0; i < count; i++) {
      byte[] image = images[from + i];
      if (image.length != pageSize) {
        throw new IllegalArgumentException("image of " + image.length + " bytes");
      }
      int offset = i * WalFrame.HEADER_SIZE;
      if (firstRewritten != 0) {
        WalFrame.encodeUnchainedHeader(headers, offset, pageNumbers[from + i]);
      } else {
        preparedChecksum =
            WalFrame.encodeHeader(
                headers,
                offset,
                pageNumbers[from + i],
                i == count - 1 ? pageCount : 0,
                generation,
                preparedChecksum,
                bigEndian,
                image,
                pageSize);
      }
      buffers[2 * i].limit(offset + WalFrame.HEADER_SIZE).position(offset);
      buffers[2 * i + 1] = ByteBuffer.wrap(image);
    }
    preparedFrame += count;
  }

  private void reserveBuffers(int count) {
    if (2 * count <= buffers.length) {
      return;
    }
    int capacity = Math.min(BATCH, Math.max(16, Integer.highestOneBit(count) * 2));
    headers = new byte[capacity * WalFrame.HEADER_SIZE];
    buffers = new ByteBuffer[2 * capacity];
    for (int i = 0; i < capacity; i++) {
      buffers[2 * i] = ByteBuffer.wrap(headers);
      buffers[2 * i + 1] = NOTHING;
    }
  }

  /** Writes other content into accepted frames, which ascend; neighbours go in one write. */
  void rewrite(int[] frames, byte[][] images, int count) {
    reserveBuffers(Math.min(count, BATCH));
    int size = 0;
    for (int i = 0; i < count; i++) {
      int frame = frames[i];
      assert frame <= lastFrame && preparedFrame == lastFrame;
      firstRewritten = firstRewritten == 0 ? frame : Math.min(firstRewritten, frame);
      int offset = size * WalFrame.HEADER_SIZE;
      WalFrame.encodeUnchainedHeader(headers, offset, coordination.pageNumber(frame));
      buffers[2 * size].limit(offset + WalFrame.HEADER_SIZE).position(offset);
      buffers[2 * size + 1] = ByteBuffer.wrap(images[i]);
      size++;
      if (i + 1 == count || frames[i + 1] != frame + 1 || size == BATCH) {
        shared.log().write(WalFrame.position(frame + 1 - size, pageSize), buffers, 2 * size);
        size = 0;
      }
    }
    for (int i = 1; i < buffers.length; i += 2) {
      buffers[i] = NOTHING;
    }
  }

  /** Gives the rewritten frames, and those behind them, salts and checksums. */
  void repairChain() {
    if (firstRewritten != 0) {
      ChainRepair repair = new ChainRepair(shared.log(), generation, pageSize, bigEndian);
      move(lastFrame, repair.run(firstRewritten, lastFrame));
      firstRewritten = 0;
      shared.fileSystem().reached("wal.commit.chain-repaired");
    }
  }

  /** Puts the prepared frames, which are those of the given pages, into the index. */
  void accept(int[] pageNumbers, int count) {
    assert preparedFrame == lastFrame + count;
    for (int i = 0; i < count; i++) {
      coordination.appendFrame(lastFrame + 1 + i, pageNumbers[i]);
    }
    lastFrame = preparedFrame;
    checksum = preparedChecksum;
  }

  /** Forgets the prepared frames. */
  void abandon() {
    preparedFrame = lastFrame;
    preparedChecksum = checksum;
  }

  /**
   * Makes the first prepared frame invalid on disk, as far as that is possible, after the commit
   * that it belongs to has failed: a recovery shall not find a transaction that was reported as
   * failed.
   */
  void invalidatePrepared(TursoException failure) {
    try {
      shared
          .log()
          .write(
              WalFrame.position(lastFrame + 1, pageSize),
              ByteBuffer.allocate(WalFrame.HEADER_SIZE));
    } catch (TursoException e) {
      failure.addSuppressed(e);
    }
  }

  /** The state that publishing what was accepted would make. */
  WalIndexHeader committed(int pageCount, long changeCount) {
    return new WalIndexHeader(
        generation, lastFrame, pageCount, checksum, pageSize, bigEndian, changeCount);
  }
}
