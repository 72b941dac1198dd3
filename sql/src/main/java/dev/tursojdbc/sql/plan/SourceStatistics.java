package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.IndexNumbers;
import dev.tursojdbc.sql.schema.KeySamples;
import dev.tursojdbc.sql.schema.Statistics;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.value.Affinity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How many rows a table has and how many share a key: from ANALYZE, or SQLite's guesses, which are
 * a million rows, and 10, 9, 8, 7, 6, 5 … rows for keys of one column, two columns and so on.
 */
final class SourceStatistics {
  static final int DEFAULT_ROWS = 200;
  private static final int LEAST_ROWS = 99;
  private static final int PARTIAL_INDEX = 10;
  private static final int[] ROWS_PER_KEY = {33, 32, 30, 28, 27};
  private static final int ROWS_PER_LONGER_KEY = 23;

  private final Table table;
  private final Statistics statistics;

  SourceStatistics(Source.OfTable source, Statistics statistics) {
    this.table = source.table();
    this.statistics = statistics;
  }

  /** Whether there are samples of keys of an index. */
  boolean areSampled() {
    return table.indexes().stream().anyMatch(index -> samples(index) != null);
  }

  /** Estimate of the number of rows. */
  int rows() {
    Statistics.OfTable known = statistics.table(table.name());
    int rows = known == null ? DEFAULT_ROWS : LogEstimate.of(known.rows());
    return rows < LEAST_ROWS && !table.indexes().stream().allMatch(this::isKnown)
        ? LEAST_ROWS
        : rows;
  }

  boolean isKnown(Index index) {
    return statistics.index(index.name()) != null;
  }

  /** Whether an index must not be used for ranges, or to sort. */
  boolean isUnordered(Index index) {
    IndexNumbers known = statistics.index(index.name());
    return known != null && known.isUnordered();
  }

  /**
   * Whether it is known how many values the first columns of an index have, and not forbidden to
   * try them all.
   */
  boolean isSkippable(Index index) {
    IndexNumbers known = statistics.index(index.name());
    return known != null && known.isSkippable();
  }

  /** Samples of an index's keys; null if there are none. */
  @Nullable KeySamples samples(Index index) {
    return statistics.samples(index.name());
  }

  /** Estimate of the rows that share their first so many columns of an index; of all rows for 0. */
  int rowsPerKey(Index index, int columns) {
    IndexNumbers known = statistics.index(index.name());
    if (known != null && columns < known.known()) {
      return LogEstimate.of(known.rows(columns));
    }
    if (columns == 0) {
      return index.isPartial() ? rows() - PARTIAL_INDEX : rows();
    }
    if (columns >= index.keyColumnCount()) {
      if (index.isUnique() || columns > index.keyColumnCount()) {
        return 0;
      }
    }
    return columns <= ROWS_PER_KEY.length ? ROWS_PER_KEY[columns - 1] : ROWS_PER_LONGER_KEY;
  }

  /** Estimate of the width of a row, in units of its own. */
  int rowWidth() {
    Statistics.OfTable known = statistics.table(table.name());
    if (known != null && known.size() > 0) {
      return LogEstimate.of(known.size());
    }
    int width = table.rowidColumn() < 0 ? 1 : 0;
    for (Column column : table.columns()) {
      width += width(column);
    }
    return LogEstimate.of(4L * width);
  }

  int entryWidth(Index index) {
    IndexNumbers known = statistics.index(index.name());
    if (known != null && known.size() > 0) {
      return LogEstimate.of(known.size());
    }
    int width = 0;
    List<IndexColumn> columns = index.columns();
    for (IndexColumn column : columns) {
      width += column.column() < 0 ? 1 : width(table.column(column.column()));
    }
    return LogEstimate.of(4L * width);
  }

  private static int width(Column column) {
    String type = column.declaredType();
    if (type == null || type.isEmpty() || column.affinity().compareTo(Affinity.NUMERIC) >= 0) {
      return 1;
    }
    int digit = 0;
    while (digit < type.length() && !Character.isDigit(type.charAt(digit))) {
      digit++;
    }
    int size = digit == type.length() ? 16 : 0;
    for (; digit < type.length() && Character.isDigit(type.charAt(digit)); digit++) {
      size = Math.min(size * 10 + type.charAt(digit) - '0', 10_000);
    }
    return Math.min(size / 4 + 1, 255);
  }
}
