package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.storage.pager.DatabaseFile;
import dev.tursojdbc.storage.record.TextEncoding;
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
   * @param load reads it, if it is not here
   */
  Schema schema(int cookie, TextEncoding encoding, Supplier<Schema> load) {
    Schema known = schema;
    if (isOf(known, cookie, encoding)) {
      return known;
    }
    Schema loaded = load.get();
    synchronized (this) {
      Schema current = schema;
      if (isOf(current, cookie, encoding)) {
        return current;
      }
      // A reader of an old snapshot must not push the newer schema out for everybody.
      if (current == null
          || loaded.cookie() - current.cookie() > 0
          || loaded.encoding() != current.encoding()) {
        schema = loaded;
        plans.clear();
      }
      return loaded;
    }
  }

  private static boolean isOf(@Nullable Schema schema, int cookie, TextEncoding encoding) {
    return schema != null && schema.cookie() == cookie && schema.encoding() == encoding;
  }

  /** Tells of the schema of a state that was just committed. */
  synchronized void publish(Schema committed) {
    schema = committed;
    plans.clear();
  }

  /** Lets the schema be read again, be it that the cookie is the same. */
  synchronized void forgetSchema() {
    schema = null;
    plans.clear();
  }
}
