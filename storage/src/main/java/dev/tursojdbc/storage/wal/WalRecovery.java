package dev.tursojdbc.storage.wal;

import dev.tursojdbc.storage.file.StorageFile;
import org.jspecify.annotations.Nullable;

/**
 * Reads a log from its beginning and keeps the longest prefix that ends in a commit.
 *
 * <p>The scan ends at the first frame that is incomplete, has page number 0, other salts than the
 * header, or a checksum that does not continue the chain. What follows the last commit frame before
 * that is forgotten; the file is not cut, the next commit overwrites it. A read error is not an
 * end: it fails the open, because commits may lie behind it.
 *
 * @param header the log's header; null if there is none, or a torn one, so that the log counts as
 *     empty
 * @param state the last committed state
 * @param index the committed frames
 */
record WalRecovery(@Nullable WalHeader header, WalIndexHeader state, WalFrameIndex index) {
  /** How many bytes are read at once, roughly. */
  private static final int CHUNK_SIZE = 1 << 20;

  /**
   * Recovers a log.
   *
   * @param pageSize page size of the database, which holds if the log has no header
   */
  static WalRecovery recover(StorageFile file, int pageSize) {
    byte[] bytes = new byte[WalHeader.SIZE];
    WalHeader header =
        file.read(0, bytes, 0, bytes.length) < bytes.length ? null : WalHeader.decode(bytes);
    if (header == null) {
      return empty(pageSize);
    }
    Scan scan = new Scan(header);
    scan.run(file);
    WalIndexHeader state = scan.committed;
    // A header without commits behind it overrules nothing.
    return new WalRecovery(
        header, state.maxFrame() == 0 ? state.withPageSize(pageSize) : state, scan.index);
  }

  /** What a log without content recovers to. */
  static WalRecovery empty(int pageSize) {
    return new WalRecovery(null, WalIndexHeader.empty(pageSize), new WalFrameIndex());
  }

  private static final class Scan {
    private final WalHeader header;
    private final WalFrameIndex index = new WalFrameIndex();
    private WalIndexHeader committed;
    private long checksum;
    private int frame;

    Scan(WalHeader header) {
      this.header = header;
      this.checksum = header.checksum();
      this.committed = state(0, 0);
    }

    private WalIndexHeader state(int maxFrame, int pageCount) {
      return new WalIndexHeader(
          header.salts(),
          maxFrame,
          pageCount,
          checksum,
          header.pageSize(),
          header.bigEndianChecksum(),
          0);
    }

    void run(StorageFile file) {
      int frameSize = WalFrame.HEADER_SIZE + header.pageSize();
      // One frame more than there is: the read behind the last one then ends the scan.
      long frames = Math.min(file.size(), CHUNK_SIZE) / frameSize + 1;
      byte[] chunk = new byte[(int) frames * frameSize];
      boolean more = true;
      while (more) {
        int size =
            file.read(WalFrame.position(frame + 1, header.pageSize()), chunk, 0, chunk.length);
        more = size == chunk.length;
        for (int offset = 0; offset + frameSize <= size; offset += frameSize) {
          if (!accept(chunk, offset)) {
            more = false;
            break;
          }
        }
      }
      index.truncate(committed.maxFrame());
    }

    private boolean accept(byte[] bytes, int offset) {
      int pageNumber = WalFrame.pageNumber(bytes, offset);
      if (pageNumber == 0 || WalFrame.salts(bytes, offset) != header.salts()) {
        return false;
      }
      long expected =
          WalFrame.expectedChecksum(
              bytes, offset, header.pageSize(), checksum, header.bigEndianChecksum());
      if (WalFrame.checksum(bytes, offset) != expected) {
        return false;
      }
      checksum = expected;
      frame++;
      index.append(frame, pageNumber);
      int pageCount = WalFrame.pageCount(bytes, offset);
      if (pageCount != 0) {
        committed = state(frame, pageCount);
      }
      return true;
    }
  }
}
