package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;

/**
 * {@code json_group_object(label, X)}: an object of all pairs but those without label. A label ends
 * at its first zero byte.
 */
final class JsonObjectAccumulator extends JsonGroupAccumulator {
  JsonObjectAccumulator(boolean binary) {
    super('{', '}', binary);
  }

  @Override
  void append(Register[] arguments, TextBuilder text) {
    Register label = Arguments.text(arguments[0]);
    JsonString.quote(label.bytes, label.offset, Arguments.end(label), text);
    text.append(':');
    JsonValues.print(arguments[1], text);
  }

  @Override
  boolean isLeftOut(Register[] arguments) {
    return arguments[0].isNull();
  }
}
