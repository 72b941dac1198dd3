package dev.tursojdbc.sql.schema;

import java.util.Arrays;

/**
 * What sqlite_stat1 says of an index.
 *
 * <pre>
 *   stat := integer* word*
 *   word := "unordered" | "sz=" integer | "noskipscan"
 * </pre>
 *
 * <p>The first integer is the number of entries; the n-th after it is the average number of entries
 * that agree in the first n columns. {@code unordered} says that the index is not to be used for
 * ranges or to sort, {@code sz} how many bytes an entry has, {@code noskipscan} that its first
 * column is not to be skipped. Of a text that is not of this form what can be read counts, as in
 * SQLite.
 */
public final class IndexNumbers {
  /** What is less than this is wrong. */
  private static final int LEAST_SIZE = 2;

  private final long[] rows;
  private final int known;
  private final boolean unordered;
  private final boolean skippable;
  private final int size;

  private IndexNumbers(long[] rows, int known, boolean unordered, boolean skippable, int size) {
    this.rows = rows;
    this.known = known;
    this.unordered = unordered;
    this.skippable = skippable;
    this.size = size;
  }

  /**
   * @param most how many integers may be there; those that are missing are 0
   */
  static IndexNumbers parse(String text, int most) {
    long[] integers = new long[most];
    int at = 0;
    int count = 0;
    while (at < text.length() && count < most) {
      long value = 0;
      while (at < text.length() && isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at) - '0';
        at++;
      }
      integers[count] = value;
      count++;
      if (at < text.length() && text.charAt(at) == ' ') {
        at++;
      }
    }
    boolean unordered = false;
    boolean skippable = true;
    int size = -1;
    for (String word : Arrays.asList(text.substring(at).split(" +", -1))) {
      if (word.startsWith("unordered")) {
        unordered = true;
      } else if (word.startsWith("sz=") && word.length() > 3 && isDigit(word.charAt(3))) {
        size = Math.max(LEAST_SIZE, (int) leadingInteger(word.substring(3)));
      } else if (word.startsWith("noskipscan")) {
        skippable = false;
      }
    }
    return new IndexNumbers(integers, count, unordered, skippable, size);
  }

  private static boolean isDigit(char letter) {
    return letter >= '0' && letter <= '9';
  }

  private static long leadingInteger(String text) {
    long value = 0;
    for (int i = 0; i < text.length() && isDigit(text.charAt(i)); i++) {
      value = Math.min(value * 10 + text.charAt(i) - '0', Integer.MAX_VALUE);
    }
    return value;
  }

  /** How many integers there are. The other ones are not known. */
  public int known() {
    return known;
  }

  /** Average number of entries that agree in so many columns; of all for 0; 0 if not known. */
  public long rows(int columns) {
    return rows[columns];
  }

  public boolean isUnordered() {
    return unordered;
  }

  public boolean isSkippable() {
    return skippable;
  }

  /** Average size of an entry in bytes; negative if not known. */
  public int size() {
    return size;
  }
}
