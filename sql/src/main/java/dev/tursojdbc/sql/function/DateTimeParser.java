package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.NumericText;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * Reads a time value.
 *
 * <pre>
 *   value := date | date (space | "T")* time | time | "now" | number | "subsec" | "subsecond"
 *   date  := "-"? YYYY-MM-DD
 *   time  := HH:MM (":" SS ("." digit+)?)? zone?
 *             24:00 is the next day's 00:00
 *   zone  := space* ("Z" | ("+" | "-") HH:MM) space*
 * </pre>
 *
 * <p>A number is a raw one, see {@link DateTime}.
 */
final class DateTimeParser {
  private static final double MAX_FRACTION = 0.999;

  private final String text;
  private int position;

  private DateTimeParser(String text, int position) {
    this.text = text;
    this.position = position;
  }

  /** Reads a value into an empty DateTime. */
  static boolean parse(String text, DateTime target, FunctionContext context) {
    if (new DateTimeParser(text, 0).parseDate(target)) {
      return true;
    }
    if (new DateTimeParser(text, 0).parseTime(target)) {
      return true;
    }
    String word = text.toLowerCase(Locale.ROOT);
    if (word.equals("now")) {
      context.useMoment();
      target.setNow(context.currentTimeMillis());
      return true;
    }
    Register number = new Register();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    int kind = NumericText.readReal(bytes, 0, bytes.length, number);
    if (kind == NumericText.INTEGER || kind == NumericText.REAL) {
      target.setRaw(number.real);
      return true;
    }
    if (word.equals("subsec") || word.equals("subsecond")) {
      context.useMoment();
      target.subsecond = true;
      target.setNow(context.currentTimeMillis());
      return true;
    }
    return false;
  }

  /** Reads a time of day, from an index to the end of the text. */
  static boolean parseTime(String text, int from, DateTime target) {
    return new DateTimeParser(text, from).parseTime(target);
  }

  /** Reads so many digits at an index: a number from min to max, or -1. */
  static int digits(String text, int from, int count, int min, int max) {
    if (from + count > text.length()) {
      return -1;
    }
    int value = 0;
    for (int i = from; i < from + count; i++) {
      char digit = text.charAt(i);
      if (digit < '0' || digit > '9') {
        return -1;
      }
      value = value * 10 + digit - '0';
    }
    return value < min || value > max ? -1 : value;
  }

  private boolean parseDate(DateTime target) {
    boolean negative = peek() == '-';
    int from = negative ? 1 : 0;
    int year = digits(text, from, 4, 0, 9999);
    int month = digits(text, from + 5, 2, 1, 12);
    int day = digits(text, from + 8, 2, 1, 31);
    if (year < 0 || month < 0 || day < 0 || !isAt(from + 4, '-') || !isAt(from + 7, '-')) {
      return false;
    }
    position = from + 10;
    while (isSpace(peek()) || peek() == 'T') {
      position++;
    }
    if (!parseTime(target)) {
      if (position < text.length()) {
        return false;
      }
      target.hasTime = false;
    }
    target.dropJulian();
    target.year = negative ? -year : year;
    target.month = month;
    target.day = day;
    target.hasDate = true;
    target.computeOverrun();
    normalize(target);
    return true;
  }

  /** Brings a time of another zone to UTC, and 24:00 to the next day. */
  private static void normalize(DateTime target) {
    if (target.zoneMinutes != 0 || (target.hasTime && target.hour == 24)) {
      target.julian();
      target.clearDateAndTime();
    }
  }

  private boolean parseTime(DateTime target) {
    int from = position;
    int hour = digits(text, from, 2, 0, 24);
    int minute = digits(text, from + 3, 2, 0, 59);
    if (hour < 0 || minute < 0 || !isAt(from + 2, ':')) {
      return false;
    }
    int at = from + 5;
    double second = 0;
    if (isAt(at, ':')) {
      int whole = digits(text, at + 1, 2, 0, 59);
      if (whole < 0) {
        return false;
      }
      at += 3;
      double fraction = 0;
      if (isAt(at, '.') && digits(text, at + 1, 1, 0, 9) >= 0) {
        double scale = 1;
        at++;
        for (int digit = digits(text, at, 1, 0, 9); digit >= 0; digit = digits(text, at, 1, 0, 9)) {
          fraction = fraction * 10 + digit;
          scale *= 10;
          at++;
        }
        fraction = Math.min(fraction / scale, MAX_FRACTION);
      }
      second = whole + fraction;
    }
    if (hour == 24 && (minute != 0 || second != 0)) {
      return false;
    }
    target.dropJulian();
    target.raw = false;
    target.hour = hour;
    target.minute = minute;
    target.second = second;
    target.hasTime = true;
    int before = position;
    position = at;
    boolean complete = parseZone(target);
    if (!complete) {
      position = before;
    }
    return complete;
  }

  private boolean parseZone(DateTime target) {
    skipSpace();
    target.zoneMinutes = 0;
    int sign = peek();
    if (sign == 'Z' || sign == 'z') {
      position++;
      target.utc = true;
      target.local = false;
    } else if (sign == '+' || sign == '-') {
      int hours = digits(text, position + 1, 2, 0, 14);
      int minutes = digits(text, position + 4, 2, 0, 59);
      if (hours < 0 || minutes < 0 || !isAt(position + 3, ':')) {
        return false;
      }
      position += 6;
      int zone = hours * 60 + minutes;
      target.zoneMinutes = sign == '-' ? -zone : zone;
      if (zone == 0) {
        target.utc = true;
        target.local = false;
      }
    }
    skipSpace();
    return position == text.length();
  }

  private void skipSpace() {
    while (isSpace(peek())) {
      position++;
    }
  }

  static boolean isSpace(int next) {
    return next == ' ' || (next >= '\t' && next <= '\r');
  }

  private int peek() {
    return position < text.length() ? text.charAt(position) : -1;
  }

  private boolean isAt(int index, char expected) {
    return index < text.length() && text.charAt(index) == expected;
  }
}
