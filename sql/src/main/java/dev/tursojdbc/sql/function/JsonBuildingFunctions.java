package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.EnumSet;
import java.util.Set;

/** JSON functions that make JSON of values, or change it. */
final class JsonBuildingFunctions {
  private static final Set<FunctionFlag> FLAGS =
      EnumSet.of(
          FunctionFlag.DETERMINISTIC,
          FunctionFlag.INNOCUOUS,
          FunctionFlag.SUBTYPE,
          FunctionFlag.RESULT_SUBTYPE);

  /** Of what takes JSON only, and no values to put into it. */
  private static final Set<FunctionFlag> JSON_ONLY_FLAGS =
      EnumSet.of(FunctionFlag.DETERMINISTIC, FunctionFlag.INNOCUOUS, FunctionFlag.RESULT_SUBTYPE);

  private static final Set<FunctionFlag> AGGREGATE_FLAGS =
      EnumSet.of(
          FunctionFlag.DETERMINISTIC,
          FunctionFlag.INNOCUOUS,
          FunctionFlag.SUBTYPE,
          FunctionFlag.RESULT_SUBTYPE,
          FunctionFlag.WINDOW);

  private JsonBuildingFunctions() {}

  static void register(FunctionRegistry registry) {
    both(registry, "_array", 0, -1, JsonBuildingFunctions::array);
    both(registry, "_object", 0, -1, JsonBuildingFunctions::object);
    both(registry, "_patch", 2, 2, JSON_ONLY_FLAGS, JsonBuildingFunctions::patch);
    both(registry, "_remove", 0, -1, JSON_ONLY_FLAGS, JsonBuildingFunctions::remove);
    both(registry, "_set", 0, -1, changing("json_set", JsonPath.Change.SET));
    both(registry, "_insert", 0, -1, changing("json_insert", JsonPath.Change.INSERT));
    both(registry, "_replace", 0, -1, changing("json_replace", JsonPath.Change.REPLACE));
    both(
        registry,
        "_array_insert",
        0,
        -1,
        changing("json_array_insert", JsonPath.Change.INSERT_ELEMENT));
    registry.scalar("json_quote", 1, 1, FLAGS, JsonBuildingFunctions::quote);
    registry.aggregate(
        "json_group_array", 1, 1, AGGREGATE_FLAGS, () -> new JsonArrayAccumulator(false));
    registry.aggregate(
        "jsonb_group_array", 1, 1, AGGREGATE_FLAGS, () -> new JsonArrayAccumulator(true));
    registry.aggregate(
        "json_group_object", 2, 2, AGGREGATE_FLAGS, () -> new JsonObjectAccumulator(false));
    registry.aggregate(
        "jsonb_group_object", 2, 2, AGGREGATE_FLAGS, () -> new JsonObjectAccumulator(true));
  }

  /** A function of two kinds: its result is text or JSONB. */
  private interface Body {
    void call(FunctionContext context, Register[] arguments, boolean binary, Register result);
  }

  private static void both(
      FunctionRegistry registry, String suffix, int minArguments, int maxArguments, Body body) {
    both(registry, suffix, minArguments, maxArguments, FLAGS, body);
  }

  private static void both(
      FunctionRegistry registry,
      String suffix,
      int minArguments,
      int maxArguments,
      Set<FunctionFlag> flags,
      Body body) {
    registry.scalar(
        "json" + suffix,
        minArguments,
        maxArguments,
        flags,
        (context, arguments, result) -> body.call(context, arguments, false, result));
    registry.scalar(
        "jsonb" + suffix,
        minArguments,
        maxArguments,
        flags,
        (context, arguments, result) -> body.call(context, arguments, true, result));
  }

  private static void array(
      FunctionContext context, Register[] arguments, boolean binary, Register result) {
    TextBuilder text = new TextBuilder(context.lengthLimit());
    text.append('[');
    for (int i = 0; i < arguments.length; i++) {
      if (i > 0) {
        text.append(',');
      }
      JsonValues.print(arguments[i], text);
    }
    built(text.append(']'), binary, result);
  }

  private static void object(
      FunctionContext context, Register[] arguments, boolean binary, Register result) {
    if (arguments.length % 2 != 0) {
      throw Arguments.error("json_object() requires an even number of arguments");
    }
    for (int i = 0; i < arguments.length; i += 2) {
      if (arguments[i].type != StorageClass.TEXT) {
        throw Arguments.error("json_object() labels must be TEXT");
      }
    }
    TextBuilder text = new TextBuilder(context.lengthLimit());
    text.append('{');
    for (int i = 0; i < arguments.length; i += 2) {
      Register label = arguments[i];
      if (i > 0) {
        text.append(',');
      }
      JsonString.quote(label.bytes, label.offset, label.offset + label.length, text);
      text.append(':');
      JsonValues.print(arguments[i + 1], text);
    }
    built(text.append('}'), binary, result);
  }

  /** Gives a register what was built as text, or as the JSONB of that text. */
  static void built(TextBuilder text, boolean binary, Register result) {
    JsonValues.toText(text, result);
    if (binary) {
      JsonValues.toBlob(JsonReader.read(result), 0, result);
    }
  }

  private static void quote(FunctionContext context, Register[] arguments, Register result) {
    TextBuilder text = new TextBuilder(context.lengthLimit());
    JsonValues.print(arguments[0], text);
    JsonValues.toText(text, result);
  }

  private static void patch(
      FunctionContext context, Register[] arguments, boolean binary, Register result) {
    result.setNull();
    if (arguments[0].isNull()) {
      return;
    }
    Jsonb target = JsonValues.parseToChange(context, arguments[0]);
    if (!arguments[1].isNull()) {
      Jsonb patch = JsonValues.parse(context, arguments[1]);
      JsonFunctions.whole(context, JsonPatch.merge(target, patch), binary, result);
    }
  }

  private static void remove(
      FunctionContext context, Register[] arguments, boolean binary, Register result) {
    result.setNull();
    if (arguments.length == 0 || arguments[0].isNull()) {
      return;
    }
    Jsonb json = JsonValues.parseToChange(context, arguments[0]);
    for (int i = 1; i < arguments.length; i++) {
      if (arguments[i].isNull()) {
        return;
      }
      Register path = Arguments.text(arguments[i]);
      if (JsonPath.isRoot(path)) {
        return;
      }
      JsonPath.change(json, path, JsonPath.Change.REMOVE, null);
    }
    JsonFunctions.whole(context, json, binary, result);
  }

  private static Body changing(String name, JsonPath.Change change) {
    return (context, arguments, binary, result) -> {
      result.setNull();
      if (arguments.length == 0) {
        return;
      }
      if (arguments.length % 2 == 0) {
        throw Arguments.error(name + "() needs an odd number of arguments");
      }
      if (arguments[0].isNull()) {
        return;
      }
      Jsonb json = JsonValues.parseToChange(context, arguments[0]);
      for (int i = 1; i < arguments.length; i += 2) {
        if (!arguments[i].isNull()) {
          change(json, Arguments.text(arguments[i]), change, arguments[i + 1]);
        }
      }
      JsonFunctions.whole(context, json, binary, result);
    };
  }

  private static void change(Jsonb json, Register path, JsonPath.Change change, Register value) {
    JsonPath.requireRoot(path);
    Jsonb converted = JsonValues.toJson(value);
    if (change == JsonPath.Change.INSERT_ELEMENT && JsonPath.isRoot(path)) {
      return;
    }
    JsonPath.change(json, path, change, converted);
  }
}
