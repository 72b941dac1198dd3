package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.schema.Schema;
import java.util.Iterator;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * Compiled statements by their text, the schema they were compiled against and the settings that
 * change their meaning; and, under the same kind of key, what is known of the {@linkplain
 * dev.tursojdbc.sql.parse.StatementShape shapes} of texts. A shape has marks where no text has
 * them, so the two cannot be confused.
 *
 * <p>Looking up takes no lock. When the cache is full, those go first that nobody asked for since
 * the last time that it was.
 */
final class PlanCache {
  private static final int MAX_ENTRIES = 1000;
  private static final int FREED_AT_ONCE = MAX_ENTRIES / 8;

  /** Longer texts are seldom seen twice. */
  private static final int MAX_TEXT_LENGTH = 20_000;

  private final ConcurrentMap<Key, Place> places = new ConcurrentHashMap<>();

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

  /** What may be known of a text or a shape. */
  sealed interface Entry permits Plan, Partly, Shape {}

  /**
   * A statement read and compiled.
   *
   * @param literals which of its literals are parameters; null if it is the statement as written
   */
  record Plan(ParsedStatement parsed, CompiledStatement compiled, @Nullable LiftedLiterals literals)
      implements Entry {

    /** How many registers its programs read parameters from, lifted literals or the user's own. */
    int parameterCount() {
      return literals == null ? parsed.parameterNames().size() : literals.count();
    }
  }

  /** A shape in which some literals can be lifted; the others are part of the plan's text. */
  record Partly(LiftedLiterals literals) implements Entry {}

  /** A shape without a plan. */
  enum Shape implements Entry {
    /** It came once. No plan is made for it before it comes again. */
    SEEN,
    /** Nothing in it can be lifted. */
    FIXED
  }

  private static final class Place {
    final Entry entry;

    /** Since the cache was full last. Races only make an entry live longer or shorter. */
    boolean used;

    Place(Entry entry) {
      this.entry = entry;
    }
  }

  @Nullable Entry get(Key key) {
    Place place = places.get(key);
    if (place == null) {
      return null;
    }
    if (!place.used) {
      place.used = true;
    }
    return place.entry;
  }

  void put(Key key, Entry entry) {
    if (key.text().length() > MAX_TEXT_LENGTH) {
      return;
    }
    if (places.size() >= MAX_ENTRIES) {
      makeRoom();
    }
    places.put(key, new Place(entry));
  }

  private synchronized void makeRoom() {
    int wanted = MAX_ENTRIES - FREED_AT_ONCE;
    // In the second round nothing is used, unless others are at it just now.
    for (int round = 0; round < 2; round++) {
      Iterator<Place> iterator = places.values().iterator();
      while (iterator.hasNext() && places.size() > wanted) {
        Place place = iterator.next();
        if (place.used) {
          place.used = false;
        } else {
          iterator.remove();
        }
      }
    }
  }

  /** The schema is another one now: no plan will be asked for again. */
  void clear() {
    places.clear();
  }
}
