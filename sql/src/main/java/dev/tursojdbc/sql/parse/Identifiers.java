package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.grammar.SqliteLexer;

/** Names on their way back into SQL text. */
public final class Identifiers {
  private Identifiers() {}

  /** The name as it can stand in SQL: in double quotes unless it is a plain word and no keyword. */
  public static String quoteIfNeeded(String name) {
    return isPlainWord(name) ? name : quote(name);
  }

  /** The name in double quotes. */
  public static String quote(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  private static boolean isPlainWord(String name) {
    if (name.isEmpty() || isDigit(name.charAt(0))) {
      return false;
    }
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (!isDigit(c) && !isLetter(c) && c != '_') {
        return false;
      }
    }
    return Keywords.typeOf(new SqlText(name, 0), 0, name.length()) == SqliteLexer.WORD;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
