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
final class JsonReader extends JsonScanner {
  private static final int NO_VALUE = -1;

  private static final byte[] INFINITY = "9e999".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MINUS_INFINITY = "-9e999".getBytes(StandardCharsets.US_ASCII);

  private final Jsonb json;
  private int depth;

  /**
   * Where reading failed. For text behind the value this is, as in SQLite, where something last was
   * no value though it need not have been one: a closing bracket, an unquoted label; else the
   * start.
   */
  private int errorAt;

  private JsonReader(Register value) {
    super(value);
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

  /** Reads a number; its first character is a sign, a point or a digit. */
  private int number(int signAt) {
    int first = at(signAt);
    boolean plain = first != '+';
    int from = first == '+' ? signAt + 1 : signAt;
    int digitsAt = first == '+' || first == '-' ? signAt + 1 : signAt;
    int next = at(digitsAt);
    if (next == '0') {
      if ((at(digitsAt + 1) | 0x20) == 'x' && isHexDigit(at(digitsAt + 2))) {
        return hexadecimal(from, digitsAt + 2);
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
    return decimal(from, digitsAt, next == '.');
  }

  private int hexadecimal(int from, int digitsAt) {
    int at = digitsAt;
    while (isHexDigit(at(at))) {
      at++;
    }
    json5 = true;
    json.appendNode(JsonType.INT5, text, from, at - from);
    return at;
  }

  /**
   * Reads what follows the sign of a number.
   *
   * @param beginsWithPoint whether there is no digit before the point, as only JSON5 has it
   */
  private int decimal(int from, int digitsAt, boolean beginsWithPoint) {
    boolean written5 = beginsWithPoint;
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
}
