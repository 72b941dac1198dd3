package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import dev.tursojdbc.storage.record.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Functions that write values as something else can read them: SQL literals, hexadecimal, escapes.
 */
final class QuotingFunctions {
  private static final byte[] HEX = "0123456789ABCDEF".getBytes(StandardCharsets.US_ASCII);

  private QuotingFunctions() {}

  static void register(FunctionRegistry registry) {
    registry.pure("quote", 1, 1, (context, a, result) -> quote(context, a[0], false, result));
    registry.pure("unistr_quote", 1, 1, (context, a, result) -> quote(context, a[0], true, result));
    registry.pure("unistr", 1, 1, QuotingFunctions::unistr);
    registry.pure("hex", 1, 1, QuotingFunctions::hex);
    registry.pure("unhex", 1, 2, QuotingFunctions::unhex);
  }

  private static void quote(
      FunctionContext context, Register value, boolean escaped, Register result) {
    TextBuilder text = new TextBuilder(context.lengthLimit(), 16);
    switch (value.type) {
      case StorageClass.NULL -> text.append("NULL");
      case StorageClass.INTEGER -> text.appendInteger(value.integer);
      case StorageClass.REAL -> {
        if (Double.isInfinite(value.real)) {
          // A literal that overflows reads back as infinity.
          text.append(value.real < 0 ? "-9.0e+999" : "9.0e+999");
        } else {
          text.appendReal(value.real);
        }
      }
      case StorageClass.BLOB -> {
        text.append("X'");
        appendHex(value, text);
        text.append('\'');
      }
      default -> appendLiteral(value, escaped, text);
    }
    text.toText(result);
  }

  /**
   * Appends a text up to its first zero byte as a string literal.
   *
   * @param escaped whether control characters are written as escapes, inside unistr()
   */
  static void appendLiteral(Register value, boolean escaped, TextBuilder target) {
    int end = Arguments.end(value);
    boolean unistr = escaped && hasControl(value.bytes, value.offset, end);
    target.append(unistr ? "unistr('" : "'");
    appendEscaped(value.bytes, value.offset, end, '\'', unistr, target);
    target.append(unistr ? "')" : "'");
  }

  static boolean hasControl(byte[] bytes, int from, int end) {
    for (int i = from; i < end; i++) {
      if (bytes[i] >= 0 && bytes[i] < ' ') {
        return true;
      }
    }
    return false;
  }

  /**
   * Appends text with the quotes in it doubled, and with control characters as escapes if asked.
   */
  static void appendEscaped(
      byte[] bytes, int from, int end, int quote, boolean unistr, TextBuilder target) {
    for (int i = from; i < end; i++) {
      byte next = bytes[i];
      if (next == quote) {
        target.append(quote);
      } else if (unistr && next == '\\') {
        target.append('\\');
      } else if (unistr && next >= 0 && next < ' ') {
        target.append("\\u00").append(next < 0x10 ? '0' : '1').append(lowerHex(next & 0xF));
        continue;
      }
      target.append(next);
    }
  }

  /** Appends text as the inside of a JSON string. */
  static void appendJson(byte[] bytes, int from, int end, TextBuilder target) {
    for (int i = from; i < end; i++) {
      byte next = bytes[i];
      if (next == '"' || next == '\\') {
        target.append('\\').append(next);
      } else if (next >= 0 && next < ' ') {
        appendJsonControl(next, target);
      } else {
        target.append(next);
      }
    }
  }

  private static void appendJsonControl(int control, TextBuilder target) {
    int letter =
        switch (control) {
          case '\b' -> 'b';
          case '\t' -> 't';
          case '\n' -> 'n';
          case '\f' -> 'f';
          case '\r' -> 'r';
          default -> 0;
        };
    target.append('\\');
    if (letter != 0) {
      target.append(letter);
    } else {
      target.append("u00").append(control < 0x10 ? '0' : '1').append(lowerHex(control & 0xF));
    }
  }

  private static int lowerHex(int digit) {
    return digit < 10 ? '0' + digit : 'a' + digit - 10;
  }

  /** Replaces the escapes \XXXX, \ uXXXX, \+XXXXXX and \UXXXXXXXX by characters, and \\ by one. */
  private static void unistr(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    Register source = Arguments.text(arguments[0]);
    byte[] bytes = source.bytes;
    int end = source.offset + source.length;
    TextBuilder text = new TextBuilder(context.lengthLimit(), source.length);
    int position = source.offset;
    while (position < end) {
      byte next = bytes[position];
      if (next != '\\') {
        text.append(next);
        position++;
        continue;
      }
      position++;
      int lead = position < end ? bytes[position] : 0;
      if (lead == '\\') {
        text.append('\\');
        position++;
        continue;
      }
      int digits =
          switch (lead) {
            case 'u' -> 4;
            case '+' -> 6;
            case 'U' -> 8;
            default -> -4;
          };
      int from = digits > 0 ? position + 1 : position;
      position = from + Math.abs(digits);
      text.appendCodePoint(hexNumber(bytes, from, position, end));
    }
    text.toText(result);
  }

  private static int hexNumber(byte[] bytes, int from, int to, int end) {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = i < end ? Character.digit(bytes[i], 16) : -1;
      if (digit < 0) {
        throw Arguments.error("invalid Unicode escape");
      }
      value = value << 4 | digit;
    }
    return value;
  }

  private static void hex(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull()) {
      result.setText(Register.EMPTY);
      return;
    }
    Register bytes = Arguments.text(arguments[0]);
    if (arguments[0].type == StorageClass.TEXT && context.encoding() != TextEncoding.UTF8) {
      byte[] stored = context.encoding().fromUtf8(bytes.bytes, bytes.offset, bytes.length);
      bytes = new Register();
      bytes.setText(stored);
    }
    TextBuilder text = new TextBuilder(context.lengthLimit());
    appendHex(bytes, text);
    text.toText(result);
  }

  private static void appendHex(Register value, TextBuilder target) {
    for (int i = value.offset; i < value.offset + value.length; i++) {
      target.append(HEX[bytes(value, i) >> 4]).append(HEX[bytes(value, i) & 0xF]);
    }
  }

  private static int bytes(Register value, int index) {
    return value.bytes[index] & 0xFF;
  }

  /** NULL if there is anything but pairs of digits and, between pairs, characters to be ignored. */
  private static void unhex(FunctionContext context, Register[] arguments, Register result) {
    result.setNull();
    if (Arguments.anyNull(arguments)) {
      return;
    }
    Register source = Arguments.text(arguments[0]);
    Register ignored = arguments.length == 2 ? Arguments.text(arguments[1]) : null;
    byte[] target = new byte[source.length / 2];
    int size = 0;
    int position = source.offset;
    int end = Arguments.end(source);
    while (position < end) {
      int high = Character.digit(source.bytes[position], 16);
      if (high < 0) {
        int next = Utf8.next(source.bytes, position, end);
        if (ignored == null || !contains(ignored, source.bytes, position, next)) {
          return;
        }
        position = next;
        continue;
      }
      int low = position + 1 < end ? Character.digit(source.bytes[position + 1], 16) : -1;
      if (low < 0) {
        return;
      }
      target[size++] = (byte) (high << 4 | low);
      position += 2;
    }
    result.setBlob(Arrays.copyOf(target, size));
  }

  private static boolean contains(Register set, byte[] bytes, int from, int to) {
    int end = set.offset + set.length;
    int position = set.offset;
    while (position < end) {
      int next = Utf8.next(set.bytes, position, end);
      if (Arrays.equals(set.bytes, position, next, bytes, from, to)) {
        return true;
      }
      position = next;
    }
    return false;
  }
}
