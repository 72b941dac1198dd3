package dev.tursojdbc.sql.exec;

/**
 * An entry of an index, with what is known about each prefix of its columns: a row of sqlite_stat4.
 *
 * <p>While entries are still being looked at, it has also what decides whether it stays. An entry
 * with many equals under some prefix of its columns is worth more than one with few.
 */
public final class KeySample {
  /** By the number of columns less one: entries that are equal in them, this one included. */
  final long[] equal;

  /** Entries that are less. */
  final long[] less;

  /** Different keys that are less. */
  final long[] distinctLess;

  /** The record; nobody changes it. */
  byte[] entry = {};

  /** Whether it was chosen for its place, as one of those that are spread evenly. */
  boolean periodic;

  /** If not: the column up to which it has many equals. */
  int column;

  /** Decides between samples that are as good as each other. */
  int lot;

  KeySample(int columns) {
    equal = new long[columns];
    less = new long[columns];
    distinctLess = new long[columns];
  }

  KeySample copy() {
    KeySample copy = new KeySample(equal.length);
    copy.set(this);
    return copy;
  }

  void set(KeySample other) {
    System.arraycopy(other.equal, 0, equal, 0, equal.length);
    System.arraycopy(other.less, 0, less, 0, less.length);
    System.arraycopy(other.distinctLess, 0, distinctLess, 0, distinctLess.length);
    entry = other.entry;
    periodic = other.periodic;
    column = other.column;
    lot = other.lot;
  }

  /** Whether it has more equals than another one that was chosen for its equals, too. */
  boolean isBetterThan(KeySample other) {
    long own = equal[column];
    long others = other.equal[other.column];
    if (own != others) {
      return own > others;
    }
    return column == other.column ? isBetterBeyond(other) : column < other.column;
  }

  /** Whether it is the better of two for the same column, going by the columns behind it. */
  boolean isBetterBeyond(KeySample other) {
    for (int i = column + 1; i < equal.length; i++) {
      if (equal[i] != other.equal[i]) {
        return equal[i] > other.equal[i];
      }
    }
    return Integer.compareUnsigned(lot, other.lot) > 0;
  }

  public String equalText() {
    return text(equal);
  }

  public String lessText() {
    return text(less);
  }

  public String distinctLessText() {
    return text(distinctLess);
  }

  /** The record of the index entry; not to be changed. */
  public byte[] entry() {
    return entry;
  }

  private static String text(long[] counts) {
    StringBuilder text = new StringBuilder();
    for (long count : counts) {
      if (!text.isEmpty()) {
        text.append(' ');
      }
      text.append(count);
    }
    return text.toString();
  }
}
