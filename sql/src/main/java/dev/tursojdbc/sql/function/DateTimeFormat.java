package dev.tursojdbc.sql.function;

import dev.tursojdbc.sql.value.RealFormat;
import dev.tursojdbc.sql.value.TextBuilder;

/**
 * {@code strftime}: writes a moment as its format says.
 *
 * <pre>
 *   %d  day 01-31          %J  Julian day          %s  seconds since 1970
 *   %e  day " 1"-"31"      %k  hour " 0"-"23"      %S  seconds 00-59
 *   %f  seconds SS.SSS     %l  hour " 1"-"12"      %T  HH:MM:SS
 *   %F  YYYY-MM-DD         %m  month 01-12         %u  weekday 1-7, Monday is 1
 *   %G  ISO year           %M  minute 00-59        %U  week 00-53, from the first Sunday
 *   %g  its last digits    %p  AM or PM            %V  ISO week 01-53
 *   %H  hour 00-24         %P  am or pm            %w  weekday 0-6, Sunday is 0
 *   %I  hour 01-12         %R  HH:MM               %W  week 00-53, from the first Monday
 *   %j  day of year        %Y  year                %%  a percent sign
 * </pre>
 */
final class DateTimeFormat {
  private final DateTime time;
  private final TextBuilder target;

  DateTimeFormat(DateTime time, TextBuilder target) {
    this.time = time;
    this.target = target;
    time.computeDateAndTime();
  }

  /**
   * Appends the formatted moment.
   *
   * @return false if the format has a letter that is not known
   */
  boolean append(byte[] format, int from, int end) {
    for (int i = from; i < end; i++) {
      if (format[i] != '%') {
        target.append(format[i]);
      } else if (++i >= end || !appendField(format[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean appendField(int letter) {
    switch (letter) {
      case 'd' -> padded(time.day, 2, '0');
      case 'e' -> padded(time.day, 2, ' ');
      case 'f' -> secondsWithMillis();
      case 'F' -> date(time.year);
      case 'G' -> padded(isoYear(), 4, '0');
      case 'g' -> padded(isoYear() % 100, 2, '0');
      case 'H' -> padded(time.hour, 2, '0');
      case 'k' -> padded(time.hour, 2, ' ');
      case 'I' -> padded(hourOfHalfDay(), 2, '0');
      case 'l' -> padded(hourOfHalfDay(), 2, ' ');
      case 'j' -> padded(time.dayOfYear() + 1, 3, '0');
      case 'J' -> julianDay();
      case 'm' -> padded(time.month, 2, '0');
      case 'M' -> padded(time.minute, 2, '0');
      case 'p' -> target.append(time.hour >= 12 ? "PM" : "AM");
      case 'P' -> target.append(time.hour >= 12 ? "pm" : "am");
      case 'R' -> hourAndMinute();
      case 's' -> unixSeconds();
      case 'S' -> padded((int) time.second, 2, '0');
      case 'T' -> time(false);
      case 'u' -> target.appendInteger(time.weekday() == 0 ? 7 : time.weekday());
      case 'w' -> target.appendInteger(time.weekday());
      case 'U' -> padded((time.dayOfYear() - time.weekday() + 7) / 7, 2, '0');
      case 'W' -> padded((time.dayOfYear() - (time.weekday() + 6) % 7 + 7) / 7, 2, '0');
      case 'V' -> padded(isoThursday().dayOfYear() / 7 + 1, 2, '0');
      case 'Y' -> padded(time.year, 4, '0');
      case '%' -> target.append('%');
      default -> {
        return false;
      }
    }
    return true;
  }

  private void padded(int value, int width, char filler) {
    int from = target.length();
    target.appendInteger(value);
    int missing = width - (target.length() - from);
    if (missing > 0) {
      target.insertRepeated(value < 0 ? from + 1 : from, filler, missing);
    }
  }

  /** YYYY-MM-DD, with a minus before all four digits in years before 0. */
  void date() {
    if (time.year < 0) {
      target.append('-');
    }
    date(Math.abs(time.year));
  }

  private void date(int year) {
    padded(year, 4, '0');
    target.append('-');
    padded(time.month, 2, '0');
    target.append('-');
    padded(time.day, 2, '0');
  }

  private void hourAndMinute() {
    padded(time.hour, 2, '0');
    target.append(':');
    padded(time.minute, 2, '0');
  }

  /** HH:MM:SS or HH:MM:SS.SSS. */
  void time(boolean subsecond) {
    hourAndMinute();
    target.append(':');
    if (subsecond) {
      int millis = (int) (1000.0 * time.second + 0.5);
      padded(millis / 1000, 2, '0');
      target.append('.');
      padded(millis % 1000, 3, '0');
    } else {
      padded((int) time.second, 2, '0');
    }
  }

  private void secondsWithMillis() {
    real(RealFormat.Notation.FIXED, 3, 6, Math.min(time.second, 59.999));
  }

  private void julianDay() {
    real(RealFormat.Notation.GENERAL, 16, 0, time.julian() / (double) DateTime.DAY_MILLIS);
  }

  private void unixSeconds() {
    long millis = time.julian() - DateTime.UNIX_EPOCH;
    if (time.subsecond) {
      real(RealFormat.Notation.FIXED, 3, 0, millis / 1000.0);
    } else {
      target.appendInteger(DateTimeFunctions.unixSeconds(time));
    }
  }

  private void real(RealFormat.Notation notation, int precision, int width, double value) {
    RealFormat format = new RealFormat();
    format.notation = notation;
    format.precision = precision;
    format.width = width;
    format.zeroPadded = true;
    format.append(value, target);
  }

  private int hourOfHalfDay() {
    int hour = time.hour > 12 ? time.hour - 12 : time.hour;
    return hour == 0 ? 12 : hour;
  }

  /** The Thursday of the week from Monday to Sunday; its year is the week's. */
  private DateTime isoThursday() {
    DateTime thursday = new DateTime();
    int sinceMonday = (time.weekday() + 6) % 7;
    thursday.setJulian(time.julian() + (3 - sinceMonday) * DateTime.DAY_MILLIS);
    thursday.computeDateAndTime();
    return thursday;
  }

  private int isoYear() {
    return isoThursday().year;
  }
}
