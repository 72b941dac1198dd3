package dev.tursojdbc.sql.function;

import static java.nio.charset.StandardCharsets.US_ASCII;

import dev.tursojdbc.sql.value.RealFormat;
import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.Utf8;

/**
 * {@code format}, also called {@code printf}.
 *
 * <pre>
 *   conversion := "%" flag* width? ("." precision)? "l"* letter
 *   flag       := "-" left  "+" sign  " " space  "#" alternate  "!" extended  "0" zeros  "," thousands
 *   width      := digits | "*"            precision := digits | "*"
 *   letter     := d i u   integers         f e E g G   reals       c  character
 *                 o x X p octal, hex       s z         text        %  a percent sign
 *                 q Q w   SQL quoting      r ordinal   n  nothing
 * </pre>
 *
 * <p>Arguments that are missing count as NULL. A letter that is none of these ends the text there.
 * A NULL format is NULL.
 */
final class FormatFunction {
  private static final int MAX_WIDTH = 0x7FFF_FFFF;

  private static final byte[] ZERO = {0};

  private static final byte[] UPPER_DIGITS = "0123456789ABCDEF".getBytes(US_ASCII);
  private static final byte[] LOWER_DIGITS = "0123456789abcdef".getBytes(US_ASCII);

  private final byte[] format;
  private final int end;
  private final Register[] arguments;
  private final TextBuilder target;

  private int position;
  private int nextArgument = 1;

  private boolean left;
  private boolean alternate;
  private boolean extended;
  private boolean zeros;
  private boolean thousands;
  private char plus;
  private int width;
  private int precision;

  static void register(FunctionRegistry registry) {
    registry.pure("format", 0, -1, FormatFunction::call);
    registry.pure("printf", 0, -1, FormatFunction::call);
  }

  private static void call(FunctionContext context, Register[] arguments, Register result) {
    if (arguments.length == 0 || arguments[0].isNull()) {
      result.setNull();
      return;
    }
    TextBuilder target = new TextBuilder(context.lengthLimit());
    new FormatFunction(Arguments.text(arguments[0]), arguments, target).run();
    target.toText(result);
  }

  private FormatFunction(Register format, Register[] arguments, TextBuilder target) {
    this.format = format.bytes;
    this.position = format.offset;
    this.end = Arguments.end(format);
    this.arguments = arguments;
    this.target = target;
  }

  private void run() {
    boolean known = true;
    while (known && position < end) {
      int from = position;
      while (position < end && format[position] != '%') {
        position++;
      }
      target.append(format, from, position - from);
      if (position < end) {
        position++;
        known = convert();
      }
    }
  }

