package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a running statement tells the functions it calls. */
public interface FunctionContext {

  /** The collation of the call: its first argument's that has one, else BINARY. */
  Collation collation();

  /** Milliseconds since 1970, the same throughout one run of a statement. */
  long currentTimeMillis();

  /**
   * The call is about to look at the clock or the time zone.
   *
   * @throws dev.tursojdbc.storage.error.TursoException where the value must depend on nothing but
   *     the arguments: in an index, a CHECK constraint, a generated column
   */
  default void useMoment() {}

  long lastInsertRowid();

  long changes();

  long totalChanges();

  /** 64 random bits. */
  long random();

  /** Longest pattern of LIKE and GLOB in bytes. */
  default int likePatternLimit() {
    return 50_000;
  }

  /** The encoding of the database, which a cast of text to BLOB shows. */
  default TextEncoding encoding() {
    return TextEncoding.UTF8;
  }

  /**
   * The rows that a pragma gives which only looks at something. Values are String, Long or null.
   *
   * @param argument what stands behind its name, or null
   * @param schema the database before its name, or null
   */
  default List<@Nullable Object[]> pragma(
      String name, @Nullable String argument, @Nullable String schema) {
    throw new IllegalStateException("no pragmas here");
  }

  /** The JSON texts that the statement has read last; null if none are kept. */
  default @Nullable JsonCache jsonCache() {
    return null;
  }

  /**
   * How the pages of a database are filled.
   *
   * @param schema name of the database; if there is none of that name, there are no pages
   * @param aggregate whether the pages of a tree are told as one
   */
  default Iterator<PageStatistic> pageStatistics(String schema, boolean aggregate) {
    throw new IllegalStateException("no pages here");
  }

  /** Longest text or blob in bytes; a longer result is TOOBIG. */
  int lengthLimit();
}
