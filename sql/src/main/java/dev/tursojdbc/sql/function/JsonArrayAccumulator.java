package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;

/** {@code json_group_array(X)}: an array of all values, NULL among them. */
final class JsonArrayAccumulator extends JsonGroupAccumulator {
  JsonArrayAccumulator(boolean binary) {
    super('[', ']', binary);
  }

  @Override
  void append(Register[] arguments, TextBuilder text) {
    JsonValues.print(arguments[0], text);
  }

  @Override
  boolean isLeftOut(Register[] arguments) {
    return false;
  }
}
