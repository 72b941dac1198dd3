package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads JSON and JSON5 text into {@link Jsonb}.
 *
 * <p>Numbers and strings stay as they are written, with a type that tells whether they are plain
 * JSON. Beyond JSON this takes what JSON5 has: comments, more white space, single quotes, unquoted
 * labels, trailing commas, hexadecimal integers, points without digits on one side, plus signs,
 * Infinity and NaN; also {@code inf}, {@code QNaN} and {@code SNaN}, in whatever letter case.
 * Control characters in strings count as JSON5. Text ends at its first zero byte.
 */
final class JsonReader {
  private static final int NO_VALUE = -1;

  private static final byte[] INFINITY = "9e999".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MINUS_INFINITY = "-9e999".getBytes(StandardCharsets.US_ASCII);

  private final byte[] text;
  private final int start;
  private final int end;
  private final Jsonb json;
  private int depth;
  private boolean json5;

  /**
   * Where reading failed. For text behind the value this is, as in SQLite, where something last was
   * no value though it need not have been one: a closing bracket, an unquoted label; else the
   * start.
   */
  private int errorAt;

  private JsonReader(Register value) {
    text = value.bytes;
    start = value.offset;
    end = Arguments.end(value);
    json = new Jsonb(end - start + 8);
    errorAt = start;
  }

  /**
   * @throws dev.tursojdbc.storage.error.TursoException malformed JSON
   */
  static Jsonb read(Register text) {
    Jsonb json = find(text, true);
    if (json == null) {
      throw Jsonb.malformed();
    }
    return json;
  }

  /** As {@link #read}; null if the text is not well-formed. */
  static @Nullable Jsonb find(Register text, boolean allowJson5) {
    JsonReader reader = new JsonReader(text);
    return reader.readAll() && (allowJson5 || !reader.json5) ? reader.json : null;
  }

  /** The number, from 1, of the character at which the text ceases to be JSON5; 0 if it is. */
  static int errorPosition(Register text) {
    JsonReader reader = new JsonReader(text);
    if (reader.readAll()) {
      return 0;
    }
    int position = 1;
    for (int i = reader.start; i < Math.min(reader.errorAt, reader.end); i++) {
      if ((reader.text[i] & 0xC0) != 0x80) {
        position++;
      }
    }
    return position;
  }

  private boolean readAll() {
    int first = skipSpace(start);
    int at = value(start);
    if (at < 0) {
      if (isMark(first) && first < end) {
        errorAt = first;
      }
      return false;
    }
    return skipSpace(at) >= end;
  }

  /** The byte at an offset; 0 behind the end. */
  private int at(int offset) {
    return offset < end ? text[offset] : 0;
  }

  private int fail(int offset) {
    errorAt = offset;
    return NO_VALUE;
  }

  /** Whether there is the end, or what ends or separates values. */
  private boolean isMark(int at) {
    return switch (at(at)) {
      case '}', ']', ',', ':', 0 -> true;
      default -> false;
    };
  }

  /** Reads a value. Answers the offset behind it, or {@link #NO_VALUE}. */
  private int value(int from) {
    int at = skipSpace(from);
    if (isMark(at)) {
      return fail(from);
    }
    switch (at(at)) {
      case '{':
        return object(at);
      case '[':
        return array(at);
      case '"', '\'':
        return string(at);
      case 't':
        return word(at, "true") ? literal(JsonType.TRUE, at + 4) : fail(at);
      case 'f':
        return word(at, "false") ? literal(JsonType.FALSE, at + 5) : fail(at);
      case 'n':
        return word(at, "null") ? literal(JsonType.NULL, at + 4) : special(at);
      case '+', '-', '.', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
        return number(at);
      default:
        return special(at);
    }
  }

