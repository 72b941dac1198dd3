package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;

/** How functions look at their arguments, whatever storage class these have. */
final class Arguments {
  private Arguments() {}

  /** The failure of a call, in SQLite's words. */
  static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }

  static boolean anyNull(Register[] arguments) {
    for (Register argument : arguments) {
      if (argument.isNull()) {
        return true;
      }
    }
    return false;
  }

  /** A register whose bytes are the value as text: the value's own, unless it is a number. */
  static Register text(Register value) {
    if (value.type == StorageClass.TEXT || value.type == StorageClass.BLOB) {
      return value;
    }
    Register text = new Register();
    ValueText.read(value, text);
    return text;
  }

  /**
   * As {@link #text(Register)}, but a blob's bytes are text in the encoding of the database. In
   * UTF-16 SQLite transcodes such a blob as soon as a function asks for its text.
   */
  static Register text(FunctionContext context, Register value) {
    if (value.type != StorageClass.BLOB || context.encoding() == TextEncoding.UTF8) {
      return text(value);
    }
    Register text = new Register();
    ValueText.read(value, context.encoding(), text);
    return text;
  }

  static long integer(Register value) {
    return NumericValue.toInteger(value);
  }

  static double real(Register value) {
    return NumericValue.toReal(value);
  }

  /** As {@link #integer}, cut to 32 bits as C does it. */
  static int int32(Register value) {
    return (int) NumericValue.toInteger(value);
  }

  /**
   * The value as a number if it is one, or a text that is one as a whole; else the value itself,
   * whose type then is none of INTEGER and REAL.
   */
  static Register numeric(Register value) {
    if (value.type != StorageClass.TEXT) {
      return value;
    }
    Register number = new Register();
    number.set(value);
    Affinity.parseNumber(number);
    return number;
  }

  static boolean isNumber(Register value) {
    return value.type == StorageClass.INTEGER || value.type == StorageClass.REAL;
  }

  /** A text up to its first zero byte. */
  static Register untilZero(Register text) {
    int length = end(text) - text.offset;
    if (length == text.length) {
      return text;
    }
    Register start = new Register();
    start.setText(text.bytes, text.offset, length);
    return start;
  }

  /** The offset of the first zero byte of a text, or its end: where C takes a text to end. */
  static int end(Register text) {
    int end = text.offset + text.length;
    for (int i = text.offset; i < end; i++) {
      if (text.bytes[i] == 0) {
        return i;
      }
    }
    return end;
  }
}
