package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.storage.pager.DatabaseFile;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What all connections of the process to one database share above its pages: the schema of its
 * newest committed state, and the statements compiled against it.
 */
final class Database {
  /** Goes with the file: when no connection has it open any more, nobody holds the key. */
  private static final Map<DatabaseFile, Database> OPEN = new WeakHashMap<>();

  private final PlanCache plans = new PlanCache();
  private volatile @Nullable Schema schema;

  private Database() {}

  static Database of(DatabaseFile file) {
    synchronized (OPEN) {
      return OPEN.computeIfAbsent(file, key -> new Database());
    }
  }

  PlanCache plans() {
    return plans;
  }

  /**
   * The schema of a committed state.
   *
   * @param cookie the schema cookie of that state; committed states with equal cookies have equal
   *     schemas
   * @param load reads it, if it is not here
   */
  Schema schema(int cookie, Supplier<Schema> load) {
    Schema known = schema;
    if (known != null && known.cookie() == cookie) {
      return known;
    }
    Schema loaded = load.get();
    synchronized (this) {
      Schema current = schema;
      if (current != null && current.cookie() == cookie) {
        return current;
      }
      // A reader of an old snapshot must not push the newer schema out for everybody.
      if (current == null || loaded.cookie() - current.cookie() > 0) {
        schema = loaded;
        plans.clear();
      }
      return loaded;
    }
  }

  /** Tells of the schema of a state that was just committed. */
  synchronized void publish(Schema committed) {
    schema = committed;
    plans.clear();
  }
}
