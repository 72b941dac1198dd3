package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.RealFormat;
import dev.tursojdbc.sql.value.TextBuilder;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The date and time functions. What cannot be read, or falls out of the years -4713 to 9999, gives
 * NULL. "now" is the same throughout a statement.
 */
final class DateTimeFunctions {
  private DateTimeFunctions() {}

  static void register(FunctionRegistry registry) {
    Set<FunctionFlag> stable = EnumSet.of(FunctionFlag.STABLE, FunctionFlag.INNOCUOUS);
    Set<FunctionFlag> pure =
        EnumSet.of(
            FunctionFlag.STABLE, FunctionFlag.INNOCUOUS, FunctionFlag.DETERMINISTIC_BUT_FOR_NOW);
    registry.scalar("date", 0, -1, pure, (c, a, result) -> text(c, a, true, false, result));
    registry.scalar("time", 0, -1, pure, (c, a, result) -> text(c, a, false, true, result));
    registry.scalar("datetime", 0, -1, pure, (c, a, result) -> text(c, a, true, true, result));
    registry.scalar("julianday", 0, -1, pure, DateTimeFunctions::julianday);
    registry.scalar("unixepoch", 0, -1, pure, DateTimeFunctions::unixepoch);
    registry.scalar("strftime", 0, -1, pure, DateTimeFunctions::strftime);
    registry.scalar("timediff", 2, 2, pure, DateTimeFunctions::timediff);
    registry.scalar(
        "current_date", 0, 0, stable, (c, a, result) -> text(c, a, true, false, result));
    registry.scalar(
        "current_time", 0, 0, stable, (c, a, result) -> text(c, a, false, true, result));
    registry.scalar(
        "current_timestamp", 0, 0, stable, (c, a, result) -> text(c, a, true, true, result));
  }

  /** The moment that arguments from an index on name, or null if they name none. */
  private static @Nullable DateTime moment(
      FunctionContext context, Register[] arguments, int from) {
    DateTime time = new DateTime();
    if (arguments.length <= from) {
      context.useMoment();
      time.setNow(context.currentTimeMillis());
      return time;
    }
    Register value = arguments[from];
    if (Arguments.isNumber(value)) {
      time.setRaw(Arguments.real(value));
    } else if (value.isNull() || !DateTimeParser.parse(string(context, value), time, context)) {
      return null;
    }
    for (int i = from + 1; i < arguments.length; i++) {
      if (arguments[i].isNull()
          || !DateTimeModifier.apply(string(context, arguments[i]), time, i - from, context)) {
        return null;
      }
    }
    if (!time.isValid()) {
      return null;
    }
    if (arguments.length == from + 1 && time.hasDate && time.day > 28) {
      // February 30 becomes March 1 or 2.
      time.hasDate = false;
    }
    return time;
  }

  private static String string(FunctionContext context, Register value) {
    Register text = Arguments.text(context, value);
    return new String(
        text.bytes, text.offset, Arguments.end(text) - text.offset, StandardCharsets.ISO_8859_1);
  }

  private static void text(
      FunctionContext context,
      Register[] arguments,
      boolean withDate,
      boolean withTime,
      Register result) {
    DateTime time = moment(context, arguments, 0);
    if (time == null) {
      result.setNull();
      return;
    }
    TextBuilder text = new TextBuilder(context.lengthLimit());
    DateTimeFormat format = new DateTimeFormat(time, text);
    if (withDate) {
      format.date();
    }
    if (withDate && withTime) {
      text.append(' ');
    }
    if (withTime) {
      format.time(time.subsecond);
    }
    text.toText(result);
  }

  private static void julianday(FunctionContext context, Register[] arguments, Register result) {
    DateTime time = moment(context, arguments, 0);
    if (time == null) {
      result.setNull();
    } else {
      result.setReal(time.julian() / (double) DateTime.DAY_MILLIS);
    }
  }

  private static void unixepoch(FunctionContext context, Register[] arguments, Register result) {
    DateTime time = moment(context, arguments, 0);
    if (time == null) {
      result.setNull();
    } else if (time.subsecond) {
      result.setReal((time.julian() - DateTime.UNIX_EPOCH) / 1000.0);
    } else {
      result.setInteger(unixSeconds(time));
    }
  }

  /** Whole seconds since 1970, cut off as the Julian day's, which is not negative. */
  static long unixSeconds(DateTime time) {
    return time.julian() / 1000 - DateTime.UNIX_EPOCH / 1000;
  }

  private static void strftime(FunctionContext context, Register[] arguments, Register result) {
    result.setNull();
    if (arguments.length == 0 || arguments[0].isNull()) {
      return;
    }
    DateTime time = moment(context, arguments, 1);
    if (time == null) {
      return;
    }
    Register format = Arguments.text(context, arguments[0]);
    TextBuilder text = new TextBuilder(context.lengthLimit());
    if (new DateTimeFormat(time, text).append(format.bytes, format.offset, Arguments.end(format))) {
      text.toText(result);
    }
  }

  /**
   * What has to be added to the second moment to get the first: a modifier ±YYYY-MM-DD
   * HH:MM:SS.SSS.
   */
  private static void timediff(FunctionContext context, Register[] arguments, Register result) {
    DateTime target = moment(context, new Register[] {arguments[0]}, 0);
    DateTime from = moment(context, new Register[] {arguments[1]}, 0);
    if (target == null || from == null) {
      result.setNull();
      return;
    }
    target.computeDateAndTime();
    from.computeDateAndTime();
    int sign = target.julian() >= from.julian() ? 1 : -1;
    int months = sign * ((target.year - from.year) * 12 + target.month - from.month);
    from.year = target.year;
    from.month = target.month;
    from.dropJulian();
    while (sign * Long.compare(target.julian(), from.julian()) < 0) {
      months--;
      from.addMonths(0, -sign);
    }
    DateTime rest = new DateTime();
    rest.setJulian(DateTime.UNIX_EPOCH + Math.abs(target.julian() - from.julian()));
    rest.computeDateAndTime();
    // A difference below a month: its days count from 1 in the date.
    int days = (int) (Math.abs(target.julian() - from.julian()) / DateTime.DAY_MILLIS);
    TextBuilder text = new TextBuilder(context.lengthLimit());
    text.append(sign < 0 ? '-' : '+');
    appendPadded(months / 12, 4, text);
    text.append('-');
    appendPadded(months % 12, 2, text);
    text.append('-');
    appendPadded(days, 2, text);
    text.append(' ');
    appendPadded(rest.hour, 2, text);
    text.append(':');
    appendPadded(rest.minute, 2, text);
    text.append(':');
    RealFormat seconds = new RealFormat();
    seconds.notation = RealFormat.Notation.FIXED;
    seconds.precision = 3;
    seconds.width = 6;
    seconds.zeroPadded = true;
    seconds.append(rest.second, text);
    text.toText(result);
  }

  private static void appendPadded(int value, int width, TextBuilder text) {
    int from = text.length();
    text.appendInteger(value);
    text.insertRepeated(from, '0', Math.max(width - (text.length() - from), 0));
  }
}
