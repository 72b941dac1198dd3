package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/**
 * What ANALYZE finds out about an index: for sqlite_stat1 how many entries it has, then for each
 * number of leading key columns how many entries have the same values in them on average; for
 * sqlite_stat4 samples of its keys.
 *
 * <p>The average is rounded up; but one barely above 1 says 1, so that an index with few duplicates
 * counts as unique.
 *
 * <p>With a limit on the entries to look at there are no samples. Whenever so many were seen, the
 * scan skips the rest of those with the same first value; it ends if it has seen more than one.
 */
public final class IndexStatistics {
  private final IndexCursor cursor;
  private final KeyOrder order;
  private final RecordReader reader;
  private final int columns;
  private final int keyColumns;
  private final int compared;
  private final int limit;

  /**
   * @param columns how many columns samples have: all that tell entries apart
   * @param keyColumns how many of them were asked for
   * @param compared how many of them may be the same in two entries
   * @param limit how many entries are looked at; 0: all
   */
  public record Extent(int columns, int keyColumns, int compared, int limit) {}

  /**
   * @param numbers the text for sqlite_stat1
   */
  public record Found(String numbers, long rows, List<KeySample> samples) {}

  public IndexStatistics(
      PageSource pages, int root, KeyOrder order, TextEncoding encoding, Extent extent) {
    this.cursor = new IndexCursor(pages, root, order);
    this.order = order;
    this.reader = new RecordReader(encoding);
    this.columns = extent.columns();
    this.keyColumns = extent.keyColumns();
    this.compared = extent.compared();
    this.limit = extent.limit();
  }

  public Found compute(Frame frame) {
    long entries = cursor.count(frame::checkInterrupted);
    KeySampler sampler = limit == 0 ? new KeySampler(columns, entries) : null;
    long seen = 0;
    int skips = 0;
    long[] distinct = new long[columns];
    Register[] previous = Registers.of(columns);
    Register[] key = Registers.of(columns);
    boolean more = cursor.first();
    while (more) {
      frame.checkInterrupted();
      byte[] entry = cursor.payload();
      read(entry, key);
      int same = seen == 0 ? 0 : sameColumns(previous, key);
      for (int i = same; i < columns; i++) {
        distinct[i]++;
      }
      seen++;
      Register[] last = key;
      key = previous;
      previous = last;
      if (sampler != null) {
        sampler.add(same, entry);
      } else if (seen > (long) limit * (skips + 1)) {
        skips++;
        // As in SQLite the first entry behind those that are skipped goes with them.
        more = distinct[0] == 1 && cursor.seekAfter(previous, 1);
      }
      more = more && cursor.next();
    }
    return new Found(
        text(skips > 0 ? entries : seen, seen, distinct),
        seen,
        sampler == null || seen == 0 ? List.of() : sampler.finish());
  }

  private void read(byte[] entry, Register[] key) {
    // The record is a copy, to which the registers may refer until the next but one is read.
    reader.attach(entry, 0, entry.length);
    for (int i = 0; i < columns; i++) {
      if (reader.read(i, key[i]) == RecordReader.ABSENT) {
        key[i].setNull();
      }
    }
  }

  private int sameColumns(Register[] left, Register[] right) {
    int same = 0;
    while (same < compared && order.compareValues(same, left[same], right[same]) == 0) {
      same++;
    }
    return same;
  }

  private String text(long entries, long seen, long[] distinct) {
    StringBuilder text = new StringBuilder().append(entries);
    for (int i = 0; i < keyColumns; i++) {
      long different = Math.max(1, distinct[i]);
      long average = (seen + different - 1) / different;
      if (average == 2 && seen * 10 <= different * 11) {
        average = 1;
      }
      text.append(' ').append(average);
    }
    return text.toString();
  }
}
