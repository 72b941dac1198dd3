package dev.tursojdbc.sql.function;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;

/**
 * A moment as the date functions compute with it: a Julian day in milliseconds, or a date and a
 * time of day, or both; each is computed from the other when it is needed.
 *
 * <p>Dates are of the Gregorian calendar throughout, from year -4713 to 9999; days that a month
 * does not have, such as February 30, run over into the next. A {@link #raw} number is a Julian day
 * or something else, which a modifier decides.
 */
final class DateTime {
  static final long DAY_MILLIS = 86_400_000;

  /** The Julian day of 1970-01-01, in milliseconds. */
  static final long UNIX_EPOCH = 210_866_760_000_000L;

  /** The last millisecond of the year 9999. */
  private static final long MAX_JULIAN = 464_269_060_799_999L;

  private static final double MAX_RAW_JULIAN_DAY = 5373484.5;

  private static final int MIN_YEAR = -4713;
  private static final int MAX_YEAR = 9999;

  /** Milliseconds since noon of November 24, -4713. */
  private long julian;

  private boolean hasJulian;

  int year;
  int month;
  int day;
  boolean hasDate;

  int hour;
  int minute;

  /** Seconds of the minute, or the number itself if it is {@link #raw}. */
  double second;

  boolean hasTime;

  /** Minutes that the time is ahead of UTC; they are still to be subtracted. */
  int zoneMinutes;

  boolean raw;
  boolean utc;
  boolean local;
  boolean subsecond;

  /** Days by which the date runs over the end of its month. */
  int overrunDays;

  /** Whether some step made no sense; a conversion to local time or UTC forgets that. */
  private boolean failed;

  private DateTime copy() {
    DateTime copy = new DateTime();
    copy.julian = julian;
    copy.hasJulian = hasJulian;
    copy.year = year;
    copy.month = month;
    copy.day = day;
    copy.hasDate = hasDate;
    copy.hour = hour;
    copy.minute = minute;
    copy.second = second;
    copy.hasTime = hasTime;
    copy.raw = raw;
    return copy;
  }

  void setJulian(long millis) {
    clearDateAndTime();
    julian = millis;
    hasJulian = true;
  }

  void setRaw(double number) {
    second = number;
    raw = true;
    if (number >= 0 && number < MAX_RAW_JULIAN_DAY) {
      julian = (long) (number * DAY_MILLIS + 0.5);
      hasJulian = true;
    }
  }

  void setNow(long unixMillis) {
    setJulian(unixMillis + UNIX_EPOCH);
    utc = true;
    local = false;
  }

  boolean hasJulian() {
    return hasJulian;
  }

  boolean hasAnything() {
    return hasJulian || hasDate || hasTime;
  }

  /** The date or the time was changed: the Julian day has to be computed anew. */
  void dropJulian() {
    hasJulian = false;
  }

  /** The Julian day was changed: date and time have to be computed anew. */
  void clearDateAndTime() {
    hasDate = false;
    hasTime = false;
    zoneMinutes = 0;
  }

  boolean isValid() {
    julian();
    return !failed && isJulian(julian);
  }

  private static boolean isJulian(long millis) {
    return millis >= 0 && millis <= MAX_JULIAN;
  }

  private void fail() {
    clearDateAndTime();
    hasJulian = false;
    raw = false;
    julian = 0;
    year = 0;
    subsecond = false;
    utc = false;
    local = false;
    overrunDays = 0;
    failed = true;
  }

  /** The Julian day in milliseconds. */
  long julian() {
    if (hasJulian) {
      return julian;
    }
    int y = hasDate ? year : 2000;
    int m = hasDate ? month : 1;
    int d = hasDate ? day : 1;
    if (y < MIN_YEAR || y > MAX_YEAR || raw) {
      fail();
      return 0;
    }
    julian = UNIX_EPOCH + (LocalDate.of(y, m, 1).toEpochDay() + d - 1) * DAY_MILLIS;
    hasJulian = true;
    if (hasTime) {
      julian += hour * 3_600_000L + minute * 60_000L + (long) (second * 1000 + 0.5);
      if (zoneMinutes != 0) {
        julian -= zoneMinutes * 60_000L;
        clearDateAndTime();
        utc = true;
        local = false;
      } else if (hour == 24) {
        clearDateAndTime();
      }
    }
    return julian;
  }

