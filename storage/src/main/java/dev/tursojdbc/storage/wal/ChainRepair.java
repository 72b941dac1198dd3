package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.file.StorageFile;
import java.nio.ByteBuffer;

/**
 * Computes the chain of checksums anew over frames of a transaction some of which were rewritten.
 *
 * <p>The frames are read and written back in batches, whole: one write of a mebibyte costs less
 * than hundreds of 24 bytes. Nobody else reads them yet, and a crash between two batches leaves a
 * chain that ends between them, without a commit.
 */
final class ChainRepair {
  private static final int BATCH_SIZE = 1 << 20;

  private final StorageFile log;
  private final long salts;
  private final int pageSize;
  private final boolean bigEndian;
  private final int frameSize;

  ChainRepair(StorageFile log, long salts, int pageSize, boolean bigEndian) {
    this.log = log;
    this.salts = salts;
    this.pageSize = pageSize;
    this.bigEndian = bigEndian;
    this.frameSize = WalFrame.HEADER_SIZE + pageSize;
  }

  /**
   * Repairs the chain; up to the first of these frames it is whole.
   *
   * @return the checksum of the last frame
   */
  long run(int firstFrame, int lastFrame) {
    int capacity = Math.min(Math.max(1, BATCH_SIZE / frameSize), lastFrame - firstFrame + 1);
    byte[] bytes = new byte[capacity * frameSize];
    long checksum = checksumBefore(firstFrame);
    for (int frame = firstFrame; frame <= lastFrame; ) {
      int count = Math.min(capacity, lastFrame - frame + 1);
      long position = WalFrame.position(frame, pageSize);
      read(position, bytes, count * frameSize);
      for (int i = 0; i < count; i++) {
        checksum = WalFrame.chain(bytes, i * frameSize, pageSize, salts, checksum, bigEndian);
      }
      log.write(position, ByteBuffer.wrap(bytes, 0, count * frameSize));
      frame += count;
    }
    return checksum;
  }

  /** The checksum that the frame continues: that of the frame before it, or of the log's header. */
  private long checksumBefore(int frame) {
    if (frame == 1) {
      byte[] bytes = new byte[WalHeader.SIZE];
      read(0, bytes, bytes.length);
      WalHeader header = WalHeader.decode(bytes);
      if (header == null || header.salts() != salts) {
        throw changed();
      }
      return header.checksum();
    }
    byte[] bytes = new byte[WalFrame.HEADER_SIZE];
    read(WalFrame.position(frame - 1, pageSize), bytes, bytes.length);
    if (WalFrame.salts(bytes, 0) != salts) {
      throw changed();
    }
    return WalFrame.checksum(bytes, 0);
  }

  private void read(long position, byte[] target, int length) {
    if (log.read(position, target, 0, length) < length) {
      throw changed();
    }
  }

  private TursoException changed() {
    return new TursoException(
        ErrorCode.IOERR_SHORT_READ,
        "disk I/O error: frames of this transaction are not in " + log.path() + " any more");
  }
}
