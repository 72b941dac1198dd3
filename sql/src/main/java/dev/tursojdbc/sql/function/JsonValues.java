package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.NumericText;
import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.nio.charset.StandardCharsets;

/**
 * Where SQL values become JSON and JSON becomes SQL values.
 *
 * <p>A text that a JSON function has made bears the subtype {@link #SUBTYPE} until it is stored
 * anywhere; where a function takes values to put into JSON, such a text is JSON, and any other is a
 * string. A blob is JSON if it is JSONB.
 */
final class JsonValues {
  /** The letter J. */
  static final int SUBTYPE = 'J';

  private static final byte[] INFINITY = "9e999".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] MINUS_INFINITY = "-9e999".getBytes(StandardCharsets.US_ASCII);

  private JsonValues() {}

  /**
   * Whether a value is JSONB, which its outermost header tells. A blob that begins like JSON text,
   * which blobs may hold too, must be JSONB throughout.
   */
  static boolean isJsonb(Register value) {
    return value.type == StorageClass.BLOB
        && Jsonb.isOne(value.bytes, value.offset, value.length)
        && (!beginsLikeText(value.bytes[value.offset])
            || JsonbCheck.errorPosition(Jsonb.copyOf(value)) == 0);
  }

  private static boolean beginsLikeText(byte first) {
    return first == '[' || first == '{' || JsonScanner.isDigit(first);
  }

  /**
   * A value that is to be JSON as a whole: JSONB, or the text of any other value.
   *
   * @return what others may share, and must not be changed
   * @throws dev.tursojdbc.storage.error.TursoException malformed JSON
   */
  static Jsonb parse(FunctionContext context, Register value) {
    if (isJsonb(value)) {
      return Jsonb.copyOf(value);
    }
    Register text = text(context, value);
    JsonCache cache = context.jsonCache();
    if (cache == null) {
      return JsonReader.read(text);
    }
    Jsonb json = cache.find(text);
    if (json == null) {
      json = JsonReader.read(text);
      cache.put(text, json);
    }
    return json;
  }

  /** As {@link #parse}, for somebody who changes it. */
  static Jsonb parseToChange(FunctionContext context, Register value) {
    if (isJsonb(value)) {
      return Jsonb.copyOf(value);
    }
    Register text = text(context, value);
    JsonCache cache = context.jsonCache();
    Jsonb known = cache == null ? null : cache.find(text);
    return known == null ? JsonReader.read(text) : known.copyOf(0);
  }

  /** A value as text; a blob's bytes are text in the database's encoding. */
  static Register text(FunctionContext context, Register value) {
    if (value.type != StorageClass.BLOB) {
      return Arguments.text(value);
    }
    Register text = new Register();
    ValueText.read(value, context.encoding(), text);
    return text;
  }

  /** A value that is to become a part of JSON. */
  static Jsonb toJson(Register value) {
    Jsonb json = new Jsonb(16);
    switch (value.type) {
      case StorageClass.NULL -> json.append(JsonType.NULL);
      case StorageClass.INTEGER -> appendNumber(json, JsonType.INT, value);
      case StorageClass.REAL -> {
        if (Double.isInfinite(value.real)) {
          byte[] number = value.real < 0 ? MINUS_INFINITY : INFINITY;
          json.appendNode(JsonType.FLOAT, number, 0, number.length);
        } else {
          appendNumber(json, JsonType.FLOAT, value);
        }
      }
      case StorageClass.TEXT -> {
        if (value.subtype == SUBTYPE) {
          return JsonReader.read(value);
        }
        json.appendNode(JsonType.TEXT_RAW, value.bytes, value.offset, value.length);
      }
      default -> {
        requireJsonb(value);
        return Jsonb.copyOf(value);
      }
    }
    return json;
  }

  private static void requireJsonb(Register blob) {
    if (!isJsonb(blob)) {
      throw Arguments.error("JSON cannot hold BLOB values");
    }
  }

  private static void appendNumber(Jsonb json, int type, Register number) {
    Register text = Arguments.text(number);
    json.appendNode(type, text.bytes, text.offset, text.length);
  }

  /** Appends a value's JSON text. */
  static void print(Register value, TextBuilder target) {
    switch (value.type) {
      case StorageClass.NULL -> target.append("null");
      case StorageClass.INTEGER -> target.appendInteger(value.integer);
      case StorageClass.REAL -> {
        if (Double.isInfinite(value.real)) {
          target.append(value.real < 0 ? "-9.0e+999" : "9.0e+999");
        } else {
          target.appendReal(value.real);
        }
      }
      case StorageClass.TEXT -> {
        if (value.subtype == SUBTYPE) {
          target.append(value);
        } else {
          JsonString.quote(value.bytes, value.offset, value.offset + value.length, target);
        }
      }
      default -> {
        requireJsonb(value);
        JsonPrinter.print(Jsonb.copyOf(value), 0, target);
      }
    }
  }

  /** Gives a register a node as JSON text. */
  static void toText(FunctionContext context, Jsonb json, int node, Register result) {
    TextBuilder text = new TextBuilder(context.lengthLimit(), json.end(node) - node + 16);
    JsonPrinter.print(json, node, text);
    toText(text, result);
  }

  static void toText(TextBuilder text, Register result) {
    text.toText(result);
    result.subtype = SUBTYPE;
  }

  static void toBlob(Jsonb json, int node, Register result) {
    result.setBlob(json.bytes, node, json.end(node) - node);
  }

  /**
   * Gives a register the SQL value of a node.
   *
   * @param binary whether arrays and objects become JSONB instead of text
   */
  static void toSql(
      FunctionContext context, Jsonb json, int node, boolean binary, Register result) {
    int from = json.payload(node);
    int end = json.end(node);
    switch (json.type(node)) {
      case JsonType.NULL -> result.setNull();
      case JsonType.TRUE -> result.setInteger(1);
      case JsonType.FALSE -> result.setInteger(0);
      case JsonType.INT, JsonType.INT5 -> integer(json, from, end, result);
      case JsonType.FLOAT, JsonType.FLOAT5 -> real(json, from, end, result);
      case JsonType.TEXT, JsonType.TEXT_RAW -> result.setText(json.bytes, from, end - from);
      case JsonType.TEXT_J, JsonType.TEXT5 -> {
        TextBuilder text = new TextBuilder(context.lengthLimit(), end - from);
        JsonString.unescape(json.bytes, from, end, text);
        text.toText(result);
      }
      case JsonType.ARRAY, JsonType.OBJECT -> {
        if (binary) {
          toBlob(json, node, result);
        } else {
          toText(context, json, node, result);
        }
      }
      default -> throw Jsonb.malformed();
    }
  }

  private static void real(Jsonb json, int from, int end, Register result) {
    if (from == end) {
      throw Jsonb.malformed();
    }
    int kind = NumericText.readReal(json.bytes, from, end - from, result);
    if (kind == NumericText.NONE) {
      throw Jsonb.malformed();
    }
    result.setReal(result.real);
  }

  private static void integer(Jsonb json, int from, int end, Register result) {
    if (from == end) {
      throw Jsonb.malformed();
    }
    boolean negative = json.bytes[from] == '-';
    int digits = negative ? from + 1 : from;
    if (end - digits > 2 && json.bytes[digits] == '0' && (json.bytes[digits + 1] | 0x20) == 'x') {
      hexadecimal(json, digits + 2, end, negative, result);
      return;
    }
    switch (NumericText.readInteger(json.bytes, from, end - from, result)) {
      case NumericText.EXACT -> result.setInteger(result.integer);
      case NumericText.OVERFLOW -> real(json, from, end, result);
      default -> throw Jsonb.malformed();
    }
  }

  private static void hexadecimal(
      Jsonb json, int from, int end, boolean negative, Register result) {
    long value = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(json.bytes[i], 16);
      if (digit < 0 || value >>> 60 != 0) {
        throw Jsonb.malformed();
      }
      value = value << 4 | digit;
    }
    if (value < 0) {
      double magnitude = (value >>> 1) * 2.0 + (value & 1);
      result.setReal(negative ? -magnitude : magnitude);
    } else {
      result.setInteger(negative ? -value : value);
    }
  }
}
