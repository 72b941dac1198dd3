package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.btree.IndexCursor;
import dev.tursojdbc.storage.page.PageSource;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import org.jspecify.annotations.Nullable;

/**
 * What ANALYZE says of an index in sqlite_stat1: how many entries it has, then for each number of
 * leading columns how many entries have the same values in them on average.
 *
 * <p>The average is rounded up; but one barely above 1 says 1, so that an index with few duplicates
 * counts as unique.
 */
public final class IndexStatistics {
  private final IndexCursor cursor;
  private final KeyOrder order;
  private final RecordReader reader;
  private final int columns;

  /**
   * @param columns how many of the leading columns are looked at
   */
  public IndexStatistics(
      PageSource pages, int root, KeyOrder order, TextEncoding encoding, int columns) {
    this.cursor = new IndexCursor(pages, root, order);
    this.order = order;
    this.reader = new RecordReader(encoding);
    this.columns = columns;
  }

  /** The text; null if there are no entries. */
  public @Nullable String compute(Frame frame) {
    long count = 0;
    long[] distinct = new long[columns];
    Register[] previous = Registers.of(columns);
    Register[] key = Registers.of(columns);
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      frame.checkInterrupted();
      read(key);
      int same = count == 0 ? 0 : sameColumns(previous, key);
      for (int i = same; i < columns; i++) {
        distinct[i]++;
      }
      count++;
      Register[] read = key;
      key = previous;
      previous = read;
    }
    return count == 0 ? null : text(count, distinct);
  }

  private void read(Register[] key) {
    // The record is a copy, to which the registers may refer until the next but one is read.
    byte[] payload = cursor.payload();
    reader.attach(payload, 0, payload.length);
    for (int i = 0; i < columns; i++) {
      if (reader.read(i, key[i]) == RecordReader.ABSENT) {
        key[i].setNull();
      }
    }
  }

  private int sameColumns(Register[] left, Register[] right) {
    int same = 0;
    while (same < columns && order.compare(left, right, same + 1) == 0) {
      same++;
    }
    return same;
  }

  private static String text(long count, long[] distinct) {
    StringBuilder text = new StringBuilder().append(count);
    for (long different : distinct) {
      long average = (count + different - 1) / different;
      if (average == 2 && count * 10 <= different * 11) {
        average = 1;
      }
      text.append(' ').append(average);
    }
    return text.toString();
  }
}
