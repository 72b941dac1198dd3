package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.LoadedSchema;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.storage.pager.DatabaseFile;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of the process to one database share above its pages: the schema of its
 * newest committed state, and the statements compiled against it.
 */
final class Database {
  /** Goes with the file: when no connection has it open any more, nobody holds the key. */
  private static final Map<DatabaseFile, Database> OPEN = new WeakHashMap<>();

  private final String path;
  private final PlanCache plans;
  private volatile @Nullable Schema schema;

  /** What was loaded last, be it before the database was opened: then it is yet to be compared. */
  private volatile @Nullable LoadedSchema loaded;

  private Database(DatabaseFile file) {
    path = file.isInMemory() ? "" : file.path();
    ClosedDatabases.Remains remains = ClosedDatabases.remainsOf(path);
    plans = remains == null ? new PlanCache() : remains.plans();
    loaded = remains == null ? null : remains.schema();
  }

  static Database of(DatabaseFile file) {
    synchronized (OPEN) {
      return OPEN.computeIfAbsent(file, Database::new);
    }
  }

  PlanCache plans() {
    return plans;
  }

  /**
   * Whether plans may be at hand from when the database was open last, which are good if its schema
   * turns out to be the same.
   */
  boolean isYetToBeCompared() {
    return schema == null && loaded != null;
  }

  /** The schema that was read or committed last, if any. */
  @Nullable Schema newestSchema() {
    return schema;
  }

  /**
   * The schema of a committed state.
   *
   * @param cookie the schema cookie of that state; committed states with equal cookies have equal
   *     schemas, unless {@link #forgetSchema} was called between them
   * @param encoding of that state; as long as a database has no page, it may still change
   * @param load reads it, if it is not here; it is given what was loaded before
   */
  Schema schema(
      int cookie, TextEncoding encoding, Function<@Nullable LoadedSchema, LoadedSchema> load) {
    Schema known = schema;
    if (isOf(known, cookie, encoding)) {
      return known;
    }
    LoadedSchema found = load.apply(loaded);
    synchronized (this) {
      Schema current = schema;
      if (isOf(current, cookie, encoding)) {
        return current;
      }
      // A reader of an old snapshot must not push the newer schema out for everybody.
      if (current == null
          || found.schema().cookie() - current.cookie() > 0
          || found.schema().encoding() != current.encoding()) {
        adopt(found);
      }
      return found.schema();
    }
  }

  @SuppressWarnings("ReferenceEquality") // The same object means that nothing has changed.
  private void adopt(LoadedSchema found) {
    schema = found.schema();
    if (loaded != found) {
      loaded = found;
      plans.clear();
      ClosedDatabases.remember(path, new ClosedDatabases.Remains(found, plans));
    }
  }

  private static boolean isOf(@Nullable Schema schema, int cookie, TextEncoding encoding) {
    return schema != null && schema.cookie() == cookie && schema.encoding() == encoding;
  }

  /** Tells of the schema of a state that was just committed. */
  synchronized void publish(Schema committed) {
    schema = committed;
    forgetLoaded();
  }

  private void forgetLoaded() {
    loaded = null;
    plans.clear();
    ClosedDatabases.forget(path);
  }

  /** Lets the schema be read again, be it that the cookie is the same. */
  synchronized void forgetSchema() {
    schema = null;
    forgetLoaded();
  }
}
