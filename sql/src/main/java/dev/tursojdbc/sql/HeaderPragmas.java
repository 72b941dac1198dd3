package dev.tursojdbc.sql;

import dev.tursojdbc.storage.page.DatabaseHeader;
import dev.tursojdbc.storage.pager.Pager;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/** Pragmas that read and write fields of the database header, and count pages. */
final class HeaderPragmas {
  private static final int FREELIST_COUNT = 36;
  private static final int SCHEMA_COOKIE = 40;
  private static final int USER_VERSION = 60;
  private static final int APPLICATION_ID = 68;

  /** What SQLite allows when nobody has set a limit. */
  static final long MAX_PAGE_COUNT = 4294967294L;

  private HeaderPragmas() {}

  static void register(Map<String, Function<PragmaCall, Program>> pragmas) {
    pragmas.put("user_version", call -> field(call, USER_VERSION));
    pragmas.put("application_id", call -> field(call, APPLICATION_ID));
    pragmas.put("schema_version", call -> field(call, SCHEMA_COOKIE));
    pragmas.put(
        "freelist_count", call -> reading(call, pager -> headerValue(pager, FREELIST_COUNT)));
    pragmas.put("page_count", call -> reading(call, HeaderPragmas::pageCount));
    // A temp database that nobody has used is at its first version.
    pragmas.put(
        "data_version",
        call ->
            call.target().isOpen()
                ? reading(call, Pager::dataVersion)
                : PragmaProgram.value("data_version", () -> 1L));
    pragmas.put("default_cache_size", HeaderPragmas::defaultCacheSize);
    pragmas.put("max_page_count", HeaderPragmas::maxPageCount);
  }

  private static long headerValue(Pager pager, int offset) {
    return pager.pageCount() == 0 ? 0 : pager.headerValue(offset);
  }

  /** A database that was never written has no page, whatever the pager shows of its first one. */
  private static long pageCount(Pager pager) {
    return pager.pageCount();
  }

  private static Program reading(PragmaCall call, ToLongFunction<Pager> value) {
    return PragmaProgram.reading(
        call,
        () ->
            RowsProgram.single(
                call.target().isOpen() ? value.applyAsLong(call.target().pager()) : 0L),
        call.name());
  }

  private static Program field(PragmaCall call, int offset) {
    if (!call.hasValue()) {
      return reading(call, pager -> headerValue(pager, offset));
    }
    return PragmaProgram.writing(
        call,
        () -> {
          call.target().pager().setHeaderValue(offset, call.integer());
          if (offset == SCHEMA_COOKIE) {
            rereadSchema(call);
          }
        });
  }

  /** Damage in the schema is the matter of the statement that reads it next. */
  private static void rereadSchema(PragmaCall call) {
    if (call.session().isAutocommit()) {
      call.target().schemaEdited();
      call.target().forgetSchema();
    } else {
      call.target().reloadOwnSchema();
    }
  }

  /** The cache size that connections begin with; kept in the header, without a sign. */
  private static Program defaultCacheSize(PragmaCall call) {
    if (!call.hasValue()) {
      return PragmaProgram.reading(
          call,
          () ->
              RowsProgram.single(
                  call.target().isOpen()
                      ? call.target().defaultCacheSize()
                      : SessionDatabase.DEFAULT_CACHE_SIZE),
          "cache_size");
    }
    int pages = Math.abs(call.integer());
    return PragmaProgram.writing(
        call,
        () -> {
          call.target().pager().setHeaderValue(DatabaseHeader.DEFAULT_CACHE_SIZE_OFFSET, pages);
          call.target().setCacheSize(pages);
        });
  }

  private static Program maxPageCount(PragmaCall call) {
    return PragmaProgram.reading(
        call,
        () -> {
          if (call.isInteger() && call.number() > 0) {
            long pages = call.target().isOpen() ? call.target().pager().pageCount() : 0;
            call.target().setMaxPageCount(Math.max(pages, Math.min(call.number(), MAX_PAGE_COUNT)));
          }
          return RowsProgram.single(call.target().maxPageCount());
        },
        call.name());
  }
}
