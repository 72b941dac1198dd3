package dev.tursojdbc.sql.parse;

/** What may stand between two statements of a script: blanks, semicolons and comments. */
public final class Blanks {
  private Blanks() {}

  /**
   * The index of the first character from {@code from} on that belongs to a statement; the text's
   * length if there is none. A NUL ends the text.
   */
  public static int skip(String sql, int from) {
    int at = from;
    int length = sql.length();
    while (at < length) {
      char c = sql.charAt(at);
      if (c == ' ' || (c >= '\t' && c <= '\r' && c != '\u000B') || c == ';' || c == '\uFEFF') {
        at++;
      } else if (sql.startsWith("--", at)) {
        int end = sql.indexOf('\n', at);
        at = end < 0 ? length : end + 1;
      } else if (sql.startsWith("/*", at)) {
        int end = sql.indexOf("*/", at + 2);
        at = end < 0 ? length : end + 2;
      } else {
        return c == '\0' ? length : at;
      }
    }
    return length;
  }
}
