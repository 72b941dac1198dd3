package dev.tursojdbc.driver.shell;

import java.util.Locale;

/**
 * Finds where a statement of a text ends: at a semicolon outside quotes and comments, and for
 * CREATE TRIGGER at one after END.
 *
 * <p>It reads words only as far as it must: whether the statement begins with CREATE [TEMP]
 * TRIGGER, possibly after EXPLAIN, and whether END stands between two semicolons.
 */
final class StatementEnd {
  private final String text;
  private int at;

  /** Words so far, as many as tell a trigger. */
  private final StringBuilder beginning = new StringBuilder();

  private boolean trigger;
  private boolean afterSemicolon;
  private boolean afterEnd;

  private StatementEnd(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /** The index after the statement that begins at {@code from}, or -1 if it is not complete. */
  static int find(String text, int from) {
    return new StatementEnd(text, from).find();
  }

  /** Whether nothing but blanks and comments begins at the index. */
  static boolean isBlank(String text, int from) {
    StatementEnd rest = new StatementEnd(text, from);
    while (rest.at < text.length()) {
      int start = rest.at;
      if (text.charAt(start) <= ' ') {
        rest.at++;
      } else if (!text.startsWith("--", start) && !text.startsWith("/*", start)) {
        return false;
      } else if (!rest.skipToken()) {
        return text.startsWith("--", start);
      }
    }
    return true;
  }

  private int find() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ';') {
        at++;
        if (!trigger || afterEnd) {
          return at;
        }
        afterSemicolon = true;
      } else if (Character.isLetter(c) || c == '_') {
        word();
      } else {
        boolean comment = text.startsWith("--", at) || text.startsWith("/*", at);
        if (c > ' ' && !comment) {
          afterSemicolon = false;
          afterEnd = false;
        }
        if (!skipToken()) {
          return -1;
        }
      }
    }
    return -1;
  }

  private void word() {
    int start = at;
    while (at < text.length()
        && (Character.isLetterOrDigit(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    String word = text.substring(start, at).toUpperCase(Locale.ROOT);
    if (beginning.length() < 40) {
      beginning.append(word).append(' ');
      trigger =
          beginning
              .toString()
              .matches("(EXPLAIN (QUERY PLAN )?)?CREATE (TEMP |TEMPORARY )?TRIGGER .*");
    }
    afterEnd = afterSemicolon && word.equals("END");
    afterSemicolon = false;
  }

  /** Passes a quoted text, a comment or one character. @return false if it has no end */
  private boolean skipToken() {
    char c = text.charAt(at);
    int end = at + 1;
    if (c == '\'' || c == '"' || c == '`' || c == '[') {
      end = text.indexOf(c == '[' ? ']' : c, at + 1) + 1;
    } else if (text.startsWith("--", at)) {
      end = text.indexOf('\n', at) + 1;
    } else if (text.startsWith("/*", at)) {
      int close = text.indexOf("*/", at + 2);
      end = close < 0 ? 0 : close + 2;
    }
    if (end <= at) {
      return false;
    }
    at = end;
    return true;
  }
}
