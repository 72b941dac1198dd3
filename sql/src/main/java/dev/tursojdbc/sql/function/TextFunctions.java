package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.IntegerText;
import dev.tursojdbc.sql.value.RealText;
import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.sql.value.ValueText;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.TextEncoding;
import dev.tursojdbc.storage.record.Utf8;
import java.util.Arrays;

/**
 * Functions that take texts apart and put them together. Characters are those of {@link Utf8}; case
 * is that of ASCII.
 */
final class TextFunctions {
  private TextFunctions() {}

  static void register(FunctionRegistry registry) {
    registry.pure("length", 1, 1, TextFunctions::length);
    registry.pure("octet_length", 1, 1, TextFunctions::octetLength);
    registry.pure("lower", 1, 1, TextFunctions::lower);
    registry.pure("upper", 1, 1, TextFunctions::upper);
    registry.pure("substr", 2, 3, TextFunctions::substr);
    registry.pure("substring", 2, 3, TextFunctions::substr);
    registry.pure("instr", 2, 2, TextFunctions::instr);
    registry.pure("replace", 3, 3, TextFunctions::replace);
    registry.pure("trim", 1, 2, (context, a, result) -> trim(context, a, true, true, result));
    registry.pure("ltrim", 1, 2, (context, a, result) -> trim(context, a, true, false, result));
    registry.pure("rtrim", 1, 2, (context, a, result) -> trim(context, a, false, true, result));
    registry.pure("char", 0, -1, TextFunctions::charOf);
    registry.pure("unicode", 1, 1, TextFunctions::unicode);
    registry.pure("concat", 1, -1, TextFunctions::concat);
    registry.pure("concat_ws", 2, -1, TextFunctions::concatWithSeparator);
  }

  private static void length(FunctionContext context, Register[] arguments, Register result) {
    Register value = arguments[0];
    switch (value.type) {
      case StorageClass.NULL -> result.setNull();
      case StorageClass.INTEGER -> result.setInteger(IntegerText.length(value.integer));
      case StorageClass.REAL -> result.setInteger(RealText.of(value.real).length);
      case StorageClass.BLOB -> result.setInteger(value.length);
      default ->
          result.setInteger(
              Utf8.count(value.bytes, value.offset, Arguments.end(value) - value.offset));
    }
  }

  private static void octetLength(FunctionContext context, Register[] arguments, Register result) {
    Register value = arguments[0];
    if (value.isNull()) {
      result.setNull();
      return;
    }
    Register text = Arguments.text(value);
    boolean transcoded = context.encoding() != TextEncoding.UTF8 && value.type != StorageClass.BLOB;
    result.setInteger(
        transcoded
            ? context.encoding().fromUtf8(text.bytes, text.offset, text.length).length
            : text.length);
  }

  private static void lower(FunctionContext context, Register[] arguments, Register result) {
    convert(context, arguments[0], 'A', 'Z', 'a' - 'A', result);
  }

  private static void upper(FunctionContext context, Register[] arguments, Register result) {
    convert(context, arguments[0], 'a', 'z', 'A' - 'a', result);
  }

  private static void convert(
      FunctionContext context, Register value, int first, int last, int shift, Register result) {
    if (value.isNull()) {
      result.setNull();
      return;
    }
    Register text = Arguments.text(context, value);
    byte[] copy = Arrays.copyOfRange(text.bytes, text.offset, text.offset + text.length);
    for (int i = 0; i < copy.length; i++) {
      if (copy[i] >= first && copy[i] <= last) {
        copy[i] += (byte) shift;
      }
    }
    result.setText(copy);
  }

  /**
   * {@code substr(X, from, count)}: characters of a text, bytes of a blob. Counts from 1; a
   * negative {@code from} counts from the end, a negative {@code count} takes what is before. The
   * position 0 is one before the first and takes up one of the count.
   */
  private static void substr(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    boolean blob = arguments[0].type == StorageClass.BLOB;
    Register source = Arguments.text(arguments[0]);
    if (blob && source.length == 0) {
      // As for SQLite, which cannot tell an empty blob's bytes from none.
      result.setNull();
      return;
    }
    int end = blob ? source.offset + source.length : Arguments.end(source);
    long from = Arguments.integer(arguments[1]);
    long count = arguments.length == 3 ? Arguments.integer(arguments[2]) : Long.MAX_VALUE;
    if (from < 0) {
      from += blob ? source.length : countToRead(source.bytes, source.offset, end);
      if (from < 0) {
        count = count < 0 ? 0 : count + from;
        from = 0;
      }
    } else if (from > 0) {
      from--;
    } else if (count > 0) {
      count--;
    }
    if (count < 0) {
      // What is before, but not before the beginning. The smallest INTEGER has no negation.
      count = count == Long.MIN_VALUE || from < -count ? from : -count;
      from -= count;
    }
    if (blob) {
      long start = Math.min(from, source.length);
      long taken = Math.min(count, source.length - start);
      result.setBlob(source.bytes, source.offset + (int) start, (int) taken);
    } else {
      int start = skip(source.bytes, source.offset, end, from);
      int behind = skip(source.bytes, start, end, count);
      result.setText(source.bytes, start, behind - start);
    }
  }

  /** How many characters there are to be read, which substr counts from behind. */
  private static long countToRead(byte[] bytes, int offset, int end) {
    long count = 0;
    for (int position = offset; position < end; position = Utf8.next(bytes, position, end)) {
      count++;
    }
    return count;
  }

  /** The offset after so many characters, or the end. */
  private static int skip(byte[] bytes, int offset, int end, long count) {
    int position = offset;
    for (long i = 0; i < count && position < end; i++) {
      position = Utf8.skip(bytes, position, end);
    }
    return position;
  }

