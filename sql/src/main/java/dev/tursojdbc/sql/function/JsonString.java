package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Utf8;
import java.util.Arrays;

/**
 * The strings of JSON: their escapes as written, and the characters that these mean.
 *
 * <p>A lone surrogate that is written as an escape becomes three bytes that are no UTF-8, as in
 * SQLite. An escape that none is, which only a damaged blob can have, means no character.
 */
final class JsonString {
  /** No code point: what a wrong escape means. */
  private static final int NO_CHARACTER = -1;

  /** Walks through the characters of a string with escapes. */
  private static final class Cursor {
    private final byte[] bytes;
    private final boolean raw;
    private int at;
    private final int end;

    Cursor(byte[] bytes, int from, int end, boolean raw) {
      this.bytes = bytes;
      this.at = from;
      this.end = end;
      this.raw = raw;
    }

    boolean hasNext() {
      return at < end;
    }

    int next() {
      byte first = bytes[at];
      if (first >= 0 && (raw || first != '\\')) {
        at++;
        return first;
      }
      if (raw || first != '\\') {
        int codePoint = Utf8.codePoint(bytes, at, end);
        at = Utf8.next(bytes, at, end);
        return codePoint;
      }
      return escape();
    }

    private int escape() {
      if (end - at < 2) {
        at = end;
        return NO_CHARACTER;
      }
      int letter = bytes[at + 1];
      switch (letter) {
        case 'u':
          return unicode();
        case 'x':
          return hexadecimal();
        case (byte) 0xE2, '\r', '\n':
          return continuation();
        case '0':
          boolean octal = end - at > 2 && JsonScanner.isDigit(bytes[at + 2]);
          at += 2;
          return octal ? NO_CHARACTER : 0;
        default:
          at += 2;
          return simple(letter);
      }
    }

    private static int simple(int letter) {
      return switch (letter) {
        case 'b' -> '\b';
        case 'f' -> '\f';
        case 'n' -> '\n';
        case 'r' -> '\r';
        case 't' -> '\t';
        case 'v' -> 0x0B;
        case '\'', '"', '/', '\\' -> letter;
        default -> NO_CHARACTER;
      };
    }

    private int unicode() {
      if (end - at < 6) {
        at = end;
        return NO_CHARACTER;
      }
      int unit = hex(at + 2, 4);
      if ((unit & 0xFC00) == 0xD800
          && end - at >= 12
          && bytes[at + 6] == '\\'
          && bytes[at + 7] == 'u') {
        int low = hex(at + 8, 4);
        if ((low & 0xFC00) == 0xDC00) {
          at += 12;
          return 0x1_0000 + ((unit & 0x3FF) << 10) + (low & 0x3FF);
        }
      }
      at += 6;
      return unit;
    }

    private int hexadecimal() {
      if (end - at < 4) {
        at = end;
        return NO_CHARACTER;
      }
      int value = hex(at + 2, 2);
      at += 4;
      return value;
    }

    /** A backslash before a line's end: neither is part of the string. */
    private int continuation() {
      int behind = behindContinuations(bytes, at, end);
      if (behind == at) {
        at = end;
        return NO_CHARACTER;
      }
      at = behind;
      return at == end ? NO_CHARACTER : next();
    }

    private int hex(int from, int count) {
      int value = 0;
      for (int i = from; i < from + count; i++) {
        value = value << 4 | hexDigit(bytes[i]);
      }
      return value;
    }
  }

  private JsonString() {}

  private static int hexDigit(int digit) {
    return (digit + 9 * (digit >> 6 & 1)) & 0xF;
  }

  private static int behindContinuations(byte[] bytes, int from, int end) {
    int at = from;
    while (end - at >= 2 && bytes[at] == '\\') {
      int next = bytes[at + 1];
      if (next == '\n') {
        at += 2;
      } else if (next == '\r') {
        at += end - at > 2 && bytes[at + 2] == '\n' ? 3 : 2;
      } else if (next == (byte) 0xE2
          && end - at >= 4
          && bytes[at + 2] == (byte) 0x80
          && (bytes[at + 3] == (byte) 0xA8 || bytes[at + 3] == (byte) 0xA9)) {
        at += 4;
      } else {
        break;
      }
    }
    return at;
  }

  /** The offset behind an escape and all continuations of lines, or -1 if it is none. */
  static int behindEscape(byte[] bytes, int at, int end) {
    Cursor cursor = new Cursor(bytes, at, end, false);
    return cursor.next() == NO_CHARACTER ? -1 : cursor.at;
  }

  /** Appends the characters that a string with escapes means. */
  static void unescape(byte[] bytes, int from, int end, TextBuilder target) {
    int at = from;
    while (at < end) {
      int run = at;
      while (run < end && bytes[run] != '\\') {
        run++;
      }
      target.append(bytes, at, run - at);
      at = run;
      if (at < end) {
        Cursor cursor = new Cursor(bytes, at, end, false);
        int codePoint = cursor.next();
        at = cursor.at;
        if (codePoint != NO_CHARACTER) {
          target.appendCodePoint(codePoint);
        }
      }
    }
  }

  /** Whether two strings mean the same characters. A raw one has no escapes. */
  static boolean same(
      byte[] left,
      int leftFrom,
      int leftEnd,
      boolean leftRaw,
      byte[] right,
      int rightFrom,
      int rightEnd,
      boolean rightRaw) {
    if (leftRaw && rightRaw) {
      return Arrays.equals(left, leftFrom, leftEnd, right, rightFrom, rightEnd);
    }
    Cursor one = new Cursor(left, leftFrom, leftEnd, leftRaw);
    Cursor other = new Cursor(right, rightFrom, rightEnd, rightRaw);
    while (one.hasNext() && other.hasNext()) {
      if (one.next() != other.next()) {
        return false;
      }
    }
    return !one.hasNext() && !other.hasNext();
  }

  /** Appends characters as a JSON string in quotes. */
  static void quote(byte[] bytes, int from, int end, TextBuilder target) {
    target.append('"');
    QuotingFunctions.appendJson(bytes, from, end, target);
    target.append('"');
  }

  /** Appends a JSON5 string, which stands without its quotes, as a JSON string in quotes. */
  static void quoteJson5(byte[] bytes, int from, int end, TextBuilder target) {
    target.append('"');
    int at = from;
    while (at < end) {
      int next = bytes[at];
      if (next != '\\') {
        QuotingFunctions.appendJson(bytes, at, at + 1, target);
        at++;
      } else {
        at = escapeOfJson(bytes, at, end, target);
      }
    }
    target.append('"');
  }

  /** Writes one escape of JSON5 as JSON has it. Answers the offset behind it. */
  private static int escapeOfJson(byte[] bytes, int at, int end, TextBuilder target) {
    if (end - at < 2) {
      throw Jsonb.malformed();
    }
    int letter = bytes[at + 1];
    switch (letter) {
      case '\'':
        target.append('\'');
        return at + 2;
      case 'v':
        target.append("\\u000b");
        return at + 2;
      case '0':
        target.append("\\u0000");
        return at + 2;
      case 'x':
        if (end - at < 4) {
          throw Jsonb.malformed();
        }
        target.append("\\u00").append(bytes, at + 2, 2);
        return at + 4;
      case '\n':
        return at + 2;
      case '\r':
        return end - at > 2 && bytes[at + 2] == '\n' ? at + 3 : at + 2;
      case (byte) 0xE2:
        int behind = behindContinuations(bytes, at, Math.min(end, at + 4));
        if (behind == at) {
          throw Jsonb.malformed();
        }
        return behind;
      default:
        target.append('\\').append(letter);
        return at + 2;
    }
  }
}
