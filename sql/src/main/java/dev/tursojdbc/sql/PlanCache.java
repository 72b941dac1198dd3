package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.parse.RecentlyUsed;
import dev.tursojdbc.sql.schema.Schema;
import org.jspecify.annotations.Nullable;

/**
 * Compiled statements by their text, the schema they were compiled against and the settings that
 * change their meaning; and, under the same kind of key, what is known of the {@linkplain
 * dev.tursojdbc.sql.parse.StatementShape shapes} of texts. A shape has marks where no text has
 * them, so the two cannot be confused.
 */
final class PlanCache {
  private static final int MAX_ENTRIES = 1000;

  /** Longer texts are seldom seen twice. */
  private static final int MAX_TEXT_LENGTH = 20_000;

  private final RecentlyUsed<Key, Entry> entries = new RecentlyUsed<>(MAX_ENTRIES);

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

  @Nullable Entry get(Key key) {
    return entries.get(key);
  }

  void put(Key key, Entry entry) {
    if (key.text().length() <= MAX_TEXT_LENGTH) {
      entries.put(key, entry);
    }
  }

  /** The schema is another one now: no plan will be asked for again. */
  void clear() {
    entries.clear();
  }
}
