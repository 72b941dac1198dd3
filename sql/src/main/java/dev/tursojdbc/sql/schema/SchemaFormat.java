package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.page.PageWriter;
import dev.tursojdbc.storage.record.TextEncoding;

/**
 * The schema format of a database, header field 44: 0 until something is created, then 4 in new
 * databases. In formats 1 to 3, DESC in an index means nothing: entries are ascending.
 */
public final class SchemaFormat {
  private static final int NEWEST = 4;

  private final int number;

  private SchemaFormat(int number) {
    this.number = number;
  }

  /** Of a database that has pages. */
  static SchemaFormat of(PageWriter pages) {
    // SQLite keeps eight bits of it.
    int number = pages.headerValue(DatabaseHeader.SCHEMA_FORMAT_OFFSET) & 0xFF;
    if (number > NEWEST) {
      throw new TursoException(ErrorCode.ERROR, "unsupported file format");
    }
    return new SchemaFormat(number);
  }

  int number() {
    return number;
  }

  /** The format that new databases have. */
  public static SchemaFormat newest() {
    return new SchemaFormat(NEWEST);
  }

  /** Settles format and encoding of a database in which nothing was created yet. */
  public static void settle(PageWriter pages, TextEncoding encoding) {
    if (pages.headerValue(DatabaseHeader.SCHEMA_FORMAT_OFFSET) == 0) {
      pages.setHeaderValue(DatabaseHeader.SCHEMA_FORMAT_OFFSET, NEWEST);
      pages.setHeaderValue(SchemaLoader.ENCODING_OFFSET, encoding.code());
    }
  }

  /** An index as entries in this format are ordered. */
  Index ordered(Index index) {
    return number >= NEWEST ? index : index.ascending();
  }

  /** Refuses an index that a database of this format cannot have. */
  public static void requireOrder(PageWriter pages, Index index) {
    if (!of(pages).ordered(index).equals(index)) {
      throw TursoException.notSupported("a descending index in an old schema format");
    }
  }
}
