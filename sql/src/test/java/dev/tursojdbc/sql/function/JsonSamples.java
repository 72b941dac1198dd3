package dev.tursojdbc.sql.function;

import java.util.List;
import java.util.Random;

/** Texts that are JSON, JSON5 or nearly so, paths through them, and values to put into them. */
final class JsonSamples {
  private static final List<String> SCALARS =
      List.of(
          "null",
          "true",
          "false",
          "0",
          "-0",
          "7",
          "-12",
          "12345678901",
          "9223372036854775807",
          "9223372036854775808",
          "-9223372036854775808",
          "99999999999999999999",
          "1.5",
          "-0.25",
          "1e3",
          "1E-2",
          "2.5e+10",
          "\"\"",
          "\"a\"",
          "\"b c\"",
          "\"x\\ny\"",
          "\"q\\\"q\"",
          "\"\\u0041\"",
          "\"\\ud83d\\ude00\"",
          "\"\\ud83d\"",
          "\"\\u00e9\"",
          "\"é漢😀\"",
          "\"\\/\\b\\f\"",
          "\"[1]\"",
          "\"\t\"",
          "\"long enough for a longer header\"");

  private static final List<String> JSON5_SCALARS =
      List.of(
          "Infinity",
          "-Infinity",
          "+inf",
          "-inf",
          "NaN",
          "nan",
          "QNaN",
          "SNaN",
          "+7",
          "+.5",
          ".5",
          "-.5",
          "5.",
          "5.e2",
          "-5.",
          "0x1F",
          "-0xa",
          "0XfF",
          "0x7fffffffffffffff",
          "0xffffffffffffffff",
          "0x10000000000000000",
          "'single'",
          "'it''s'",
          "'a\\'b'",
          "'a\"b'",
          "\"a\\'b\"",
          "\"\\x41\"",
          "\"\\v\"",
          "\"\\0\"",
          "\"a\\\nb\"",
          "\"a\\\r\nb\"",
          "\"a\\\u2028b\"",
          "\"\\01\"",
          "tru",
          "nul",
          "01",
          "-",
          "+",
          ".",
          "1e",
          "1.2.3",
          "\"\\q\"",
          "\"\\u12\"",
          "\"\\x4\"");

  private static final List<String> LABELS =
      List.of(
          "\"a\"",
          "\"b\"",
          "\"a\"",
          "\"c d\"",
          "\"\"",
          "\"x_1\"",
          "\"\\u0061\"",
          "\"q\\\"\"",
          "\"1\"",
          "\"é\"");

  private static final List<String> JSON5_LABELS =
      List.of(
          "a", "b", "$x", "_y", "'a'", "'c d'", "\\u0061b", "true", "null", "NaN", "1", "é", "a-b");

  private static final List<String> SPACES = List.of("", "", "", "", " ", "\n", "\t ", "\r\n");

  private static final List<String> JSON5_SPACES =
      List.of(
          "/* x */", "// y\n", "\u00a0", "\ufeff", "\u2028", "\u000b", "/**/", "\u3000", "/", "//");

  private static final List<String> STEPS =
      List.of(
          ".a",
          ".b",
          ".a",
          ".b",
          "[0]",
          "[1]",
          "[0]",
          "[2]",
          "[#-1]",
          "[#]",
          ".\"c d\"",
          ".\"\"",
          ".x_1",
          ".\"\\u0061\"",
          ".\"q\\\"\"",
          ".1",
          "[#-2]",
          ".é",
          "[00]");

  private static final List<String> WRONG_STEPS =
      List.of(
          ".",
          "[",
          "[x]",
          "[1",
          "a",
          ".\"a",
          "[#-]",
          "[#x]",
          "[-1]",
          "[]",
          " ",
          "[#-99999999999]",
          "[99999999999]",
          "..a");

  private static final String ODD_CHARACTERS = "{}[]:,\"'\\ 0123e.+-xtfn/*\u00e9\n";

  private final Random random;

  JsonSamples(Random random) {
    this.random = random;
  }

  private <T> T any(List<T> list) {
    return list.get(random.nextInt(list.size()));
  }

  private boolean oneIn(int count) {
    return random.nextInt(count) == 0;
  }

  /** A text, mostly JSON. */
  String text() {
    boolean json5 = oneIn(3);
    StringBuilder text = new StringBuilder();
    value(text, 3, json5);
    if (oneIn(8)) {
      int at = random.nextInt(text.length() + 1);
      char odd = ODD_CHARACTERS.charAt(random.nextInt(ODD_CHARACTERS.length()));
      if (at < text.length() && oneIn(2)) {
        text.deleteCharAt(at);
      } else {
        text.insert(at, odd);
      }
    }
    return text.toString();
  }

  private void value(StringBuilder text, int depth, boolean json5) {
    space(text, json5);
    switch (depth == 0 ? 0 : random.nextInt(4)) {
      case 0 -> text.append(json5 && oneIn(3) ? any(JSON5_SCALARS) : any(SCALARS));
      case 1 -> {
        text.append('[');
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
          text.append(i > 0 ? "," : "");
          value(text, depth - 1, json5);
        }
        text.append(json5 && oneIn(4) ? "," : "");
        space(text, json5);
        text.append(']');
      }
      default -> {
        text.append('{');
        int count = random.nextInt(4);
        for (int i = 0; i < count; i++) {
          text.append(i > 0 ? "," : "");
          space(text, json5);
          text.append(json5 && oneIn(3) ? any(JSON5_LABELS) : any(LABELS));
          space(text, json5);
          text.append(':');
          value(text, depth - 1, json5);
        }
        text.append(json5 && oneIn(4) ? "," : "");
        space(text, json5);
        text.append('}');
      }
    }
    space(text, json5);
  }

  private void space(StringBuilder text, boolean json5) {
    text.append(json5 && oneIn(12) ? any(JSON5_SPACES) : any(SPACES));
  }

  String path() {
    StringBuilder path = new StringBuilder("$");
    int count = random.nextInt(4);
    for (int i = 0; i < count; i++) {
      path.append(oneIn(25) ? any(WRONG_STEPS) : any(STEPS));
    }
    return oneIn(60) ? path.substring(1) : path.toString();
  }

  /** What may stand on the right of an arrow. */
  Object arrow() {
    return switch (random.nextInt(5)) {
      case 0 -> (long) random.nextInt(5) - 2;
      case 1 -> path();
      case 2 ->
          any(
              List.of(
                  "a", "b", "c d", "", "x_1", "1", "é", "[0]", "[#-1]", "[", "a.b", "\"a\"",
                  "q\""));
      case 3 -> any(List.of(1.5, 0.0));
      default -> any(List.of("a", "b"));
    };
  }

  /** A value of any kind that becomes a part of JSON. */
  Object value() {
    return switch (random.nextInt(8)) {
      case 0 -> random.nextLong();
      case 1 -> (long) random.nextInt(20);
      case 2 -> random.nextDouble() * 100;
      case 3 ->
          any(List.of(0.0, 1e300, Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, 1e15, 1e-7));
      case 4 -> any(List.of("text", "", "a\"b\\c\n\u0001", "é漢😀", "[1]"));
      case 5 -> new byte[] {0x13, 0x31};
      case 6 -> new byte[] {0x2B, 0x13, 0x37};
      default -> oneIn(6) ? new byte[] {1, 2, 3} : "x";
    };
  }
}
