package dev.tursojdbc.sql.schema;

import dev.tursojdbc.storage.record.RecordReader;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The values of one row as Java objects; for tables that are read once. */
final class RowValues {
  private final RecordReader reader;
  private final Register[] values;

  RowValues(TextEncoding encoding, int count) {
    reader = new RecordReader(encoding);
    values = new Register[count];
    for (int i = 0; i < count; i++) {
      values[i] = new Register();
    }
  }

  void read(byte[] record) {
    reader.attach(record, 0, record.length);
    for (int i = 0; i < values.length; i++) {
      if (reader.read(i, values[i]) == RecordReader.ABSENT) {
        values[i].setNull();
      }
    }
  }

  /** The bytes of a text or blob; none of all others. */
  byte[] bytes(int index) {
    Register value = values[index];
    return value.type == StorageClass.BLOB || value.type == StorageClass.TEXT
        ? Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length)
        : Register.EMPTY;
  }

  boolean isNull(int index) {
    return values[index].type == StorageClass.NULL;
  }

  @Nullable String text(int index) {
    Register value = values[index];
    return switch (value.type) {
      case StorageClass.TEXT, StorageClass.BLOB ->
          new String(value.bytes, value.offset, lengthToZero(value), StandardCharsets.UTF_8);
      case StorageClass.INTEGER -> Long.toString(value.integer);
      case StorageClass.REAL -> Double.toString(value.real);
      default -> null;
    };
  }

  /** A zero byte ends a text here, as it does where SQLite reads definitions. */
  private static int lengthToZero(Register value) {
    int length = 0;
    while (length < value.length && value.bytes[value.offset + length] != 0) {
      length++;
    }
    return length;
  }

  String textOr(int index, String otherwise) {
    String text = text(index);
    return text == null ? otherwise : text;
  }
}
