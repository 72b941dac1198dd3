package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.record.RecordReader;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What ANALYZE wrote about the tables and indexes of a database, or somebody else did.
 *
 * <p>Immutable. See {@link IndexNumbers} and {@link KeySamples}.
 */
public final class Statistics {
  public static final Statistics NONE = new Statistics(Map.of(), Map.of(), Map.of());

  private final Map<String, OfTable> tables;
  private final Map<String, IndexNumbers> numbers;
  private final Map<String, KeySamples> samples;

  /**
   * Of a table.
   *
   * @param rows its number of rows
   * @param size average size of a row in bytes; negative if not known
   */
  public record OfTable(long rows, int size) {}

  private Statistics(
      Map<String, OfTable> tables,
      Map<String, IndexNumbers> numbers,
      Map<String, KeySamples> samples) {
    this.tables = tables;
    this.numbers = numbers;
    this.samples = samples;
  }

  public boolean isEmpty() {
    return tables.isEmpty() && numbers.isEmpty() && samples.isEmpty();
  }

  /** Null if nothing is known. */
  public @Nullable OfTable table(String name) {
    return tables.get(Names.key(name));
  }

  /** Null if nothing is known. */
  public @Nullable IndexNumbers index(String name) {
    return numbers.get(Names.key(name));
  }

  /** Null if there are none. */
  public @Nullable KeySamples samples(String index) {
    return samples.get(Names.key(index));
  }

  /** Without what is known of a table and its indexes. */
  Statistics without(Table table) {
    Statistics rest = this;
    for (Index index : table.indexes()) {
      rest = rest.withoutIndex(index.name());
    }
    return new Statistics(without(tables, table.name()), rest.numbers, rest.samples);
  }

  Statistics withoutIndex(String name) {
    return new Statistics(tables, without(numbers, name), without(samples, name));
  }

  private static <T> Map<String, T> without(Map<String, T> map, String name) {
    if (!map.containsKey(Names.key(name))) {
      return map;
    }
    Map<String, T> rest = new HashMap<>(map);
    rest.remove(Names.key(name));
    return rest;
  }

  /** Collects the rows of sqlite_stat1, then those of sqlite_stat4. */
  static final class Builder {
    private final Schema schema;
    private final Map<String, OfTable> tables = new HashMap<>();
    private final Map<String, IndexNumbers> numbers = new HashMap<>();

    /** Rows of sqlite_stat4 by their name, in no matter which letter case. */
    private final Map<String, List<KeySamples.Sample>> named = new TreeMap<>();

    Builder(Schema schema) {
      this.schema = schema;
    }

    /** A row of sqlite_stat1. What is about a table that there is not does not count. */
    void addNumbers(String tableName, @Nullable String indexName, String text) {
      if (!(schema.relation(tableName) instanceof Table table)) {
        return;
      }
      Index index = null;
      if (indexName != null) {
        index = Names.same(tableName, indexName) ? primaryKey(table) : schema.index(indexName);
      }
      String key = Names.key(tableName);
      OfTable known = tables.get(key);
      int size = known == null ? -1 : known.size();
      if (index == null) {
        IndexNumbers parsed = IndexNumbers.parse(text, 1);
        int told = parsed.size();
        tables.put(key, new OfTable(parsed.rows(0), told < 0 ? size : told));
        return;
      }
      IndexNumbers parsed = IndexNumbers.parse(text, index.keyColumnCount() + 1);
      numbers.put(Names.key(index.name()), parsed);
      if (!index.isPartial()) {
        tables.put(key, new OfTable(parsed.rows(0), size));
      }
    }

    private static @Nullable Index primaryKey(Table table) {
      for (Index index : table.indexes()) {
        if (table.isStoredIn(index)) {
          return index;
        }
      }
      return null;
    }

    /** A row of sqlite_stat4. */
    void addSample(String name, String equal, String less, String distinctLess, byte[] key) {
      Index index = sampled(name);
      if (index == null) {
        return;
      }
      int columns = columns(index);
      named
          .computeIfAbsent(Names.key(name), n -> new ArrayList<>())
          .add(
              new KeySamples.Sample(
                  integers(equal, columns),
                  integers(less, columns),
                  integers(distinctLess, columns),
                  key,
                  valueCount(key)));
    }

    /** What is no record is equal to every key, as if it had no values: so SQLite takes it. */
    private int valueCount(byte[] key) {
      RecordReader reader = new RecordReader(schema.encoding());
      try {
        reader.attach(key, 0, key.length);
        return reader.columnCount();
      } catch (CorruptDatabaseException malformed) {
        return 0;
      }
    }

    private static long[] integers(String text, int count) {
      IndexNumbers parsed = IndexNumbers.parse(text, count);
      long[] integers = new long[count];
      for (int i = 0; i < count; i++) {
        integers[i] = parsed.rows(i);
      }
      return integers;
    }

    /** The index of a name, which for a WITHOUT ROWID table itself is the table's. */
    private @Nullable Index sampled(String name) {
      Index index = schema.index(name);
      return index == null && schema.relation(name) instanceof Table table
          ? primaryKey(table)
          : index;
    }

    private int columns(Index index) {
      Table table = schema.table(index.table());
      return table != null && table.isStoredIn(index)
          ? index.keyColumnCount()
          : index.columns().size();
    }

    Statistics build() {
      Map<String, KeySamples> samples = new HashMap<>();
      for (Map.Entry<String, List<KeySamples.Sample>> entry : named.entrySet()) {
        Index index = sampled(entry.getKey());
        if (index != null) {
          String key = Names.key(index.name());
          samples.putIfAbsent(
              key,
              new KeySamples(
                  entry.getValue(), columns(index), index.keyColumnCount(), numbers.get(key)));
        }
      }
      return new Statistics(tables, numbers, samples);
    }
  }
}