  /** Counts bytes if both are blobs, else characters. */
  private static void instr(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    boolean blobs =
        arguments[0].type == StorageClass.BLOB && arguments[1].type == StorageClass.BLOB;
    Register text = blobs ? arguments[0] : Arguments.text(context, arguments[0]);
    Register wanted = blobs ? arguments[1] : Arguments.text(context, arguments[1]);
    int found = indexOf(text, text.offset, wanted);
    if (found < 0) {
      result.setInteger(0);
    } else {
      int before = found - text.offset;
      result.setInteger(1 + (blobs ? before : Utf8.countStarts(text.bytes, text.offset, before)));
    }
  }

  /** The offset in the text's bytes where the wanted bytes begin, or -1. */
  private static int indexOf(Register text, int from, Register wanted) {
    int last = text.offset + text.length - wanted.length;
    for (int i = from; i <= last; i++) {
      if (Arrays.equals(
          text.bytes,
          i,
          i + wanted.length,
          wanted.bytes,
          wanted.offset,
          wanted.offset + wanted.length)) {
        return i;
      }
    }
    return -1;
  }

  private static void replace(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull() || arguments[1].isNull()) {
      result.setNull();
      return;
    }
    Register text = Arguments.text(context, arguments[0]);
    Register wanted = Arguments.text(context, arguments[1]);
    if (wanted.length == 0 || wanted.bytes[wanted.offset] == 0) {
      ValueText.read(text, result);
      return;
    }
    if (arguments[2].isNull()) {
      result.setNull();
      return;
    }
    Register replacement = Arguments.text(context, arguments[2]);
    if (replacedLength(text, wanted, replacement) > context.lengthLimit()) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
    TextBuilder target = new TextBuilder(context.lengthLimit(), text.length);
    int from = text.offset;
    for (int found = indexOf(text, from, wanted); found >= 0; found = indexOf(text, from, wanted)) {
      target.append(text.bytes, from, found - from).append(replacement);
      from = found + wanted.length;
    }
    target.append(text.bytes, from, text.offset + text.length - from);
    target.toText(result);
  }

  /** Known before memory is asked for. */
  private static long replacedLength(Register text, Register wanted, Register replacement) {
    long growth = (long) replacement.length - wanted.length;
    long length = text.length;
    int found = growth > 0 ? indexOf(text, text.offset, wanted) : -1;
    while (found >= 0) {
      length += growth;
      found = indexOf(text, found + wanted.length, wanted);
    }
    return length;
  }

  private static void trim(
      FunctionContext context, Register[] arguments, boolean left, boolean right, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    Register text = Arguments.text(context, arguments[0]);
    byte[][] set =
        arguments.length == 1 ? SPACE : characters(Arguments.text(context, arguments[1]));
    int from = text.offset;
    int end = text.offset + text.length;
    if (left) {
      for (int length = matchAt(text.bytes, from, end, set);
          length > 0;
          length = matchAt(text.bytes, from, end, set)) {
        from += length;
      }
    }
    if (right) {
      for (int length = matchBefore(text.bytes, from, end, set);
          length > 0;
          length = matchBefore(text.bytes, from, end, set)) {
        end -= length;
      }
    }
    result.setText(text.bytes, from, end - from);
  }

  private static final byte[][] SPACE = {{' '}};

  private static byte[][] characters(Register text) {
    int end = Arguments.end(text);
    byte[][] characters = new byte[Utf8.count(text.bytes, text.offset, end - text.offset)][];
    int position = text.offset;
    for (int i = 0; i < characters.length; i++) {
      int next = Utf8.skip(text.bytes, position, end);
      characters[i] = Arrays.copyOfRange(text.bytes, position, next);
      position = next;
    }
    return characters;
  }

  /** Length of the character of a set that the text goes on with, or 0. */
  private static int matchAt(byte[] bytes, int from, int end, byte[][] set) {
    for (byte[] character : set) {
      int length = character.length;
      if (length <= end - from && Arrays.equals(bytes, from, from + length, character, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  /** Length of the character of a set that the text ends with, or 0. */
  private static int matchBefore(byte[] bytes, int from, int end, byte[][] set) {
    for (byte[] character : set) {
      int length = character.length;
      if (length <= end - from && Arrays.equals(bytes, end - length, end, character, 0, length)) {
        return length;
      }
    }
    return 0;
  }

  /** What is no code point becomes U+FFFD. */
  private static void charOf(FunctionContext context, Register[] arguments, Register result) {
    TextBuilder text = new TextBuilder(context.lengthLimit(), 4 * arguments.length);
    for (Register argument : arguments) {
      long value = Arguments.integer(argument);
      text.appendCodePoint(value < 0 || value > 0x10_FFFF ? Utf8.REPLACEMENT : (int) value);
    }
    text.toText(result);
  }

  private static void unicode(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    Register text = Arguments.text(context, arguments[0]);
    int end = Arguments.end(text);
    if (end == text.offset) {
      result.setNull();
    } else {
      result.setInteger(Utf8.codePoint(text.bytes, text.offset, end));
    }
  }

  private static void concat(FunctionContext context, Register[] arguments, Register result) {
    TextBuilder text = new TextBuilder(context.lengthLimit());
    for (Register argument : arguments) {
      ValueText.append(argument, text);
    }
    text.toText(result);
  }

  private static void concatWithSeparator(
      FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    TextBuilder text = new TextBuilder(context.lengthLimit());
    boolean first = true;
    for (int i = 1; i < arguments.length; i++) {
      if (!arguments[i].isNull()) {
        if (!first) {
          ValueText.append(arguments[0], text);
        }
        first = false;
        ValueText.append(arguments[i], text);
      }
    }
    text.toText(result);
  }
}
