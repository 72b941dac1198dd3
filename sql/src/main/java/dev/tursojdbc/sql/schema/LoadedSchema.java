package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageWriter;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schema with what it was made of, so that it costs little to find out whether a database that is
 * opened again still has it.
 *
 * <p>A schema follows from the records of sqlite_schema, sqlite_stat1 and sqlite_stat4 and from
 * three fields of the header: cookie, encoding, format. Where all of them are the same, the schema
 * is the same, even if it is another file.
 */
public final class LoadedSchema {
  private final Schema schema;
  private final int format;
  private final long largestRootPage;
  private final @Nullable Table statisticsTable;
  private final @Nullable Table samplesTable;
  private final List<byte[]> definitions;
  private final List<byte[]> statistics;
  private final List<byte[]> samples;

  /**
   * @param format header field 44; 0 for a database without pages, which is never worth remembering
   * @param largestRootPage a database with fewer pages is damaged
   * @param definitions records of sqlite_schema, in their order
   * @param statistics records of sqlite_stat1
   * @param samples records of sqlite_stat4
   */
  LoadedSchema(
      Schema schema,
      int format,
      long largestRootPage,
      List<byte[]> definitions,
      List<byte[]> statistics,
      List<byte[]> samples) {
    this.schema = schema;
    this.format = format;
    this.largestRootPage = largestRootPage;
    this.statisticsTable = StatisticsLoader.numbers(schema);
    this.samplesTable = StatisticsLoader.samples(schema);
    this.definitions = definitions;
    this.statistics = statistics;
    this.samples = samples;
  }

  public Schema schema() {
    return schema;
  }

  /** Whether a database, whose connection must be reading, has this schema. */
  boolean isOf(PageWriter pages) {
    if (format == 0
        || pages.pageCount() == 0
        || pages.pageCount() < largestRootPage
        || pages.headerValue(DatabaseHeader.SCHEMA_FORMAT_OFFSET) != format
        || pages.headerValue(SchemaLoader.COOKIE_OFFSET) != schema.cookie()
        || SchemaLoader.encoding(pages) != schema.encoding()) {
      return false;
    }
    return hasRecords(pages, SchemaTable.ROOT_PAGE, definitions)
        && hasRecords(pages, statisticsTable, statistics)
        && hasRecords(pages, samplesTable, samples);
  }

  private static boolean hasRecords(PageWriter pages, @Nullable Table table, List<byte[]> records) {
    return table == null || hasRecords(pages, table.rootPage(), records);
  }

  private static boolean hasRecords(PageWriter pages, int rootPage, List<byte[]> records) {
    TableCursor cursor = new TableCursor(pages, rootPage);
    int count = 0;
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      if (count == records.size() || !Arrays.equals(records.get(count), cursor.payload())) {
        return false;
      }
      count++;
    }
    return count == records.size();
  }
}
