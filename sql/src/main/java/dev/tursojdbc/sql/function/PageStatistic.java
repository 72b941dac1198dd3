package dev.tursojdbc.sql.function;

import org.jspecify.annotations.Nullable;

/**
 * How one page is filled, or all pages of one tree are: a row of dbstat.
 *
 * @param schema the database
 * @param name of the table or index
 * @param path from the root to the page; null for a whole tree
 * @param page number of the page; of the last one of a tree
 * @param pages how many they are
 * @param kind null for a whole tree
 * @param size in bytes, of all of them
 */
public record PageStatistic(
    String schema,
    @Nullable String name,
    @Nullable String path,
    int page,
    long pages,
    @Nullable String kind,
    long cells,
    long payload,
    long unused,
    long largestPayload,
    long size) {
  static final PageStatistic NONE = new PageStatistic("", null, null, 0, 0, null, 0, 0, 0, 0, 0);
}
