package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;
import org.jspecify.annotations.Nullable;

/**
 * Prints JSONB as JSON: without white space, or one element a line with an indentation.
 *
 * <p>What JSON5 allows is printed as JSON has it; all else comes out as it went in.
 */
final class JsonPrinter {
  private final Jsonb json;
  private final TextBuilder target;

  /** What one level of nesting moves a line by; null to print no white space at all. */
  private final @Nullable Register indent;

  private int depth;

  private JsonPrinter(Jsonb json, TextBuilder target, @Nullable Register indent) {
    this.json = json;
    this.target = target;
    this.indent = indent;
  }

  static void print(Jsonb json, int node, TextBuilder target) {
    new JsonPrinter(json, target, null).node(node);
  }

  static void printIndented(Jsonb json, Register indent, TextBuilder target) {
    new JsonPrinter(json, target, indent).node(0);
  }

  private void node(int node) {
    int from = json.payload(node);
    int end = json.end(node);
    switch (json.type(node)) {
      case JsonType.NULL -> target.append("null");
      case JsonType.TRUE -> target.append("true");
      case JsonType.FALSE -> target.append("false");
      case JsonType.INT, JsonType.FLOAT -> {
        requireSome(from, end);
        target.append(json.bytes, from, end - from);
      }
      case JsonType.INT5 -> hexadecimal(from, end);
      case JsonType.FLOAT5 -> barePoint(from, end);
      case JsonType.TEXT, JsonType.TEXT_J -> {
        target.append('"');
        target.append(json.bytes, from, end - from);
        target.append('"');
      }
      case JsonType.TEXT5 -> JsonString.quoteJson5(json.bytes, from, end, target);
      case JsonType.TEXT_RAW -> JsonString.quote(json.bytes, from, end, target);
      case JsonType.ARRAY -> array(from, end);
      case JsonType.OBJECT -> object(from, end);
      default -> throw Jsonb.malformed();
    }
  }

  private static void requireSome(int from, int end) {
    if (from == end) {
      throw Jsonb.malformed();
    }
  }

  /** Prints 0x1F as 31; what exceeds 64 bits is infinity. */
  private void hexadecimal(int from, int end) {
    requireSome(from, end);
    int at = from;
    if (json.bytes[at] == '-') {
      target.append('-');
      at++;
    }
    long value = 0;
    boolean overflow = false;
    for (at += 2; at < end; at++) {
      if (!JsonScanner.isHexDigit(json.bytes[at])) {
        throw Jsonb.malformed();
      }
      overflow |= value >>> 60 != 0;
      value = value << 4 | Character.digit(json.bytes[at], 16);
    }
    target.append(overflow ? "9.0e999" : Long.toUnsignedString(value));
  }

  /** Prints .5 as 0.5 and 5. as 5.0. */
  private void barePoint(int from, int end) {
    requireSome(from, end);
    int at = from;
    if (json.bytes[at] == '-') {
      target.append('-');
      at++;
      requireSome(at, end);
    }
    if (json.bytes[at] == '.') {
      target.append('0');
    }
    for (; at < end; at++) {
      target.append(json.bytes[at]);
      if (json.bytes[at] == '.' && (at + 1 == end || !JsonScanner.isDigit(json.bytes[at + 1]))) {
        target.append('0');
      }
    }
  }

  private void array(int from, int end) {
    open('[', from == end);
    for (int at = from; at < end; ) {
      node(at);
      at = json.end(at);
      separate(at, end);
    }
    close(']', from == end);
  }

  private void object(int from, int end) {
    open('{', from == end);
    for (int at = from; at < end; ) {
      if (!JsonType.isText(json.type(at))) {
        throw Jsonb.malformed();
      }
      node(at);
      target.append(indent == null ? ":" : ": ");
      int value = json.end(at);
      node(value);
      at = json.end(value);
      separate(at, end);
    }
    close('}', from == end);
  }

  private void open(int bracket, boolean empty) {
    depth++;
    // With an indentation one level less is allowed, unless it is empty.
    int limit = indent == null || empty ? Jsonb.MAX_DEPTH : Jsonb.MAX_DEPTH - 1;
    if (depth > limit) {
      throw Arguments.error("JSON nested too deep");
    }
    target.append(bracket);
    if (!empty) {
      newLine();
    }
  }

  private void separate(int at, int end) {
    if (at > end) {
      throw Jsonb.malformed();
    }
    if (at < end) {
      target.append(',');
      newLine();
    }
  }

  private void close(int bracket, boolean empty) {
    depth--;
    if (!empty) {
      newLine();
    }
    target.append(bracket);
  }

  private void newLine() {
    if (indent != null) {
      target.append('\n');
      for (int i = 0; i < depth; i++) {
        target.append(indent);
      }
    }
  }
}
