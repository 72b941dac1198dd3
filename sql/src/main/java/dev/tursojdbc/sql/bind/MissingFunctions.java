package dev.tursojdbc.sql.bind;

import java.util.Locale;
import java.util.Set;

/** Functions of SQLite that this engine does not have yet, so that it can say so. */
final class MissingFunctions {
  /** Of these there are two kinds, {@code json_…} and {@code jsonb_…}. */
  private static final Set<String> BOTH_KINDS =
      Set.of(
          "",
          "_array",
          "_array_insert",
          "_extract",
          "_group_array",
          "_group_object",
          "_insert",
          "_object",
          "_patch",
          "_remove",
          "_replace",
          "_set");

  private static final Set<String> OTHERS =
      Set.of(
          "->",
          "->>",
          "json_array_length",
          "json_error_position",
          "json_pretty",
          "json_quote",
          "json_type",
          "json_valid");

  private MissingFunctions() {}

  static boolean isOne(String name) {
    String lower = name.toLowerCase(Locale.ROOT);
    return OTHERS.contains(lower)
        || (lower.startsWith("json") && BOTH_KINDS.contains(lower.substring("json".length())))
        || (lower.startsWith("jsonb") && BOTH_KINDS.contains(lower.substring("jsonb".length())));
  }
}
