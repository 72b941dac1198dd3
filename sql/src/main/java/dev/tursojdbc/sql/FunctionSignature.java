package dev.tursojdbc.sql;

import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * What a statement needs to know of a function that the application defines.
 *
 * @param name matched without regard to case; at most 255 bytes
 * @param argumentCount how many arguments it takes, or {@link #ANY_COUNT}
 * @param deterministic whether equal arguments always give equal results: then it may stand in an
 *     index, and a call over constants is computed once
 * @param directOnly whether it must not be called from the schema: views, triggers, CHECK, DEFAULT,
 *     indexes
 * @param innocuous whether it may be called from a schema that is not trusted
 */
public record FunctionSignature(
    String name, int argumentCount, boolean deterministic, boolean directOnly, boolean innocuous) {
  /** Takes any number of arguments; a function of exactly the number that a call has goes first. */
  public static final int ANY_COUNT = -1;

  /** Most arguments that SQLite allows a function. */
  private static final int MAX_ARGUMENTS = 1000;

  private static final int MAX_NAME_BYTES = 255;

  public FunctionSignature {
    if (name.isEmpty() || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
      throw new IllegalArgumentException("not a name of a function: \"" + name + "\"");
    }
    if (argumentCount < ANY_COUNT || argumentCount > MAX_ARGUMENTS) {
      throw new IllegalArgumentException("not a number of arguments: " + argumentCount);
    }
  }

  String key() {
    return name.toLowerCase(Locale.ROOT);
  }
}
