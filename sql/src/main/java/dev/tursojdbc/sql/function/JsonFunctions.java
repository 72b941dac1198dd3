package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;

/**
 * JSON functions that read JSON: extract parts of it, tell what it is, print it.
 *
 * <p>What begins with {@code jsonb} differs only in its result, which is JSONB where the other's is
 * text.
 */
final class JsonFunctions {
  private static final Set<FunctionFlag> FLAGS =
      EnumSet.of(FunctionFlag.DETERMINISTIC, FunctionFlag.INNOCUOUS, FunctionFlag.RESULT_SUBTYPE);

  private static final byte[] FOUR_SPACES = "    ".getBytes(StandardCharsets.US_ASCII);

  private JsonFunctions() {}

  static void register(FunctionRegistry registry) {
    registry.scalar("json", 1, 1, FLAGS, (c, a, result) -> json(c, a[0], false, result));
    registry.scalar("jsonb", 1, 1, FLAGS, (c, a, result) -> json(c, a[0], true, result));
    registry.scalar("json_extract", 0, -1, FLAGS, (c, a, result) -> extract(c, a, false, result));
    registry.scalar("jsonb_extract", 0, -1, FLAGS, (c, a, result) -> extract(c, a, true, result));
    registry.scalar("->", 2, 2, FLAGS, JsonFunctions::arrow);
    registry.pure("->>", 2, 2, JsonFunctions::doubleArrow);
    registry.pure("json_error_position", 1, 1, JsonFunctions::errorPosition);
    for (int count = 1; count <= 2; count++) {
      registry.pure("json_array_length", count, count, JsonFunctions::arrayLength);
      registry.pure("json_pretty", count, count, JsonFunctions::pretty);
      registry.pure("json_type", count, count, JsonFunctions::type);
      registry.pure("json_valid", count, count, JsonFunctions::valid);
    }
  }

  /** Gives the whole of a JSON value as text or as JSONB. */
  static void whole(FunctionContext context, Jsonb json, boolean binary, Register result) {
    if (binary) {
      JsonValues.toBlob(json, 0, result);
    } else {
      JsonValues.toText(context, json, 0, result);
    }
  }

  private static void json(
      FunctionContext context, Register value, boolean binary, Register result) {
    result.setNull();
    if (!value.isNull()) {
      whole(context, JsonValues.parse(context, value), binary, result);
    }
  }

