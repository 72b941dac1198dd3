package dev.tursojdbc.driver;

import java.time.DateTimeException;
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
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import org.jspecify.annotations.Nullable;

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

  static Instant fromJulianDay(double day) {
    return Instant.ofEpochMilli(Math.round((day - JULIAN_EPOCH) * MILLIS_PER_DAY));
  }

  static double toJulianDay(Instant instant) {
    return instant.toEpochMilli() / MILLIS_PER_DAY + JULIAN_EPOCH;
  }

  /**
   * @throws java.time.DateTimeException if the text is neither a date nor a time
   */
  static Parsed parse(String text) {
    return Parsed.of(READ.parse(text.trim()));
  }

  /**
   * What a text says. A missing date is 1970-01-01, a missing time midnight.
   *
   * @param offset null if the text has none
   */
  record Parsed(LocalDateTime local, @Nullable ZoneOffset offset) {
    static Parsed of(TemporalAccessor parsed) {
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      if (date == null && time == null) {
        throw new DateTimeException("neither date nor time");
      }
      LocalDateTime local =
          LocalDateTime.of(
              date == null ? LocalDate.EPOCH : date, time == null ? LocalTime.MIDNIGHT : time);
      return new Parsed(local, parsed.query(TemporalQueries.offset()));
    }

    /** The point in time; without an offset it is taken to be in the zone. */
    Instant instant(ZoneId zone) {
      return local.atZone(offset == null ? zone : offset).toInstant();
    }

    /** As written; without an offset, with that of the zone. */
    OffsetDateTime atOffset(ZoneId zone) {
      return local.atZone(offset == null ? zone : offset).toOffsetDateTime();
    }
  }
}