  /**
   * Reads a conversion behind its percent sign and appends what it gives.
   *
   * @return false if its letter is not known
   */
  private boolean convert() {
    if (position >= end) {
      target.append('%');
      return false;
    }
    readFlags();
    readWidthAndPrecision();
    if (peek() == 'l') {
      position++;
      if (peek() == 'l') {
        position++;
      }
    }
    int letter = peek();
    position++;
    switch (letter) {
      case 'd', 'i' -> appendSigned(false);
      case 'r' -> appendSigned(true);
      case 'u' -> appendUnsigned(10, LOWER_DIGITS, "");
      case 'o' -> appendUnsigned(8, LOWER_DIGITS, "0");
      case 'x', 'p' -> appendUnsigned(16, letter == 'p' ? UPPER_DIGITS : LOWER_DIGITS, "0x");
      case 'X' -> appendUnsigned(16, UPPER_DIGITS, "0X");
      case 'f' -> appendReal(RealFormat.Notation.FIXED, false);
      case 'e', 'E' -> appendReal(RealFormat.Notation.EXPONENT, letter == 'E');
      case 'g', 'G' -> appendReal(RealFormat.Notation.GENERAL, letter == 'G');
      case 'c' -> appendCharacter();
      case 's', 'z' -> appendString();
      case 'q', 'Q', 'w' -> appendQuoted(letter);
      case 'j', 'J' -> appendJson(letter == 'J');
      case '%' -> pad(ascii("%"));
      case 'n' -> {
        // Takes no argument and gives nothing.
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private int peek() {
    return position < end ? format[position] : 0;
  }

  private Register next() {
    return nextArgument < arguments.length ? arguments[nextArgument++] : new Register();
  }

  private void readFlags() {
    left = false;
    alternate = false;
    extended = false;
    zeros = false;
    thousands = false;
    plus = 0;
    while (true) {
      switch (peek()) {
        case '-' -> left = true;
        case '+' -> plus = '+';
        case ' ' -> plus = ' ';
        case '#' -> alternate = true;
        case '!' -> extended = true;
        case '0' -> zeros = true;
        case ',' -> thousands = true;
        default -> {
          return;
        }
      }
      position++;
    }
  }

  private void readWidthAndPrecision() {
    width = 0;
    precision = -1;
    if (peek() == '*') {
      position++;
      width = Arguments.int32(next());
      if (width < 0) {
        left = true;
        width = width == Integer.MIN_VALUE ? 0 : -width;
      }
    } else {
      width = readDigits();
    }
    if (peek() == '.') {
      position++;
      if (peek() == '*') {
        position++;
        precision = Arguments.int32(next());
        if (precision < 0) {
          precision = precision == Integer.MIN_VALUE ? -1 : -precision;
        }
      } else {
        precision = readDigits();
      }
    }
  }

  private int readDigits() {
    int value = 0;
    while (peek() >= '0' && peek() <= '9') {
      value = value * 10 + peek() - '0';
      position++;
    }
    return value & MAX_WIDTH;
  }

  private void appendSigned(boolean ordinal) {
    long value = Arguments.integer(next());
    char sign = value < 0 ? '-' : plus;
    appendDigits(value < 0 ? -value : value, 10, LOWER_DIGITS, sign, "", ordinal);
  }

  private void appendUnsigned(int radix, byte[] digits, String prefix) {
    long value = Arguments.integer(next());
    appendDigits(value, radix, digits, (char) 0, alternate && value != 0 ? prefix : "", false);
  }

  private void appendDigits(
      long value, int radix, byte[] digits, char sign, String prefix, boolean ordinal) {
    StringBuilder text = new StringBuilder(ordinal ? ordinalSuffix(value) : "");
    long rest = value;
    do {
      text.insert(0, (char) digits[(int) Long.remainderUnsigned(rest, radix)]);
      rest = Long.divideUnsigned(rest, radix);
    } while (rest != 0);
    int wanted = precision;
    if (zeros && wanted < width - (sign == 0 ? 0 : 1)) {
      wanted = width - (sign == 0 ? 0 : 1);
    }
    target.requireRoom(wanted);
    byte[] known = ascii(text.toString());
    int leading = Math.max(0, wanted - known.length);
    boolean grouped = thousands && radix == 10 && !ordinal;
    long length = (long) leading + known.length;
    long missing =
        width - (length + (grouped ? (length - 1) / 3 : 0) + prefix.length() + (sign == 0 ? 0 : 1));
    int spaces = (int) Math.max(0, missing);
    if (!left) {
      target.appendRepeated(' ', spaces);
    }
    if (sign != 0) {
      target.append(sign);
    }
    target.append(prefix);
    if (grouped) {
      appendGrouped(leading, known);
    } else {
      target.appendRepeated('0', leading).append(known);
    }
    if (left) {
      target.appendRepeated(' ', spaces);
    }
  }

  /** Appends zeros and digits, with a comma before each group of three. */
  private void appendGrouped(int leading, byte[] known) {
    int count = leading + known.length;
    for (int i = 0; i < count; i++) {
      if (i > 0 && (count - i) % 3 == 0) {
        target.append(',');
      }
      target.append(i < leading ? '0' : known[i - leading]);
    }
  }

  private static String ordinalSuffix(long value) {
    int last = (int) Long.remainderUnsigned(value, 10);
    boolean teen = Long.remainderUnsigned(value, 100) / 10 == 1;
    if (teen || last == 0 || last > 3) {
      return "th";
    }
    return last == 1 ? "st" : last == 2 ? "nd" : "rd";
  }

  private void appendReal(RealFormat.Notation notation, boolean upperCase) {
    RealFormat real = new RealFormat();
    real.notation = notation;
    real.precision = precision;
    real.alternate = alternate;
    real.extended = extended;
    real.zeroPadded = zeros;
    real.leftJustified = left;
    real.thousands = thousands;
    real.upperCase = upperCase;
    real.plus = plus;
    real.width = width;
    int from = target.length();
    real.append(Arguments.real(next()), target);
    int missing = width - (target.length() - from);
    if (missing > 0) {
      target.insertRepeated(left ? target.length() : from, ' ', missing);
    }
  }

  /** The first character of the argument, a zero character if there is none, so many times. */
  private void appendCharacter() {
    Register text = Arguments.text(next());
    byte[] bytes = ZERO;
    int from = 0;
    int to = 1;
    if (!text.isNull() && Arguments.end(text) > text.offset) {
      bytes = text.bytes;
      from = text.offset;
      to = Utf8.next(bytes, from, Arguments.end(text));
    }
    int times = Math.max(precision, 1);
    int missing = width - times;
    if (!left) {
      target.appendRepeated(' ', missing);
    }
    target.appendRepeated(bytes, from, to - from, times);
    if (left) {
      target.appendRepeated(' ', missing);
    }
  }

  private void appendString() {
    Register text = Arguments.text(next());
    int from = text.offset;
    int to = text.isNull() ? from : Arguments.end(text);
    if (precision >= 0) {
      to = cut(text.bytes, from, to, precision);
    }
    pad(text.bytes, from, to);
  }

  /** The offset after so many bytes, or characters if the flag says so. */
  private int cut(byte[] bytes, int from, int end, int count) {
    if (!extended) {
      return (int) Math.min(end, (long) from + count);
    }
    int position = from;
    for (int i = 0; i < count && position < end; i++) {
      position = Utf8.skip(bytes, position, end);
    }
    return position;
  }

  private void appendQuoted(int letter) {
    Register argument = next();
    boolean isNull = argument.isNull();
    Register text = Arguments.text(argument);
    if (isNull) {
      text = new Register();
      text.setText(ascii(letter == 'Q' ? "NULL" : "(NULL)"));
    }
    int from = text.offset;
    int to = Arguments.end(text);
    if (precision >= 0) {
      to = cut(text.bytes, from, to, precision);
    }
    boolean quoted = letter == 'Q' && !isNull;
    boolean unistr =
        alternate
            && (letter == 'q'
                || letter == 'Q' && QuotingFunctions.hasControl(text.bytes, from, to));
    TextBuilder escaped = new TextBuilder(MAX_WIDTH, 16);
    if (quoted) {
      escaped.append(unistr ? "unistr('" : "'");
    }
    QuotingFunctions.appendEscaped(
        text.bytes, from, to, letter == 'w' ? '"' : '\'', unistr, escaped);
    if (quoted) {
      escaped.append(unistr ? "')" : "'");
    }
    pad(escaped.toByteArray());
  }

  private void appendJson(boolean quoted) {
    Register argument = next();
    if (argument.isNull()) {
      pad(ascii(quoted ? "null" : ""));
      return;
    }
    Register text = Arguments.text(argument);
    int to = Arguments.end(text);
    if (precision >= 0) {
      to = cut(text.bytes, text.offset, to, precision);
    }
    TextBuilder escaped = new TextBuilder(MAX_WIDTH, 16);
    if (quoted) {
      escaped.append('"');
    }
    QuotingFunctions.appendJson(text.bytes, text.offset, to, escaped);
    if (quoted) {
      escaped.append('"');
    }
    pad(escaped.toByteArray());
  }

  private void pad(byte[] text) {
    pad(text, 0, text.length);
  }

  /** Appends text and as many spaces as the width wants: a width in characters with the flag !. */
  private void pad(byte[] text, int from, int to) {
    int length = extended ? Utf8.count(text, from, to - from) : to - from;
    int missing = width - length;
    if (!left) {
      target.appendRepeated(' ', missing);
    }
    target.append(text, from, to - from);
    if (left) {
      target.appendRepeated(' ', missing);
    }
  }

  private static byte[] ascii(String text) {
    return text.getBytes(US_ASCII);
  }
}
