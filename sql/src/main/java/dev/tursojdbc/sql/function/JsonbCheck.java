package dev.tursojdbc.sql.function;

/**
 * Looks through all of a blob for what JSONB does not allow.
 *
 * <p>Stricter than the functions that read JSONB, which look only at what they need.
 */
final class JsonbCheck {
  private static final int FINE = 0;

  private final Jsonb json;

  private JsonbCheck(Jsonb json) {
    this.json = json;
  }

  /** The number, from 1, of the byte that is wrong; 0 if none is. */
  static int errorPosition(Jsonb json) {
    return new JsonbCheck(json).node(0, json.size, 1);
  }

  private int node(int node, int end, int depth) {
    if (depth > Jsonb.MAX_DEPTH || !json.isNode(node, end) || json.end(node) != end) {
      return node + 1;
    }
    int from = json.payload(node);
    return switch (json.type(node)) {
      case JsonType.NULL, JsonType.TRUE, JsonType.FALSE -> end - node == 1 ? FINE : node + 1;
      case JsonType.INT -> integer(node, from, end);
      case JsonType.INT5 -> hexadecimal(node, from, end);
      case JsonType.FLOAT -> real(node, from, end, false);
      case JsonType.FLOAT5 -> real(node, from, end, true);
      case JsonType.TEXT -> plainText(from, end);
      case JsonType.TEXT_J -> escapedText(from, end, false);
      case JsonType.TEXT5 -> escapedText(from, end, true);
      case JsonType.TEXT_RAW -> FINE;
      case JsonType.ARRAY -> elements(from, end, depth, false);
      case JsonType.OBJECT -> elements(from, end, depth, true);
      default -> node + 1;
    };
  }

  private boolean isMinus(int at, int end) {
    return at < end && json.bytes[at] == '-';
  }

  private boolean isDigit(int at) {
    return JsonScanner.isDigit(json.bytes[at]);
  }

  private int integer(int node, int from, int end) {
    int at = isMinus(from, end) ? from + 1 : from;
    if (at == end) {
      return node + 1;
    }
    for (; at < end; at++) {
      if (!isDigit(at)) {
        return at + 1;
      }
    }
    return FINE;
  }

  private int hexadecimal(int node, int from, int end) {
    int at = isMinus(from, end) ? from + 1 : from;
    if (end - at < 3 || json.bytes[at] != '0') {
      return node + 1;
    }
    if ((json.bytes[at + 1] | 0x20) != 'x') {
      return at + 2;
    }
    for (at += 2; at < end; at++) {
      if (!JsonScanner.isHexDigit(json.bytes[at])) {
        return at + 1;
      }
    }
    return FINE;
  }

  private int real(int node, int from, int end, boolean json5) {
    int at = isMinus(from, end) ? from + 1 : from;
    if (end - at < 2) {
      return node + 1;
    }
    boolean point = false;
    boolean exponent = false;
    if (json.bytes[at] == '.') {
      if (!json5 || !isDigit(at + 1)) {
        return at + 1;
      }
      point = true;
      at += 2;
    } else if (json.bytes[at] == '0' && !json5) {
      int next = json.bytes[at + 1];
      if (end - at < 3 || next != '.' && (next | 0x20) != 'e') {
        return at + 1;
      }
      at++;
    }
    for (; at < end; at++) {
      if (isDigit(at)) {
        continue;
      }
      boolean last = at == end - 1;
      if (json.bytes[at] == '.') {
        if (point || exponent || !json5 && (last || !isDigit(at + 1))) {
          return at + 1;
        }
        point = true;
      } else if ((json.bytes[at] | 0x20) == 'e') {
        if (exponent || last) {
          return at + 1;
        }
        if (json.bytes[at + 1] == '+' || json.bytes[at + 1] == '-') {
          at++;
          if (at == end - 1) {
            return at + 1;
          }
        }
        exponent = true;
      } else {
        return at + 1;
      }
    }
    return point || exponent ? FINE : node + 1;
  }

  private static boolean isOrdinary(byte next) {
    return next < 0 || next >= ' ' && next != '"' && next != '\\';
  }

  private int plainText(int from, int end) {
    for (int at = from; at < end; at++) {
      if (!isOrdinary(json.bytes[at])) {
        return at + 1;
      }
    }
    return FINE;
  }

  private int escapedText(int from, int end, boolean json5) {
    int at = from;
    while (at < end) {
      byte next = json.bytes[at];
      if (next == '\\') {
        int behind = behindEscape(at, end, json5);
        if (behind < 0) {
          return at + 1;
        }
        at = behind;
      } else if (!json5 && !isOrdinary(next)) {
        return at + 1;
      } else {
        at++;
      }
    }
    return FINE;
  }

  private int behindEscape(int at, int end, boolean json5) {
    if (at + 1 >= end) {
      return -1;
    }
    switch (json.bytes[at + 1]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't', 0:
        // SQLite finds the zero byte at the end of its list of letters.
        return at + 2;
      case 'u':
        if (at + 5 >= end) {
          return -1;
        }
        for (int i = at + 2; i < at + 6; i++) {
          if (!JsonScanner.isHexDigit(json.bytes[i])) {
            return -1;
          }
        }
        return at + 2;
      default:
        return json5 ? JsonString.behindEscape(json.bytes, at, end) : -1;
    }
  }

  private int elements(int from, int end, int depth, boolean labelled) {
    int at = from;
    boolean label = labelled;
    while (at < end) {
      if (!json.isNode(at, end) || label && !JsonType.isText(json.type(at))) {
        return at + 1;
      }
      int behind = json.end(at);
      int wrong = node(at, behind, depth + 1);
      if (wrong != FINE) {
        return wrong;
      }
      at = behind;
      label = labelled && !label;
    }
    return labelled && !label ? at + 1 : FINE;
  }
}
