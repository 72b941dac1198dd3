package dev.tursojdbc.sql.schema;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What sqlite_stat4 says of an index: some of its keys, in their order, and how many entries are
 * less than and equal to each prefix of them.
 */
public final class KeySamples {

  /** One key. By the number of columns less one: entries equal to it, less, different ones less. */
  static final class Sample {
    final long[] equal;
    final long[] less;
    final long[] distinctLess;
    final byte[] key;
    final int values;

    Sample(long[] equal, long[] less, long[] distinctLess, byte[] key, int values) {
      this.equal = equal;
      this.less = less;
      this.distinctLess = distinctLess;
      this.key = key;
      this.values = values;
    }
  }

  private final List<Sample> samples;
  private final long[] averageEqual;
  private long rows;

  /**
   * @param columns of an entry that samples have
   * @param keyColumns how many of them the index was made on
   */
  KeySamples(List<Sample> samples, int columns, int keyColumns, @Nullable IndexNumbers numbers) {
    this.samples = List.copyOf(samples);
    this.averageEqual = new long[columns];
    int averaged = 1;
    if (columns > 1) {
      // All columns together tell entries apart.
      averaged = columns - 1;
      averageEqual[columns - 1] = 1;
    }
    for (int i = 0; i < averaged; i++) {
      averageEqual[i] = averageEqual(i, keyColumns, numbers);
    }
  }

  /** Of the keys that are not among the samples, as far as that can be told. */
  private long averageEqual(int column, int keyColumns, @Nullable IndexNumbers numbers) {
    int count = samples.size();
    int counted = count;
    long distinct;
    if (numbers == null || column >= keyColumns || numbers.rows(column + 1) == 0) {
      Sample last = samples.get(count - 1);
      rows = last.less[column];
      distinct = 100 * last.distinctLess[column];
      counted--;
    } else {
      rows = numbers.rows(0);
      distinct = 100 * rows / numbers.rows(column + 1);
    }
    long sampled = 0;
    long sampledDistinct = 0;
    for (int i = 0; i < counted; i++) {
      if (i == count - 1
          || samples.get(i).distinctLess[column] != samples.get(i + 1).distinctLess[column]) {
        sampled += samples.get(i).equal[column];
        sampledDistinct += 100;
      }
    }
    if (distinct > sampledDistinct && sampled < rows) {
      return Math.max(1, 100 * (rows - sampled) / (distinct - sampledDistinct));
    }
    return 1;
  }

  public int count() {
    return samples.size();
  }

  /** Columns that a sample has. */
  public int columnCount() {
    return averageEqual.length;
  }

  /** Number of entries. */
  public long rows() {
    return rows;
  }

  public long equal(int sample, int column) {
    return samples.get(sample).equal[column];
  }

  public long less(int sample, int column) {
    return samples.get(sample).less[column];
  }

  /** The record; not to be changed. */
  public byte[] key(int sample) {
    return samples.get(sample).key;
  }

  /** How many values can be read of the record. */
  public int valueCount(int sample) {
    return samples.get(sample).values;
  }

  /** How many entries are equal, up to a column, to a key that is not among the samples. */
  public long averageEqual(int column) {
    return averageEqual[column];
  }
}
