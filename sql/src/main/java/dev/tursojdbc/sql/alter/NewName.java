package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.parse.Identifiers;

/**
 * The name that others are replaced by.
 *
 * @param quoted whether it stands in quotes wherever it is put; else only where the name that it
 *     replaces did
 */
record NewName(String text, boolean quoted) {
  /** Replaces a name in a text. */
  void replace(Name written, String in, TextEdits edits) {
    int start = written.span().start();
    int end = written.span().end();
    if (end <= start) {
      return;
    }
    String replacement = text;
    if (quoted || !isWordCharacter(in.charAt(start))) {
      replacement = Identifiers.quote(text);
      if (end < in.length() && in.charAt(end) == '"') {
        // Two names that touch must not become one with a quote in it.
        replacement += " ";
      }
    }
    edits.replace(written.span(), replacement);
  }

  private static boolean isWordCharacter(char c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || c == '_'
        || c == '$'
        || c >= 0x80;
  }
}
