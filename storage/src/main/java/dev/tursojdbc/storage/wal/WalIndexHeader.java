package dev.tursojdbc.storage.wal;

/**
 * A committed state of the log, as it is published to readers: the fields of SQLite's 48-byte
 * wal-index header.
 *
 * @param generation the raw salts, salt-1 on top; 0 as long as the log never had a header
 * @param maxFrame last committed frame; 0 if the log is empty
 * @param pageCount size of the database in pages; 0 if only the file's size tells
 * @param checksum of the last committed frame, the seed of the next
 * @param pageSize bytes in a page
 * @param bigEndianChecksum whether the checksums of this generation read their words big-endian
 * @param changeCount differs between any two different committed states; known to this process only
 */
record WalIndexHeader(
    long generation,
    int maxFrame,
    int pageCount,
    long checksum,
    int pageSize,
    boolean bigEndianChecksum,
    long changeCount) {

  /** The state of a log without frames, of which nothing is known but the page size. */
  static WalIndexHeader empty(int pageSize) {
    return new WalIndexHeader(0, 0, 0, 0, pageSize, false, 0);
  }

  /** The same state with another page size; only for a log without frames. */
  WalIndexHeader withPageSize(int newPageSize) {
    return new WalIndexHeader(
        generation, maxFrame, pageCount, checksum, newPageSize, bigEndianChecksum, changeCount);
  }

  /** The same state under another number. */
  WalIndexHeader withChangeCount(long newChangeCount) {
    return new WalIndexHeader(
        generation, maxFrame, pageCount, checksum, pageSize, bigEndianChecksum, newChangeCount);
  }

  /**
   * The state after a restart: same content, no frames, salt-1 one more and a new salt-2, so that
   * no frame of the old generation passes for one of the new.
   */
  WalIndexHeader restarted(int salt2) {
    long salts = WalChecksum.pack(WalChecksum.first(generation) + 1, salt2);
    return new WalIndexHeader(salts, 0, pageCount, 0, pageSize, false, changeCount);
  }
}
