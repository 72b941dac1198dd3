package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.NumericText;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;

/**
 * Applies the modifiers of the date functions, one after the other.
 *
 * <pre>
 *   auto | julianday | unixepoch            what a number means; first modifier only
 *   NNN second|minute|hour|day|month|year   with or without an s at the end; NNN may have a fraction
 *   ±HH:MM | ±HH:MM:SS | ±HH:MM:SS.SSS
 *   ±YYYY-MM-DD, with or without a time behind a space
 *   ceiling | floor                         what an overrun month becomes
 *   start of month | start of year | start of day
 *   weekday N | weekday -N                  the next such day, or the last one; today counts
 *   localtime | utc | subsec | subsecond
 * </pre>
 */
final class DateTimeModifier {

  /** A unit of "NNN units": its name, what limits NNN, and its length in seconds. */
  private record Unit(String name, double limit, double seconds) {}

  private static final List<Unit> UNITS =
      List.of(
          new Unit("second", 4.6427e+14, 1),
          new Unit("minute", 7.7379e+12, 60),
          new Unit("hour", 1.2897e+11, 3600),
          new Unit("day", 5373485.0, 86400),
          new Unit("month", 176546.0, 2592000),
          new Unit("year", 14713.0, 31536000));

  /** Seconds since 1970 between which "auto" takes a number for such. */
  private static final double MIN_AUTO = -210_866_760_000.0;

  private static final double MAX_AUTO = 253_402_300_799.0;

  private static final double MAX_UNIX_JULIAN = 464_269_060_800_000.0;

  private DateTimeModifier() {}

  /**
   * Applies a modifier.
   *
   * @param number counts the modifiers from 1
   * @return false if there is no such modifier, or not here
   */
  static boolean apply(String modifier, DateTime time, int number, FunctionContext context) {
    if (modifier.isEmpty()) {
      return false;
    }
    char first = modifier.charAt(0);
    if (first == '+' || first == '-' || (first >= '0' && first <= '9')) {
      return applyOffset(modifier, time);
    }
    return applyWord(modifier.toLowerCase(Locale.ROOT), time, number, context);
  }

  private static boolean applyWord(
      String word, DateTime time, int number, FunctionContext context) {
    switch (word) {
      case "auto" -> {
        return number == 1 && applyAuto(time);
      }
      case "julianday" -> {
        boolean possible = number == 1 && time.hasJulian() && time.raw;
        time.raw &= !possible;
        return possible;
      }
      case "unixepoch" -> {
        return number == 1 && time.raw && applyUnixEpoch(time);
      }
      case "ceiling" -> {
        time.addMillis(0);
        time.overrunDays = 0;
      }
      case "floor" -> time.addMillis(-time.overrunDays * DateTime.DAY_MILLIS);
      case "localtime" -> {
        context.useMoment();
        if (!time.local) {
          time.toLocal();
        }
        time.utc = false;
        time.local = true;
      }
      case "utc" -> {
        context.useMoment();
        if (!time.utc) {
          time.toUtc();
        }
      }
      case "subsec", "subsecond" -> time.subsecond = true;
      default -> {
        return word.startsWith("weekday ")
            ? applyWeekday(word.substring(8), time)
            : word.startsWith("start of ") && applyStart(word.substring(9), time);
      }
    }
    return true;
  }

  private static boolean applyAuto(DateTime time) {
    if (!time.raw || time.hasJulian()) {
      time.raw = false;
    } else if (time.second >= MIN_AUTO && time.second <= MAX_AUTO) {
      double millis = time.second * 1000.0 + DateTime.UNIX_EPOCH;
      time.setJulian((long) (millis + 0.5));
      time.raw = false;
    }
    return true;
  }

  private static boolean applyUnixEpoch(DateTime time) {
    double millis = time.second * 1000.0 + DateTime.UNIX_EPOCH;
    if (millis < 0 || millis >= MAX_UNIX_JULIAN) {
      return false;
    }
    time.setJulian((long) (millis + 0.5));
    time.raw = false;
    return true;
  }

  private static boolean applyWeekday(String text, DateTime time) {
    Register number = new Register();
    if (!isNumber(text, number)) {
      return false;
    }
    boolean back = text.stripLeading().startsWith("-");
    double wanted = Math.abs(number.real);
    if (wanted >= 7 || wanted != (int) wanted) {
      return false;
    }
    time.computeDateAndTime();
    time.zoneMinutes = 0;
    time.dropJulian();
    int ahead = (int) wanted - time.weekday();
    if (back) {
      ahead -= ahead > 0 ? 7 : 0;
    } else {
      ahead += ahead < 0 ? 7 : 0;
    }
    time.addMillis(ahead * DateTime.DAY_MILLIS);
    return true;
  }

