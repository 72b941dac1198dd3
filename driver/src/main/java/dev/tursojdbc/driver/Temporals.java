package dev.tursojdbc.driver;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;

/**
 * Dates and times as this driver stores and reads them.
 *
 * <p>Written as text that SQLite's own date functions read: {@code yyyy-MM-dd HH:mm:ss.SSS}, in the
 * JVM's zone for java.sql types, literally for local types, with an offset for those that have one,
 * in UTC for an Instant. Read from text (date, time or both, blank or {@code T} between, 0 to 9
 * digits of fraction, offset or Z), from INTEGER (milliseconds since 1970) and from REAL (Julian
 * day).
 */
final class Temporals {
  private static final DateTimeFormatter TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm[:ss]")
          .optionalStart()
          .appendFraction(ChronoField.NANO_OF_SECOND, 0, 9, true)
          .optionalEnd()
          .toFormatter();
  private static final DateTimeFormatter READ =
      new DateTimeFormatterBuilder()
          .optionalStart()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .optionalEnd()
          .optionalStart()
          .appendPattern("['T'][' ']")
          .append(TIME)
          .optionalEnd()
          .optionalStart()
          .appendPattern("[' ']")
          .appendOffset("+HH:MM", "Z")
          .optionalEnd()
          .toFormatter();
  private static final DateTimeFormatter WRITE_TIME =
      new DateTimeFormatterBuilder()
          .appendPattern("HH:mm:ss")
          .appendFraction(ChronoField.NANO_OF_SECOND, 3, 9, true)
          .toFormatter();
  private static final DateTimeFormatter WRITE =
      new DateTimeFormatterBuilder()
          .append(DateTimeFormatter.ISO_LOCAL_DATE)
          .appendLiteral(' ')
          .append(WRITE_TIME)
          .toFormatter();
  private static final double JULIAN_EPOCH = 2440587.5;
  private static final double MILLIS_PER_DAY = 86_400_000.0;

  private Temporals() {}

  static String write(LocalDate date) {
    return DateTimeFormatter.ISO_LOCAL_DATE.format(date);
  }

  static String write(LocalTime time) {
    return WRITE_TIME.format(time);
  }

  static String write(LocalDateTime dateTime) {
    return WRITE.format(dateTime);
  }

  static String write(OffsetDateTime dateTime) {
    return WRITE.format(dateTime) + dateTime.getOffset().getId();
  }

  static String write(OffsetTime time) {
    return WRITE_TIME.format(time) + time.getOffset().getId();
  }

  static String write(ZonedDateTime dateTime) {
    return write(dateTime.toOffsetDateTime());
  }

  static String write(Instant instant) {
    return WRITE.format(instant.atOffset(ZoneOffset.UTC)) + "Z";
  }

  static Instant fromMillis(long millis) {
    return Instant.ofEpochMilli(millis);
  }

  static Instant fromJulianDay(double day) {
    return Instant.ofEpochMilli(Math.round((day - JULIAN_EPOCH) * MILLIS_PER_DAY));
  }

  /** Text as a point in time; without an offset it is taken to be in the zone. */
  static Instant instant(String text, ZoneId zone) {
    TemporalAccessor parsed = parse(text);
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    ZoneOffset offset = parsed.query(TemporalQueries.offset());
    LocalDateTime local =
        LocalDateTime.of(
            date == null ? LocalDate.EPOCH : date, time == null ? LocalTime.MIDNIGHT : time);
    return local.atZone(offset == null ? zone : offset).toInstant();
  }

  /** Text as written, its offset disregarded. */
  static LocalDateTime local(String text) {
    TemporalAccessor parsed = parse(text);
    LocalDate date = parsed.query(TemporalQueries.localDate());
    LocalTime time = parsed.query(TemporalQueries.localTime());
    return LocalDateTime.of(
        date == null ? LocalDate.EPOCH : date, time == null ? LocalTime.MIDNIGHT : time);
  }

  static OffsetDateTime offset(String text, ZoneId zone) {
    ZoneOffset offset = parse(text).query(TemporalQueries.offset());
    return instant(text, zone).atZone(offset == null ? zone : offset).toOffsetDateTime();
  }

  private static TemporalAccessor parse(String text) {
    TemporalAccessor parsed = READ.parse(text.trim());
    if (parsed.query(TemporalQueries.localDate()) == null
        && parsed.query(TemporalQueries.localTime()) == null) {
      throw new DateTimeParseException("neither date nor time", text, 0);
    }
    return parsed;
  }
}
