package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;

/** Looks at the characters of JSON and JSON5 text: words, escapes, white space and comments. */
abstract class JsonScanner {
  final byte[] text;
  final int start;
  final int end;

  /** Whether anything was seen that JSON does not have. */
  boolean json5;

  /** A text ends at its first zero byte. */
  JsonScanner(Register value) {
    text = value.bytes;
    start = value.offset;
    end = Arguments.end(value);
  }

  /** The byte at an offset; 0 behind the end. */
  final int at(int offset) {
    return offset < end ? text[offset] : 0;
  }

  final boolean word(int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (at(at + i) != word.charAt(i)) {
        return false;
      }
    }
    return !isAlphanumeric(at(at + word.length()));
  }

  final boolean ignoringCase(int at, String word) {
    return startsIgnoringCase(at, word) && !isAlphanumeric(at(at + word.length()));
  }

  final boolean startsIgnoringCase(int at, String word) {
    for (int i = 0; i < word.length(); i++) {
      if (Character.toLowerCase(at(at + i)) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  final boolean isUnicodeEscape(int at) {
    return at(at) == '\\' && at(at + 1) == 'u' && isHex(at + 2, 4);
  }

  final boolean isHex(int from, int count) {
    for (int i = from; i < from + count; i++) {
      if (!isHexDigit(at(i))) {
        return false;
      }
    }
    return true;
  }

  final boolean isJsonEscape(int at) {
    return switch (at(at)) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> true;
      case 'u' -> isHex(at + 1, 4);
      default -> false;
    };
  }

  final boolean isJson5Escape(int at) {
    return switch (at(at)) {
      case '\'', 'v', '\n' -> true;
      case '0' -> !isDigit(at(at + 1));
      case 'x' -> isHex(at + 1, 2);
      case (byte) 0xE2 -> isLineSeparator(at);
      default -> false;
    };
  }

  /** U+2028 and U+2029. */
  final boolean isLineSeparator(int at) {
    return at(at) == (byte) 0xE2
        && at(at + 1) == (byte) 0x80
        && (at(at + 2) == (byte) 0xA8 || at(at + 2) == (byte) 0xA9);
  }

  final int skipPlainSpace(int from) {
    int at = from;
    while (at(at) == ' ' || at(at) == '\t' || at(at) == '\n' || at(at) == '\r') {
      at++;
    }
    return at;
  }

  /** The offset behind white space and comments, those of JSON5 included. */
  final int skipSpace(int from) {
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

  static boolean isLabelStart(int next) {
    return next < 0 || next == '_' || next == '$' || isLetter(next);
  }

  static boolean isLabelPart(int next) {
    return isLabelStart(next) || isDigit(next);
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