  private static boolean isNumber(String text, Register number) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int kind = NumericText.readReal(bytes, 0, bytes.length, number);
    return kind == NumericText.INTEGER || kind == NumericText.REAL;
  }

  private static boolean applyStart(String what, DateTime time) {
    if (!time.hasAnything()) {
      return false;
    }
    time.computeDate();
    time.startOfDay();
    switch (what) {
      case "day" -> {
        return true;
      }
      case "month" -> time.day = 1;
      case "year" -> {
        time.month = 1;
        time.day = 1;
      }
      default -> {
        return false;
      }
    }
    return true;
  }

  private static boolean applyOffset(String text, DateTime time) {
    char sign = text.charAt(0);
    int end = numberEnd(text);
    Register number = new Register();
    if (!isNumber(text.substring(0, end), number)) {
      return false;
    }
    if (end < text.length() && text.charAt(end) == '-') {
      return (sign == '+' || sign == '-') && applyDate(text, end, sign == '-', time);
    }
    if (end < text.length() && text.charAt(end) == ':') {
      int from = sign >= '0' && sign <= '9' ? 0 : 1;
      return applyTime(text, from, sign == '-', time);
    }
    return applyUnits(number.real, text.substring(end), time);
  }

  /** Where the number ends: at a space, a colon, or the dash behind a year of 4 or 5 digits. */
  private static int numberEnd(String text) {
    int end = 1;
    while (end < text.length()) {
      char next = text.charAt(end);
      boolean yearEnds =
          next == '-'
              && (end == 5 || end == 6)
              && DateTimeParser.digits(text, 1, end - 1, 0, end == 5 ? 9999 : 14712) >= 0;
      if (next == ':' || DateTimeParser.isSpace(next) || yearEnds) {
        break;
      }
      end++;
    }
    return end;
  }

  /** Adds ±YYYY-MM-DD, where a year may have five digits, and the time behind it. */
  private static boolean applyDate(String text, int yearEnd, boolean negative, DateTime time) {
    int years = DateTimeParser.digits(text, 1, yearEnd - 1, 0, 14712);
    int months = DateTimeParser.digits(text, yearEnd + 1, 2, 0, 11);
    int days = DateTimeParser.digits(text, yearEnd + 4, 2, 0, 30);
    int end = yearEnd + 6;
    if (years < 0 || months < 0 || days < 0 || text.charAt(yearEnd + 3) != '-') {
      return false;
    }
    int sign = negative ? -1 : 1;
    time.addMonths((long) sign * years, (long) sign * months);
    time.addMillis((long) sign * days * DateTime.DAY_MILLIS);
    if (end == text.length()) {
      return true;
    }
    return DateTimeParser.isSpace(text.charAt(end))
        && DateTimeParser.digits(text, end + 1, 2, 0, 24) >= 0
        && DateTimeParser.digits(text, end + 4, 2, 0, 59) >= 0
        && applyTime(text, end + 1, negative, time);
  }

  /** Adds a time of day; of one with a zone, what remains within a day. */
  private static boolean applyTime(String text, int from, boolean negative, DateTime time) {
    DateTime offset = new DateTime();
    if (!DateTimeParser.parseTime(text, from, offset)) {
      return false;
    }
    long millis = (offset.julian() - DateTime.DAY_MILLIS / 2) % DateTime.DAY_MILLIS;
    time.addMillis(negative ? -millis : millis);
    return true;
  }

  private static boolean applyUnits(double count, String behind, DateTime time) {
    String name = behind.stripLeading().toLowerCase(Locale.ROOT);
    if (name.length() < 3 || name.length() > 10) {
      return false;
    }
    if (name.endsWith("s")) {
      name = name.substring(0, name.length() - 1);
    }
    time.julian();
    time.overrunDays = 0;
    for (Unit unit : UNITS) {
      if (unit.name.equals(name) && count > -unit.limit && count < unit.limit) {
        double rest = count;
        if (name.equals("month")) {
          time.addMonths(0, (int) count);
          rest -= (int) count;
        } else if (name.equals("year")) {
          time.addMonths((int) count, 0);
          rest -= (int) count;
        }
        double rounding = count < 0 ? -0.5 : 0.5;
        time.addMillis((long) (rest * 1000.0 * unit.seconds + rounding));
        return true;
      }
    }
    return false;
  }
}
