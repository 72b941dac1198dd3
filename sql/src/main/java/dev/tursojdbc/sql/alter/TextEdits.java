package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Span;
import java.util.Map;
import java.util.TreeMap;

/** Replacements in one text, which may be found in any order and more than once. */
final class TextEdits {
  private final String text;
  private final TreeMap<Integer, Edit> edits = new TreeMap<>();

  private record Edit(int end, String replacement) {}

  TextEdits(String text) {
    this.text = text;
  }

  void replace(Span span, String replacement) {
    edits.put(span.start(), new Edit(span.end(), replacement));
  }

  /** The text with all replacements made. */
  String apply() {
    StringBuilder changed = new StringBuilder(text.length() + 16);
    int at = 0;
    for (Map.Entry<Integer, Edit> entry : edits.entrySet()) {
      Edit edit = entry.getValue();
      changed.append(text, at, entry.getKey()).append(edit.replacement());
      at = edit.end();
    }
    return changed.append(text, at, text.length()).toString();
  }
}
