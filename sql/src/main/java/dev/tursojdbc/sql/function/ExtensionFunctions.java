package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.Arrays;
import java.util.Set;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions that are not SQLite's own, but come with sqlite-jdbc: texts, angles and distributions.
 * As there they may stand in no index and no generated column, and a text ends at its first zero
 * byte. Positions and lengths count characters.
 */
final class ExtensionFunctions {
  private static final Set<String> NAMES =
      Set.of(
          "atn2",
          "charindex",
          "cot",
          "coth",
          "difference",
          "leftstr",
          "lower_quartile",
          "mode",
          "padc",
          "padl",
          "padr",
          "proper",
          "replicate",
          "reverse",
          "rightstr",
          "square",
          "stdev",
          "strfilter",
          "upper_quartile",
          "variance");

  private ExtensionFunctions() {}

  /** Whether a function is one of these. */
  static boolean has(String name) {
    return NAMES.contains(name);
  }

  static void register(FunctionRegistry registry) {
    Set<FunctionFlag> none = Set.of();
    registry.scalar("replicate", 2, 2, none, ExtensionFunctions::replicate);
    registry.scalar("charindex", 2, 3, none, ExtensionFunctions::charindex);
    registry.scalar("leftstr", 2, 2, none, ExtensionFunctions::leftstr);
    registry.scalar("rightstr", 2, 2, none, ExtensionFunctions::rightstr);
    registry.scalar("reverse", 1, 1, none, ExtensionFunctions::reverse);
    registry.scalar("proper", 1, 1, none, ExtensionFunctions::proper);
    registry.scalar("padl", 2, 2, none, (c, a, r) -> pad(c, a, r, missing -> missing));
    registry.scalar("padr", 2, 2, none, (c, a, r) -> pad(c, a, r, missing -> 0));
    registry.scalar("padc", 2, 2, none, (c, a, r) -> pad(c, a, r, missing -> missing / 2));
    registry.scalar("strfilter", 2, 2, none, ExtensionFunctions::strfilter);
    registry.scalar("difference", 2, 2, none, ExtensionFunctions::difference);
    registry.scalar("square", 1, 1, none, ExtensionFunctions::square);
    registry.scalar("atn2", 2, 2, none, ExtensionFunctions::atn2);
    registry.scalar("cot", 1, 1, none, (c, a, r) -> reciprocal(a[0], StrictMath::tan, r));
    registry.scalar("coth", 1, 1, none, (c, a, r) -> reciprocal(a[0], StrictMath::tanh, r));
    registry.aggregate("stdev", 1, 1, none, () -> new VarianceAccumulator(true));
    registry.aggregate("variance", 1, 1, none, () -> new VarianceAccumulator(false));
    registry.aggregate("mode", 1, 1, none, () -> new QuantileAccumulator(0));
    registry.aggregate("lower_quartile", 1, 1, none, () -> new QuantileAccumulator(1));
    registry.aggregate("upper_quartile", 1, 1, none, () -> new QuantileAccumulator(3));
  }

  /** The text of an argument up to its first zero byte. */
  private static byte[] text(FunctionContext context, Register argument) {
    Register text = Arguments.text(context, argument);
    return Arrays.copyOfRange(text.bytes, text.offset, Arguments.end(text));
  }

  private static boolean isStart(byte unit) {
    return (unit & 0xC0) != 0x80;
  }

  private static int countCharacters(byte[] text) {
    int count = 0;
    for (byte unit : text) {
      count += isStart(unit) ? 1 : 0;
    }
    return count;
  }

  /** Where the character with this index begins; the end if there is none. */
  private static int offset(byte[] text, long character) {
    long index = -1;
    for (int i = 0; i < text.length; i++) {
      if (isStart(text[i]) && ++index >= character) {
        return i;
      }
    }
    return text.length;
  }

  /** The end of the character that begins at an offset. */
  private static int end(byte[] text, int start) {
    int end = start + 1;
    while (end < text.length && !isStart(text[end])) {
      end++;
    }
    return end;
  }

  private static void requireLength(long length, FunctionContext context) {
    if (length > context.lengthLimit()) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
  }

  private static long notNegative(Register argument) {
    long number = Arguments.integer(argument);
    if (number < 0) {
      throw Arguments.error("domain error");
    }
    return number;
  }

  private static void replicate(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    long count = notNegative(arguments[1]);
    byte[] text = text(context, arguments[0]);
    if (text.length == 0) {
      result.setText(text);
      return;
    }
    requireLength(Math.multiplyHigh(count, text.length) == 0 ? count : Long.MAX_VALUE, context);
    requireLength(count * text.length, context);
    byte[] repeated = new byte[(int) (count * text.length)];
    for (int i = 0; i < repeated.length; i += text.length) {
      System.arraycopy(text, 0, repeated, i, text.length);
    }
    result.setText(repeated);
  }

