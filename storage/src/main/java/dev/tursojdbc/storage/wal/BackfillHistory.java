package dev.tursojdbc.storage.wal;

import java.util.Arrays;

/**
 * Remembers for each page of the database file in which run of backfilling it was last written, so
 * that a page cache knows whether its image of the file's page is still true.
 *
 * <p>Runs are counted for the whole process. A run is a checkpoint of this process, or the
 * discovery that another process checkpointed or restarted the log. A page that is in the database
 * file for some reader is not written as long as that reader holds its mark; so an image that was
 * read when the count was {@code n} is true as long as the page's last run is at most {@code n}.
 *
 * <p>Readers take no lock. The numbers are written before the backfill count that makes them matter
 * is published.
 */
final class BackfillHistory {
  private static final int CHUNK_SHIFT = 12;
  private static final int CHUNK_PAGES = 1 << CHUNK_SHIFT;
  private static final int[] NEVER = new int[0];

  private volatile int count;

  /** Run since when nothing is known about any page. */
  private volatile int unknownSince;

  /** Last run of each page, in chunks that exist only where something was written. */
  private volatile int[][] chunks = {};

  private volatile Known known;

  BackfillHistory(long generation) {
    this.known = new Known(generation, generation, 0);
  }

  /** The state of the log up to which the runs account for what is in the database file. */
  private record Known(long generation, long previousGeneration, int backfilled) {
    boolean covers(long otherGeneration, int otherBackfilled) {
      return otherGeneration == generation
          ? otherBackfilled <= backfilled
          : otherGeneration == previousGeneration;
    }
  }

  int count() {
    return count;
  }

  /** Whether the page was, or may have been, written to the file after the count stood so. */
  boolean changedSince(int pageNumber, long then) {
    return lastRun(pageNumber) > then || unknownSince > then;
  }

  private int lastRun(int pageNumber) {
    int[][] all = chunks;
    int chunk = pageNumber >>> CHUNK_SHIFT;
    if (chunk >= all.length) {
      return 0;
    }
    int[] pages = all[chunk];
    return pages.length == 0 ? 0 : pages[pageNumber & CHUNK_PAGES - 1];
  }

  /** Begins a run of this process; what it writes is announced by {@link #willWrite}. */
  synchronized int beginRun() {
    count = count + 1;
    return count;
  }

  /** The page is about to be written to the database file. */
  synchronized void willWrite(int pageNumber, int run) {
    int chunk = pageNumber >>> CHUNK_SHIFT;
    if (chunk >= chunks.length) {
      int[][] longer = Arrays.copyOf(chunks, Math.max(chunk + 1, chunks.length * 2));
      Arrays.fill(longer, chunks.length, longer.length, NEVER);
      chunks = longer;
    }
    if (chunks[chunk].length == 0) {
      int[][] copy = chunks.clone();
      copy[chunk] = new int[CHUNK_PAGES];
      chunks = copy;
    }
    chunks[chunk][pageNumber & CHUNK_PAGES - 1] = run;
  }

  /** This process is about to publish its progress. */
  synchronized void willPublish(long generation, int backfilled) {
    if (known.generation == generation) {
      known = new Known(generation, known.previousGeneration, backfilled);
    }
  }

  /** This process is about to begin a new generation, everything before it being backfilled. */
  synchronized void willRestart(long generation) {
    known = new Known(generation, known.generation, 0);
  }

  /** Accounts for what other processes backfilled or restarted, if they did. */
  void notice(WalCoordination coordination, WalIndexHeader header, int backfilled) {
    if (!known.covers(header.generation(), backfilled)) {
      catchUp(coordination);
    }
  }

  private synchronized void catchUp(WalCoordination coordination) {
    WalIndexHeader header = coordination.header();
    int backfilled = coordination.backfilled();
    if (known.covers(header.generation(), backfilled)) {
      return;
    }
    int run = beginRun();
    if (header.generation() == known.generation) {
      for (int frame = known.backfilled + 1; frame <= backfilled; frame++) {
        willWrite(coordination.pageNumber(frame), run);
      }
    }
    if (header.generation() != known.generation
        || coordination.header().generation() != header.generation()) {
      unknownSince = run;
      // The backfill count may belong to a third generation: assume none, and look again.
      backfilled = 0;
    }
    known = new Known(header.generation(), known.generation, backfilled);
  }
}