  private boolean word(int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at(at + i) != word.charAt(i)) {
        return false;
      }
    }
    return !isAlphanumeric(at(at + word.length()));
  }

  private int literal(int type, int behind) {
    json.append(type);
    return behind;
  }

  private boolean isLiteral(int at) {
    return word(at, "true")
        || word(at, "false")
        || word(at, "null")
        || ignoringCase(at, "inf")
        || ignoringCase(at, "infinity")
        || nanLength(at) > 0;
  }

  /** The length of a word for NaN, or 0. */
  private int nanLength(int at) {
    if (ignoringCase(at, "nan")) {
      return 3;
    }
    return ignoringCase(at, "qnan") || ignoringCase(at, "snan") ? 4 : 0;
  }

  /** Infinity and NaN. */
  private int special(int at) {
    if (ignoringCase(at, "inf") || ignoringCase(at, "infinity")) {
      json5 = true;
      json.appendNode(JsonType.FLOAT, INFINITY, 0, INFINITY.length);
      return at + (ignoringCase(at, "inf") ? 3 : 8);
    }
    int nan = nanLength(at);
    if (nan > 0) {
      json5 = true;
      return literal(JsonType.NULL, at + nan);
    }
    return fail(at);
  }

  private boolean ignoringCase(int at, String word) {
    return startsIgnoringCase(at, word) && !isAlphanumeric(at(at + word.length()));
  }

  private boolean startsIgnoringCase(int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.toLowerCase(at(at + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private int array(int from) {
    int node = open(JsonType.ARRAY);
    if (depth > Jsonb.MAX_DEPTH) {
      return fail(from);
    }
    int at = elementOrEnd(from + 1, ']');
    while (at(at) != ']') {
      at = value(at);
      if (at < 0) {
        return at;
      }
      at = separator(at, ']');
      if (at < 0) {
        return at;
      }
      if (at(at) == ',') {
        at = elementOrEnd(at + 1, ']');
        json5 |= at(at) == ']';
      }
    }
    return close(node, at + 1);
  }

  private int object(int from) {
    int node = open(JsonType.OBJECT);
    if (depth > Jsonb.MAX_DEPTH) {
      return fail(from);
    }
    int at = elementOrEnd(from + 1, '}');
    while (at(at) != '}') {
      int before = at;
      at = skipSpace(at);
      at = at(at) == '"' || at(at) == '\'' ? string(at) : unquotedLabel(at, before);
      if (at < 0) {
        return at;
      }
      at = colon(at);
      if (at < 0) {
        return at;
      }
      at = value(at + 1);
      if (at < 0) {
        return at;
      }
      at = separator(at, '}');
      if (at < 0) {
        return at;
      }
      if (at(at) == ',') {
        at = elementOrEnd(at + 1, '}');
        json5 |= at(at) == '}';
      }
    }
    return close(node, at + 1);
  }

  /** The offset of the comma or the bracket that follows a value. */
  private int separator(int from, int bracket) {
    int plain = skipPlainSpace(from);
    if (at(plain) == ',' || at(plain) == bracket) {
      return plain;
    }
    int at = skipSpace(plain);
    if (at(at) == ',' || at(at) == bracket) {
      errorAt = at;
      return at;
    }
    return fail(plain);
  }

  private int colon(int from) {
    int plain = skipPlainSpace(from);
    if (at(plain) == ':') {
      return plain;
    }
    int at = skipSpace(plain);
    if (at(at) == ':') {
      errorAt = at;
      return at;
    }
    return !isMark(at) && value(at) < 0 ? NO_VALUE : fail(plain);
  }

  /** The offset of the bracket if that follows, else the same offset. */
  private int elementOrEnd(int from, int bracket) {
    int at = skipSpace(from);
    if (at(at) == bracket) {
      errorAt = at;
      return at;
    }
    return from;
  }

  private int open(int type) {
    depth++;
    json.append(type);
    return json.size - 1;
  }

  private int close(int node, int behind) {
    depth--;
    json.resize(node, json.size - node - 1);
    return behind;
  }

  /** A name that is not a value: true, null, NaN and so on are none. */
  private int unquotedLabel(int from, int before) {
    if (isLiteral(from) || !isLabelStart(at(from)) && !isUnicodeEscape(from)) {
      return noLabel(from, before);
    }
    json5 = true;
    errorAt = from;
    int type = JsonType.TEXT;
    int at = from;
    while (true) {
      if (isUnicodeEscape(at)) {
        type = JsonType.TEXT_J;
        at++;
      } else if (!isLabelPart(at(at)) || at > from && skipSpace(at) > at) {
        break;
      } else {
        at++;
      }
    }
    json.appendNode(type, text, from, at - from);
    return at;
  }

  /** Fails at what is no label: if it is a value, before the space around it; else inside of it. */
  private int noLabel(int from, int before) {
    if (isMark(from)) {
      return fail(from);
    }
    if (value(from) < 0) {
      return NO_VALUE;
    }
    return fail(before);
  }

  private static boolean isLabelStart(int next) {
    return next < 0 || next == '_' || next == '$' || isLetter(next);
  }

  private static boolean isLabelPart(int next) {
    return isLabelStart(next) || isDigit(next);
  }

  private boolean isUnicodeEscape(int at) {
    return at(at) == '\\' && at(at + 1) == 'u' && isHex(at + 2, 4);
  }

  private boolean isHex(int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!isHexDigit(at(i))) {
        return false;
      }
    }
    return true;
  }

  private int string(int from) {
    int delimiter = at(from);
    json5 |= delimiter == '\'';
    int type = JsonType.TEXT;
    int at = from + 1;
    while (true) {
      int next = at(at);
      if (next == delimiter) {
        break;
      }
      if (next == '\\') {
        int escape = at(++at);
        if (isJsonEscape(at)) {
          if (type == JsonType.TEXT) {
            type = JsonType.TEXT_J;
          }
        } else if (isJson5Escape(at)) {
          type = JsonType.TEXT5;
          json5 = true;
        } else if (escape == '\r') {
          if (at(at + 1) == '\n') {
            at++;
          }
          type = JsonType.TEXT5;
          json5 = true;
        } else {
          return fail(at);
        }
      } else if (next >= 0 && next < ' ') {
        if (next == 0) {
          return fail(at);
        }
        type = JsonType.TEXT5;
        json5 = true;
      } else if (next == '"') {
        type = JsonType.TEXT5;
      }
      at++;
    }
    json.appendNode(type, text, from + 1, at - from - 1);
    return at + 1;
  }

  private boolean isJsonEscape(int at) {
    return switch (at(at)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      case 'u' -> isHex(at + 1, 4);
      default -> false;
    };
  }

  private boolean isJson5Escape(int at) {
    return switch (at(at)) {
      case '\'', 'v', '\n' -> true;
      case '0' -> !isDigit(at(at + 1));
      case 'x' -> isHex(at + 1, 2);
      case (byte) 0xE2 -> isLineSeparator(at);
      default -> false;
    };
  }

  /** U+2028 and U+2029. */
  private boolean isLineSeparator(int at) {
    return at(at) == (byte) 0xE2
        && at(at + 1) == (byte) 0x80
        && (at(at + 2) == (byte) 0xA8 || at(at + 2) == (byte) 0xA9);
  }

  /** Reads a number; its first character is a sign, a point or a digit. */
  private int number(int signAt) {
    int first = at(signAt);
    boolean plain = first != '+';
    int from = first == '+' ? signAt + 1 : signAt;
    int digitsAt = first == '+' || first == '-' ? signAt + 1 : signAt;
    int next = at(digitsAt);
    if (next == '0') {
      if ((at(digitsAt + 1) | 0x20) == 'x' && isHexDigit(at(digitsAt + 2))) {
        int at = digitsAt + 2;
        while (isHexDigit(at(at))) {
          at++;
        }
        json5 = true;
        json.appendNode(JsonType.INT5, text, from, at - from);
        return at;
      }
      if (isDigit(at(digitsAt + 1))) {
        return fail(first == '0' ? digitsAt + 1 : digitsAt);
      }
    } else if (next == '.') {
      if (digitsAt == signAt && !isDigit(at(digitsAt + 1))) {
        return fail(signAt);
      }
      plain = false;
    } else if (!isDigit(next)) {
      return signedInfinity(signAt);
    }
    json5 |= !plain;
    boolean written5 = next == '.';
    boolean fractional = false;
    boolean exponent = false;
    int at = digitsAt;
    for (; ; at++) {
      int c = at(at);
      if (isDigit(c)) {
        continue;
      }
      if (c == '.') {
        if (fractional) {
          return fail(at);
        }
        fractional = true;
      } else if (c == 'e' || c == 'E') {
        if (!isDigit(at(at - 1))) {
          if (!isPointAfterDigit(at - 1, digitsAt)) {
            return fail(at);
          }
          written5 = true;
        }
        if (exponent) {
          return fail(at);
        }
        fractional = true;
        exponent = true;
        if (at(at + 1) == '+' || at(at + 1) == '-') {
          at++;
        }
        if (!isDigit(at(at + 1))) {
          return fail(at);
        }
      } else {
        break;
      }
    }
    if (!isDigit(at(at - 1))) {
      if (!isPointAfterDigit(at - 1, digitsAt)) {
        return fail(at);
      }
      written5 = true;
    }
    json5 |= written5;
    int type =
        fractional
            ? written5 ? JsonType.FLOAT5 : JsonType.FLOAT
            : written5 ? JsonType.INT5 : JsonType.INT;
    json.appendNode(type, text, from, at - from);
    return at;
  }

  private boolean isPointAfterDigit(int at, int from) {
    return at(at) == '.' && at > from && isDigit(at(at - 1));
  }

  private int signedInfinity(int signAt) {
    if (!startsIgnoringCase(signAt + 1, "inf")) {
      return fail(signAt);
    }
    json5 = true;
    byte[] number = at(signAt) == '-' ? MINUS_INFINITY : INFINITY;
    json.appendNode(JsonType.FLOAT, number, 0, number.length);
    return signAt + (startsIgnoringCase(signAt + 4, "inity") ? 9 : 4);
  }

  private int skipPlainSpace(int from) {
    int at = from;
    while (at(at) == ' ' || at(at) == '\t' || at(at) == '\n' || at(at) == '\r') {
      at++;
    }
    return at;
  }

  /** The offset behind white space and comments, those of JSON5 included. */
  private int skipSpace(int from) {
    int at = from;
    while (true) {
      switch (at(at)) {
        case ' ', '\t', '\n', '\r' -> at++;
        case 0 -> {
          return at;
        }
        default -> {
          int behind = skipJson5Space(at);
          if (behind == at) {
            return at;
          }
          json5 = true;
          at = behind;
        }
      }
    }
  }

  private int skipJson5Space(int at) {
    switch (at(at) & 0xFF) {
      case 0x0B, 0x0C:
        return at + 1;
      case '/':
        return at(at + 1) == '*'
            ? skipBlockComment(at)
            : at(at + 1) == '/' ? skipLineComment(at) : at;
      case 0xC2:
        return at(at + 1) == (byte) 0xA0 ? at + 2 : at;
      case 0xE1, 0xE2, 0xE3, 0xEF:
        return isWideSpace((at(at) & 0xFF) << 16 | (at(at + 1) & 0xFF) << 8 | at(at + 2) & 0xFF)
            ? at + 3
            : at;
      default:
        return at;
    }
  }

  private int skipBlockComment(int from) {
    for (int at = from + 2; at(at) != 0; at++) {
      if (at(at) == '*' && at(at + 1) == '/') {
        return at + 2;
      }
    }
    return from;
  }

  private int skipLineComment(int from) {
    int at = from + 2;
    while (at(at) != 0 && at(at) != '\n' && at(at) != '\r' && !isLineSeparator(at)) {
      at++;
    }
    return isLineSeparator(at) ? at + 3 : at(at) == 0 ? at : at + 1;
  }

  /** Space separators of Unicode, line and paragraph separator, byte order mark; as UTF-8. */
  private static boolean isWideSpace(int utf8) {
    return utf8 == 0xE19A80
        || utf8 >= 0xE28080 && utf8 <= 0xE2808A
        || utf8 == 0xE280A8
        || utf8 == 0xE280A9
        || utf8 == 0xE280AF
        || utf8 == 0xE2819F
        || utf8 == 0xE38080
        || utf8 == 0xEFBBBF;
  }

  static boolean isDigit(int next) {
    return next >= '0' && next <= '9';
  }

  static boolean isHexDigit(int next) {
    return isDigit(next) || (next | 0x20) >= 'a' && (next | 0x20) <= 'f';
  }

  private static boolean isLetter(int next) {
    return (next | 0x20) >= 'a' && (next | 0x20) <= 'z';
  }

  static boolean isAlphanumeric(int next) {
    return isDigit(next) || isLetter(next);
  }
}
