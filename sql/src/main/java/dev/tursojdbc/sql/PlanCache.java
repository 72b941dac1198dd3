package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.schema.Schema;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiled statements by their text, the schema they were compiled against and the settings that
 * change their meaning. The least recently used go first.
 */
final class PlanCache {
  private static final int MAX_ENTRIES = 1000;

  /** Longer texts are seldom seen twice. */
  private static final int MAX_TEXT_LENGTH = 20_000;

  private final Map<Key, Plan> plans =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Plan> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  /**
   * What a plan is good for. The schema counts by identity.
   *
   * @param settings {@link Settings#fingerprint}
   */
  record Key(String text, Schema schema, int settings) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && key.schema == schema
          && key.settings == settings
          && key.text.equals(text);
    }

    @Override
    public int hashCode() {
      return (text.hashCode() * 31 + System.identityHashCode(schema)) * 31 + settings;
    }
  }

  /** A statement read and compiled. */
  record Plan(ParsedStatement parsed, CompiledStatement compiled) {}

  synchronized @Nullable Plan get(Key key) {
    return plans.get(key);
  }

  synchronized void put(Key key, Plan plan) {
    if (key.text().length() <= MAX_TEXT_LENGTH) {
      plans.put(key, plan);
    }
  }

  /** The schema is another one now: no plan will be asked for again. */
  synchronized void clear() {
    plans.clear();
  }
}
