package dev.tursojdbc.driver;

import java.util.Locale;
import java.util.Set;

/** Looks at how a statement's text begins, past blanks and comments. */
final class LeadingKeyword {
  private static final Set<String> OUTSIDE_TRANSACTIONS =
      Set.of(
          "BEGIN",
          "COMMIT",
          "END",
          "ROLLBACK",
          "SAVEPOINT",
          "RELEASE",
          "PRAGMA",
          "VACUUM",
          "ATTACH",
          "DETACH");

  private LeadingKeyword() {}

  /** Whether nothing but blanks, semicolons and comments is left from the index on. */
  static boolean isBlank(String sql, int from) {
    return skip(sql, from) >= sql.length();
  }

  /**
   * Whether the statement is one that must not be preceded by an implicit BEGIN: it controls
   * transactions itself, or SQLite refuses it inside one.
   */
  static boolean standsAlone(String sql, int from) {
    int start = skip(sql, from);
    int end = start;
    while (end < sql.length() && Character.isLetter(sql.charAt(end))) {
      end++;
    }
    return OUTSIDE_TRANSACTIONS.contains(sql.substring(start, end).toUpperCase(Locale.ROOT));
  }

  private static int skip(String sql, int from) {
    int at = from;
    int length = sql.length();
    while (at < length) {
      char c = sql.charAt(at);
      if (c <= ' ' || c == ';' || c == '\uFEFF') {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? length : end + 1;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? length : end + 2;
      } else {
        return at;
      }
    }
    return length;
  }
}
