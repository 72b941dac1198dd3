package dev.tursojdbc.sql;

import dev.tursojdbc.sql.parse.Identifiers;

/** Which names can stand in SQL text without quotes. */
public final class PlainNames {
  private PlainNames() {}

  /** Whether the name means itself without quotes: a plain word and no keyword. */
  public static boolean isPlain(String name) {
    return Identifiers.quoteIfNeeded(name).equals(name);
  }
}