  /** Where one text is in another, from a position on; 0: nowhere. */
  private static void charindex(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull() || arguments[1].isNull()) {
      result.setNull();
      return;
    }
    byte[] wanted = text(context, arguments[0]);
    byte[] text = text(context, arguments[1]);
    long from = arguments.length < 3 ? 1 : Math.max(Arguments.integer(arguments[2]), 1);
    long position = from;
    for (int i = offset(text, from - 1); i + wanted.length <= text.length; i = end(text, i)) {
      if (wanted.length == 0) {
        break;
      }
      if (Arrays.equals(wanted, 0, wanted.length, text, i, i + wanted.length)) {
        result.setInteger(position);
        return;
      }
      position++;
    }
    result.setInteger(0);
  }

  private static void leftstr(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    byte[] text = text(context, arguments[0]);
    result.setText(text, 0, offset(text, Math.max(Arguments.integer(arguments[1]), 0)));
  }

  private static void rightstr(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    byte[] text = text(context, arguments[0]);
    long wanted = Math.max(Arguments.integer(arguments[1]), 0);
    int start = offset(text, Math.max(countCharacters(text) - wanted, 0));
    result.setText(text, start, text.length - start);
  }

  private static void reverse(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    byte[] text = text(context, arguments[0]);
    byte[] reversed = new byte[text.length];
    for (int i = 0; i < text.length; ) {
      int end = end(text, i);
      System.arraycopy(text, i, reversed, text.length - end, end - i);
      i = end;
    }
    result.setText(reversed);
  }

  /** Capitals where words begin, at the start and behind blanks and tabs, and nowhere else. */
  private static void proper(FunctionContext context, Register[] arguments, Register result) {
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    byte[] text = text(context, arguments[0]);
    boolean begins = true;
    for (int i = 0; i < text.length; i++) {
      byte unit = text[i];
      if (begins && unit >= 'a' && unit <= 'z') {
        text[i] = (byte) (unit - 'a' + 'A');
      } else if (!begins && unit >= 'A' && unit <= 'Z') {
        text[i] = (byte) (unit - 'A' + 'a');
      }
      begins = unit == ' ' || unit == '\t';
    }
    result.setText(text);
  }

  /** How many of the missing blanks go before a text. */
  private interface Padding {
    long before(long missing);
  }

  private static void pad(
      FunctionContext context, Register[] arguments, Register result, Padding padding) {
    if (arguments[0].isNull()) {
      result.setNull();
      return;
    }
    long wanted = notNegative(arguments[1]);
    byte[] text = text(context, arguments[0]);
    long missing = Math.max(wanted - countCharacters(text), 0);
    requireLength(missing, context);
    requireLength(missing + text.length, context);
    byte[] padded = new byte[(int) missing + text.length];
    Arrays.fill(padded, (byte) ' ');
    System.arraycopy(text, 0, padded, (int) padding.before(missing), text.length);
    result.setText(padded);
  }

  /** The characters of a text that are in another one, too. */
  private static void strfilter(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    byte[] text = text(context, arguments[0]);
    byte[] allowed = text(context, arguments[1]);
    byte[] kept = new byte[text.length];
    int length = 0;
    for (int i = 0; i < text.length; ) {
      int end = end(text, i);
      if (contains(allowed, text, i, end)) {
        System.arraycopy(text, i, kept, length, end - i);
        length += end - i;
      }
      i = end;
    }
    result.setText(kept, 0, length);
  }

  private static boolean contains(byte[] allowed, byte[] text, int from, int to) {
    for (int i = 0; i < allowed.length; ) {
      int end = end(allowed, i);
      if (Arrays.equals(allowed, i, end, text, from, to)) {
        return true;
      }
      i = end;
    }
    return false;
  }

  /** In how many of four places the sounds of two words are the same. */
  private static void difference(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    byte[] left = SoundCode.of(text(context, arguments[0]));
    byte[] right = SoundCode.of(text(context, arguments[1]));
    int same = 0;
    for (int i = 0; i < left.length; i++) {
      same += left[i] == right[i] ? 1 : 0;
    }
    result.setInteger(same);
  }

  private static void square(FunctionContext context, Register[] arguments, Register result) {
    Register number = arguments[0];
    if (number.isNull()) {
      result.setNull();
    } else if (number.type == StorageClass.INTEGER) {
      long value = Arguments.integer(number);
      result.setInteger(value * value);
    } else {
      double value = Arguments.real(number);
      result.setReal(value * value);
    }
  }

  private static void atn2(FunctionContext context, Register[] arguments, Register result) {
    if (Arguments.anyNull(arguments)) {
      result.setNull();
      return;
    }
    result.setReal(StrictMath.atan2(Arguments.real(arguments[0]), Arguments.real(arguments[1])));
  }

  private static void reciprocal(Register argument, DoubleUnaryOperator function, Register result) {
    if (argument.isNull()) {
      result.setNull();
      return;
    }
    result.setReal(1 / function.applyAsDouble(Arguments.real(argument)));
  }
}