  private static void extract(
      FunctionContext context, Register[] arguments, boolean binary, Register result) {
    result.setNull();
    if (arguments.length < 2 || arguments[0].isNull()) {
      return;
    }
    Jsonb json = JsonValues.parse(context, arguments[0]);
    if (arguments.length == 2) {
      int node = findPath(json, arguments[1]);
      if (node != JsonPath.NOT_FOUND) {
        JsonValues.toSql(context, json, node, binary, result);
      }
      return;
    }
    TextBuilder array = new TextBuilder(context.lengthLimit());
    array.append('[');
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].isNull()) {
        return;
      }
      int node = findPath(json, arguments[i]);
      array.append(i == 1 ? "" : ",");
      if (node == JsonPath.NOT_FOUND) {
        array.append("null");
      } else {
        JsonPrinter.print(json, node, array);
      }
    }
    JsonBuildingFunctions.built(array.append(']'), binary, result);
  }

  /** The node at a path; NULL leads nowhere. */
  private static int findPath(Jsonb json, Register path) {
    return path.isNull() ? JsonPath.NOT_FOUND : JsonPath.find(json, Arguments.text(path));
  }

  private static void arrow(FunctionContext context, Register[] arguments, Register result) {
    result.setNull();
    if (arguments[0].isNull()) {
      return;
    }
    Jsonb json = JsonValues.parse(context, arguments[0]);
    int node = find(json, arguments[1]);
    if (node != JsonPath.NOT_FOUND) {
      JsonValues.toText(context, json, node, result);
    }
  }

  private static void doubleArrow(FunctionContext context, Register[] arguments, Register result) {
    result.setNull();
    if (arguments[0].isNull()) {
      return;
    }
    Jsonb json = JsonValues.parse(context, arguments[0]);
    int node = find(json, arguments[1]);
    if (node != JsonPath.NOT_FOUND) {
      JsonValues.toSql(context, json, node, false, result);
      result.subtype = 0;
    }
  }

  /**
   * Finds what an arrow's right side means.
   *
   * <pre>
   *   $...     a path
   *   integer  $[integer], or $[#-integer] if it is negative
   *   [n]      $[n]
   *   label    $."label"
   *   NULL     nothing
   * </pre>
   */
  private static int find(Jsonb json, Register right) {
    if (right.isNull()) {
      return JsonPath.NOT_FOUND;
    }
    Register text = Arguments.untilZero(Arguments.text(right));
    int end = text.offset + text.length;
    if (text.length > 0 && text.bytes[text.offset] == '$') {
      return JsonPath.find(json, text);
    }
    TextBuilder steps = new TextBuilder(Integer.MAX_VALUE, text.length + 4);
    if (right.type == StorageClass.INTEGER) {
      steps.append(right.integer < 0 ? "[#" : "[").append(text).append(']');
    } else if (isAlphanumeric(text)) {
      steps.append('.').append(text);
    } else if (text.length >= 3 && text.bytes[text.offset] == '[' && text.bytes[end - 1] == ']') {
      steps.append(text);
    } else {
      steps.append(".\"").append(text).append('"');
    }
    Register path = new Register();
    steps.toText(path);
    return JsonPath.find(json, path, text);
  }

  private static boolean isAlphanumeric(Register text) {
    for (int i = text.offset; i < text.offset + text.length; i++) {
      if (!JsonScanner.isAlphanumeric(text.bytes[i])) {
        return false;
      }
    }
    return true;
  }

  private static void arrayLength(FunctionContext context, Register[] arguments, Register result) {
    result.setNull();
    if (arguments[0].isNull()) {
      return;
    }
    Jsonb json = JsonValues.parse(context, arguments[0]);
    int node = arguments.length == 2 ? findPath(json, arguments[1]) : 0;
    if (node != JsonPath.NOT_FOUND) {
      result.setInteger(json.type(node) == JsonType.ARRAY ? json.count(node) : 0);
    }
  }

  private static void type(FunctionContext context, Register[] arguments, Register result) {
    result.setNull();
    if (arguments[0].isNull()) {
      return;
    }
    Jsonb json = JsonValues.parse(context, arguments[0]);
    int node = arguments.length == 2 ? findPath(json, arguments[1]) : 0;
    if (node != JsonPath.NOT_FOUND) {
      result.setText(JsonType.name(json.type(node)));
    }
  }

  private static void pretty(FunctionContext context, Register[] arguments, Register result) {
    result.setNull();
    if (arguments[0].isNull()) {
      return;
    }
    Register indent = new Register();
    indent.setText(FOUR_SPACES);
    if (arguments.length == 2 && !arguments[1].isNull()) {
      indent = Arguments.text(arguments[1]);
    }
    TextBuilder text = new TextBuilder(context.lengthLimit());
    JsonPrinter.printIndented(JsonValues.parse(context, arguments[0]), indent, text);
    text.toText(result);
  }

  private static void errorPosition(
      FunctionContext context, Register[] arguments, Register result) {
    Register value = arguments[0];
    result.setNull();
    if (JsonValues.isJsonb(value)) {
      result.setInteger(JsonbCheck.errorPosition(Jsonb.copyOf(value)));
    } else if (!value.isNull()) {
      result.setInteger(JsonReader.errorPosition(JsonValues.text(context, value)));
    }
  }

  /**
   * Whether a value is JSON of one of the kinds that the flags name: 1 JSON, 2 JSON5, 4 what looks
   * like JSONB, 8 what is JSONB through and through.
   */
  private static void valid(FunctionContext context, Register[] arguments, Register result) {
    long flags = arguments.length == 2 ? NumericValue.toInteger(arguments[1]) : 1;
    if (flags < 1 || flags > 15) {
      throw Arguments.error("FLAGS parameter to json_valid() must be between 1 and 15");
    }
    Register value = arguments[0];
    if (value.isNull()) {
      result.setNull();
    } else {
      result.setInteger(isValid(context, value, flags) ? 1 : 0);
    }
  }

  private static boolean isValid(FunctionContext context, Register value, long flags) {
    if (JsonValues.isJsonb(value)) {
      return (flags & 4) != 0
          || (flags & 8) != 0 && JsonbCheck.errorPosition(Jsonb.copyOf(value)) == 0;
    }
    return (flags & 3) != 0
        && JsonReader.find(JsonValues.text(context, value), (flags & 2) != 0) != null;
  }
}
