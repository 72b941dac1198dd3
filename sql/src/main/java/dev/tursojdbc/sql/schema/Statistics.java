package dev.tursojdbc.sql.schema;

import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What ANALYZE wrote into sqlite_stat1: how many rows there are, and how many share a key.
 *
 * <p>A row is (table, index, text of integers). The first integer is the number of rows; the n-th
 * after it is the average number of rows that agree in the first n columns of the index.
 */
public final class Statistics {
  public static final Statistics NONE = new Statistics(Map.of(), Map.of());

  private final Map<String, Long> tableRows;
  private final Map<String, long[]> indexRows;

  private Statistics(Map<String, Long> tableRows, Map<String, long[]> indexRows) {
    this.tableRows = tableRows;
    this.indexRows = indexRows;
  }

  public boolean isEmpty() {
    return tableRows.isEmpty() && indexRows.isEmpty();
  }

  /** Number of rows of a table, or -1 if it was not analysed. */
  public long rowCount(String table) {
    return tableRows.getOrDefault(Names.key(table), -1L);
  }

  /** The integers of an index, or null. Not to be changed. */
  public long @Nullable [] ofIndex(String index) {
    return indexRows.get(Names.key(index));
  }

  /** Collects rows of sqlite_stat1. */
  public static final class Builder {
    private final Map<String, Long> tableRows = new HashMap<>();
    private final Map<String, long[]> indexRows = new HashMap<>();

    /** Adds a row; what is no list of integers ends at the first word that is none. */
    public void add(String table, @Nullable String index, String integers) {
      String[] words = integers.strip().split(" +");
      long[] values = new long[words.length];
      int count = 0;
      while (count < words.length && words[count].matches("[0-9]{1,18}")) {
        values[count] = Long.parseLong(words[count]);
        count++;
      }
      if (count == 0) {
        return;
      }
      tableRows.put(Names.key(table), values[0]);
      if (index != null && count > 1) {
        indexRows.put(Names.key(index), java.util.Arrays.copyOf(values, count));
      }
    }

    public Statistics build() {
      return new Statistics(Map.copyOf(tableRows), Map.copyOf(indexRows));
    }
  }
}