  void addMillis(long millis) {
    long sum = julian() + millis;
    clearDateAndTime();
    julian = sum;
  }

  void computeDate() {
    if (hasDate) {
      return;
    }
    if (!hasJulian) {
      year = 2000;
      month = 1;
      day = 1;
    } else if (!isJulian(julian)) {
      fail();
      return;
    } else {
      LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(julian - UNIX_EPOCH, DAY_MILLIS));
      year = date.getYear();
      month = date.getMonthValue();
      day = date.getDayOfMonth();
    }
    hasDate = true;
  }

  void computeTime() {
    if (hasTime) {
      return;
    }
    int millis = (int) Math.floorMod(julian() - UNIX_EPOCH, DAY_MILLIS);
    second = (millis % 60_000) / 1000.0;
    minute = millis / 60_000 % 60;
    hour = millis / 3_600_000;
    raw = false;
    hasTime = true;
  }

  void computeDateAndTime() {
    computeDate();
    computeTime();
  }

  /** Adds to year and month; the day stays, even if the new month does not have it. */
  void addMonths(long years, long months) {
    computeDateAndTime();
    long total = month - 1 + months;
    year += (int) (years + Math.floorDiv(total, 12L));
    month = (int) Math.floorMod(total, 12L) + 1;
    computeOverrun();
    hasJulian = false;
  }

  void computeOverrun() {
    boolean possible = day > 28 && year >= MIN_YEAR && year <= MAX_YEAR;
    overrunDays = possible ? Math.max(day - LocalDate.of(year, month, 1).lengthOfMonth(), 0) : 0;
  }

  void startOfDay() {
    hour = 0;
    minute = 0;
    second = 0;
    hasTime = true;
    raw = false;
    zoneMinutes = 0;
    hasJulian = false;
  }

  /** 0 for Sunday to 6. */
  int weekday() {
    return (int) ((julian() + 3 * DAY_MILLIS / 2) / DAY_MILLIS % 7);
  }

  /** Days since January 1 of the same year. */
  int dayOfYear() {
    DateTime january = new DateTime();
    january.year = year;
    january.month = 1;
    january.day = 1;
    january.hasDate = true;
    january.hour = hour;
    january.minute = minute;
    january.second = second;
    january.hasTime = true;
    return (int) ((julian() - january.julian() + DAY_MILLIS / 2) / DAY_MILLIS);
  }

  /** Takes the moment as UTC and makes it local time. */
  void toLocal() {
    long millis = julian();
    long fraction = Math.floorMod(millis, 1000L);
    int years = 0;
    if (millis < UNIX_EPOCH || millis > UNIX_EPOCH + (1L << 31) * 1000) {
      // The C library is asked for years it is sure to know: with the same leap days, around 2000.
      DateTime then = copy();
      then.computeDateAndTime();
      years = 2000 + then.year % 4 - then.year;
      then.year += years;
      then.hasJulian = false;
      millis = then.julian();
    }
    long unixMillis = millis - UNIX_EPOCH;
    LocalDateTime time =
        LocalDateTime.ofEpochSecond(Math.floorDiv(unixMillis, 1000L), 0, ZoneOffset.UTC);
    LocalDateTime here =
        time.atOffset(ZoneOffset.UTC).atZoneSameInstant(ZoneId.systemDefault()).toLocalDateTime();
    year = here.getYear() - years;
    month = here.getMonthValue();
    day = here.getDayOfMonth();
    hasDate = true;
    hour = here.getHour();
    minute = here.getMinute();
    second = here.getSecond() + fraction * 0.001;
    hasTime = true;
    raw = false;
    zoneMinutes = 0;
    failed = false;
    hasJulian = false;
  }

  /** Takes the moment as local time and makes it UTC; forgets, as SQLite does, about subseconds. */
  void toUtc() {
    long wanted = julian();
    long guess = wanted;
    long error = 0;
    for (int round = 0; round < 4; round++) {
      guess -= error;
      DateTime trial = new DateTime();
      trial.setJulian(guess);
      trial.toLocal();
      error = trial.julian() - wanted;
      if (error == 0) {
        break;
      }
    }
    setJulian(guess);
    failed = false;
    raw = false;
    subsecond = false;
    overrunDays = 0;
    utc = true;
    local = false;
  }
}
