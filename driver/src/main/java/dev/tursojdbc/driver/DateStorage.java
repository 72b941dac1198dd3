package dev.tursojdbc.driver;

import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a connection stores the dates of java.sql: as text, or as a number if {@code date_class} says
 * so. What was stored in one form is read in any other, only the unit of an INTEGER must be known.
 *
 * @param pattern of text; null for ISO
 */
record DateStorage(Form form, boolean seconds, @Nullable DateTimeFormatter pattern) {
  enum Form {
    TEXT,
    INTEGER,
    REAL
  }

  static DateStorage of(ConnectionSettings settings) throws SQLException {
    String form = String.valueOf(settings.get(ConnectionProperty.DATE_CLASS));
    String unit = String.valueOf(settings.get(ConnectionProperty.DATE_PRECISION));
    return new DateStorage(
        Form.valueOf(form.toUpperCase(Locale.ROOT)),
        unit.equalsIgnoreCase("SECONDS"),
        pattern(settings.get(ConnectionProperty.DATE_STRING_FORMAT)));
  }

  private static @Nullable DateTimeFormatter pattern(@Nullable String text) throws SQLException {
    try {
      return text == null ? null : DateTimeFormatter.ofPattern(text, Locale.ROOT);
    } catch (IllegalArgumentException e) {
      throw SqlErrors.badSetting(
          ConnectionProperty.DATE_STRING_FORMAT.key(), text, List.of("yyyy-MM-dd HH:mm:ss.SSS"));
    }
  }

  /**
   * What is stored for a date, a time or a timestamp.
   *
   * @return a Long, a Double or a String
   */
  Object stored(java.util.Date value, ZoneId zone) {
    Instant instant = instant(value);
    return switch (form) {
      case INTEGER -> seconds ? instant.getEpochSecond() : instant.toEpochMilli();
      case REAL -> Temporals.toJulianDay(instant);
      case TEXT -> text(value, LocalDateTime.ofInstant(instant, zone));
    };
  }

  private static Instant instant(java.util.Date value) {
    // The dates of java.sql without a time have no toInstant().
    return value instanceof Date || value instanceof Time
        ? Instant.ofEpochMilli(value.getTime())
        : value.toInstant();
  }

  private String text(java.util.Date value, LocalDateTime local) {
    if (pattern != null) {
      return pattern.format(local);
    }
    if (value instanceof Date) {
      return Temporals.write(local.toLocalDate());
    }
    return value instanceof Time ? Temporals.write(local.toLocalTime()) : Temporals.write(local);
  }

  Instant ofInteger(long value) {
    return seconds ? Instant.ofEpochSecond(value) : Instant.ofEpochMilli(value);
  }

  /** Text as ISO has it, else in the pattern. */
  Temporals.Parsed parse(String text) {
    try {
      return Temporals.parse(text);
    } catch (DateTimeException e) {
      if (pattern == null) {
        throw e;
      }
      return Temporals.Parsed.of(pattern.parse(text.trim()));
    }
  }
}
