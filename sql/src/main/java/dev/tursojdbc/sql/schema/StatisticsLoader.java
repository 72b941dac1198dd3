package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageSource;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads what ANALYZE wrote into sqlite_stat1 and sqlite_stat4. */
final class StatisticsLoader {
  private static final int NUMBER_COLUMNS = 3;
  private static final int SAMPLE_COLUMNS = 6;

  private final PageSource pages;
  private final Schema schema;
  private final List<byte[]> numberRecords;
  private final List<byte[]> sampleRecords;

  /**
   * @param numberRecords gets the records of sqlite_stat1
   * @param sampleRecords gets those of sqlite_stat4
   */
  StatisticsLoader(
      PageSource pages, Schema schema, List<byte[]> numberRecords, List<byte[]> sampleRecords) {
    this.pages = pages;
    this.schema = schema;
    this.numberRecords = numberRecords;
    this.sampleRecords = sampleRecords;
  }

  Statistics load() {
    Table numbers = numbers(schema);
    Table samples = samples(schema);
    if (numbers == null && samples == null) {
      return Statistics.NONE;
    }
    Statistics.Builder builder = new Statistics.Builder(schema);
    try {
      if (numbers != null) {
        loadNumbers(numbers, builder);
      }
      if (samples != null) {
        loadSamples(samples, builder);
      }
    } catch (CorruptDatabaseException damage) {
      // They only help to plan: what was read will do, as it does in SQLite.
      return builder.build();
    }
    return builder.build();
  }

  private void loadNumbers(Table table, Statistics.Builder builder) {
    TableCursor cursor = new TableCursor(pages, table.rootPage());
    RowValues row = new RowValues(schema.encoding(), NUMBER_COLUMNS);
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      row.read(SchemaLoader.nextOf(numberRecords, cursor));
      String name = row.text(0);
      String integers = row.text(2);
      if (name != null && integers != null) {
        builder.addNumbers(name, row.text(1), integers);
      }
    }
  }

  private void loadSamples(Table table, Statistics.Builder builder) {
    TableCursor cursor = new TableCursor(pages, table.rootPage());
    RowValues row = new RowValues(schema.encoding(), SAMPLE_COLUMNS);
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      row.read(SchemaLoader.nextOf(sampleRecords, cursor));
      String index = row.text(1);
      if (index != null) {
        builder.addSample(
            index, row.textOr(2, ""), row.textOr(3, ""), row.textOr(4, ""), row.bytes(5));
      }
    }
  }

  /** The table sqlite_stat1, if there is one that can be read. */
  static @Nullable Table numbers(Schema schema) {
    return table(schema, "sqlite_stat1", NUMBER_COLUMNS);
  }

  /** The same for sqlite_stat4. */
  static @Nullable Table samples(Schema schema) {
    return table(schema, "sqlite_stat4", SAMPLE_COLUMNS);
  }

  private static @Nullable Table table(Schema schema, String name, int columns) {
    Table table = schema.table(name);
    return table == null || table.storedColumnCount() < columns || table.isWithoutRowid()
        ? null
        : table;
  }
}
