package dev.tursojdbc.driver.shell;

import java.util.Locale;

/**
 * Finds out whether what was typed so far ends a statement: a semicolon outside quotes and
 * comments, and for CREATE TRIGGER one after END.
 */
final class StatementEnd {
  private StatementEnd() {}

  static boolean isComplete(CharSequence input) {
    String text = input.toString();
    StringBuilder code = new StringBuilder();
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at + 1;
      if (c == '\'' || c == '"' || c == '`' || c == '[') {
        end = text.indexOf(c == '[' ? ']' : c, at + 1) + 1;
      } else if (text.startsWith("--", at)) {
        end = text.indexOf('\n', at) + 1;
      } else if (text.startsWith("/*", at)) {
        end = text.indexOf("*/", at + 2) + 2;
        end = end == 1 ? 0 : end;
      } else {
        code.append(c);
      }
      if (end <= at) {
        return false;
      }
      at = end;
    }
    String plain = code.toString().strip().toUpperCase(Locale.ROOT);
    if (!plain.endsWith(";")) {
      return plain.isEmpty();
    }
    boolean trigger = plain.matches("(?s)CREATE\\s+(TEMP\\s+|TEMPORARY\\s+)?TRIGGER.*");
    return !trigger || plain.matches("(?s).*;\\s*END\\s*;");
  }
}
