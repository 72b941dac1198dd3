package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.btree.TableCursor;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads a database's schema from its tree on page 1, as the connection sees it.
 *
 * <p>Header fields used: the schema cookie at offset 40, the text encoding at offset 56.
 */
public final class SchemaLoader {
  public static final int COOKIE_OFFSET = 40;
  public static final int ENCODING_OFFSET = 56;
  private static final int COLUMN_COUNT = 5;

  private final PageWriter pages;
  private final boolean temporary;
  private final TextEncoding encoding;

  /** The records that the schema is made of. */
  private final List<byte[]> definitions = new ArrayList<>();

  private final List<byte[]> statistics = new ArrayList<>();

  private final List<byte[]> samples = new ArrayList<>();

  private SchemaLoader(PageWriter pages, boolean temporary) {
    this.pages = pages;
    this.temporary = temporary;
    this.encoding = encoding(pages);
  }

  /** The encoding of a database; of one without pages the encoding that it is going to have. */
  public static TextEncoding encoding(PageWriter pages) {
    return TextEncoding.ofCode(pages.headerValue(ENCODING_OFFSET) & 3);
  }

  /**
   * Loads the schema. The connection must be reading.
   *
   * @param checked whether damage is a failure; not so for who may write into sqlite_schema and
   *     mend it: he gets what could be read
   */
  public static LoadedSchema load(PageWriter pages, boolean temporary, boolean checked) {
    return new SchemaLoader(pages, temporary).load(checked);
  }

  /**
   * Loads the schema with what it was made of. The connection must be reading.
   *
   * @param before what was loaded earlier, perhaps of this database; the same object comes back if
   *     that is what the database has now
   */
  public static LoadedSchema load(PageWriter pages, @Nullable LoadedSchema before) {
    return before != null && before.isOf(pages)
        ? before
        : new SchemaLoader(pages, false).load(true);
  }

  private LoadedSchema load(boolean checked) {
    if (pages.pageCount() == 0) {
      return new LoadedSchema(
          Schema.empty(0, encoding, temporary), 0, 0, definitions, statistics, samples);
    }
    SchemaFormat format = SchemaFormat.of(pages);
    SchemaBuilder builder =
        new SchemaBuilder(
            pages.headerValue(COOKIE_OFFSET),
            encoding,
            temporary,
            format,
            pages.pageCount(),
            checked);
    try {
      readRows(builder);
    } catch (CorruptDatabaseException damage) {
      if (checked) {
        throw damage;
      }
    }
    Schema schema = builder.build();
    StatisticsLoader loader = new StatisticsLoader(pages, schema, statistics, samples);
    schema = schema.withStatistics(loader.load());
    // What was not checked does not tell whether another one may have it.
    return new LoadedSchema(
        schema,
        checked ? format.number() : 0,
        builder.largestRootPage(),
        definitions,
        statistics,
        samples);
  }

  private void readRows(SchemaBuilder builder) {
    TableCursor cursor = new TableCursor(pages, SchemaTable.ROOT_PAGE);
    RowValues row = new RowValues(encoding, COLUMN_COUNT);
    for (boolean more = cursor.first(); more; more = cursor.next()) {
      row.read(nextOf(definitions, cursor));
      if (row.isNull(3)) {
        builder.addRootless(row.textOr(1, SchemaRow.NAMELESS));
        continue;
      }
      builder.add(
          new SchemaRow(
              row.textOr(0, ""),
              row.textOr(1, SchemaRow.NAMELESS),
              row.textOr(2, ""),
              pageNumber(row.textOr(3, "")),
              row.text(4)));
    }
  }

  /** Digits, and no more than 32 bits hold; else -1. */
  private static long pageNumber(String text) {
    long number = text.isEmpty() ? -1 : 0;
    for (int i = 0; i < text.length() && number >= 0; i++) {
      int digit = text.charAt(i) - '0';
      number = digit < 0 || digit > 9 ? -1 : 10 * number + digit;
      number = number > 0xFFFF_FFFFL ? -1 : number;
    }
    return number;
  }

  /** The record under a cursor, of which note is taken. */
  static byte[] nextOf(List<byte[]> records, TableCursor cursor) {
    byte[] record = cursor.payload();
    records.add(record);
    return record;
  }
}
