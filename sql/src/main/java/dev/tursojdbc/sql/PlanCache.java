package dev.tursojdbc.sql;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Compiled statements by their text, the schema they were compiled against and the settings that
 * change their meaning. The least recently used go first.
 */
final class PlanCache {
  private static final int MAX_ENTRIES = 1000;

  private final Map<Key, Object> plans =
      new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, Object> eldest) {
          return size() > MAX_ENTRIES;
        }
      };

  /** The schema counts by identity. */
  record Key(String text, Object schema, int settings) {
    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Key key
          && key.schema == schema
          && key.settings == settings
          && key.text.equals(text);
    }

    @Override
    public int hashCode() {
      return text.hashCode() * 31 + System.identityHashCode(schema) + settings;
    }
  }

  synchronized @Nullable Object get(Key key) {
    return plans.get(key);
  }

  synchronized void put(Key key, Object plan) {
    plans.put(key, plan);
  }
}
