package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.RecentlyUsed;
import dev.tursojdbc.sql.schema.LoadedSchema;
import java.lang.ref.SoftReference;
import org.jspecify.annotations.Nullable;

/**
 * Schemas and plans of databases that this process had open not long ago: many programs open a
 * connection for each piece of work and close it again, and would plan all their statements anew
 * each time.
 *
 * <p>Nobody is trusted to have left a file as it was. Who opens it again compares what it says of
 * its schema with what was known ({@link LoadedSchema}); only if all of that is the same, schema
 * and plans hold again. So it does no harm that files are known by their paths here.
 */
final class ClosedDatabases {
  private static final int MAX_DATABASES = 16;

  private static final RecentlyUsed<String, SoftReference<Remains>> REMAINS =
      new RecentlyUsed<>(MAX_DATABASES);

  private ClosedDatabases() {}

  /** What is left of a database. */
  record Remains(LoadedSchema schema, PlanCache plans) {}

  /**
   * @param path empty for a database in memory, of which nothing is left
   */
  static void remember(String path, Remains remains) {
    if (!path.isEmpty()) {
      REMAINS.put(path, new SoftReference<>(remains));
    }
  }

  static @Nullable Remains remainsOf(String path) {
    SoftReference<Remains> remains = REMAINS.get(path);
    return remains == null ? null : remains.get();
  }

  static void forget(String path) {
    REMAINS.remove(path);
  }
}
