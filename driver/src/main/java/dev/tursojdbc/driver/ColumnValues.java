package dev.tursojdbc.driver;

import dev.tursojdbc.storage.record.StorageClass;
import java.math.BigDecimal;
import java.sql.Date;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The current row's values as Java types. Conversions are strict: what does not fit or is not a
 * number is an error, never a wrong value.
 */
final class ColumnValues {
  private final RowSource rows;
  private final boolean integerAsLong;
  private final DateStorage dates;

  /** Characters or bytes of a value that are given at most; 0 for no limit. */
  private final int maxFieldSize;

  ColumnValues(RowSource rows, JdbcConnection connection, int maxFieldSize) {
    this.maxFieldSize = maxFieldSize;
    this.rows = rows;
    this.integerAsLong = connection.integerAsLong();
    this.dates = connection.dates();
  }

  boolean isNull(int column) throws SQLException {
    return rows.type(column) == StorageClass.NULL;
  }

  @Nullable String string(int column) throws SQLException {
    String text = rows.text(column);
    return maxFieldSize == 0 || text == null || text.length() <= maxFieldSize
        ? text
        : text.substring(0, maxFieldSize);
  }

  byte @Nullable [] bytes(int column) throws SQLException {
    byte[] bytes = rows.blob(column);
    return maxFieldSize == 0 || bytes == null || bytes.length <= maxFieldSize
        ? bytes
        : Arrays.copyOf(bytes, maxFieldSize);
  }

  private long integer(int column, long min, long max, String type) throws SQLException {
    long value;
    switch (rows.type(column)) {
      case StorageClass.NULL -> {
        return 0;
      }
      case StorageClass.INTEGER -> value = rows.longValue(column);
      case StorageClass.REAL -> {
        double real = rows.doubleValue(column);
        if (!(real >= -0x1p63 && real < 0x1p63)) {
          throw SqlErrors.overflow(real, type);
        }
        value = (long) real;
      }
      default -> value = parse(column, type).longValue();
    }
    if (value < min || value > max) {
      throw SqlErrors.overflow(value, type);
    }
    return value;
  }

  byte byteValue(int column) throws SQLException {
    return (byte) integer(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
  }

  short shortValue(int column) throws SQLException {
    return (short) integer(column, Short.MIN_VALUE, Short.MAX_VALUE, "short");
  }

  int intValue(int column) throws SQLException {
    return (int) integer(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
  }

  long longValue(int column) throws SQLException {
    return integer(column, Long.MIN_VALUE, Long.MAX_VALUE, "long");
  }

  private BigDecimal parse(int column, String type) throws SQLException {
    String text = String.valueOf(rows.text(column)).trim();
    try {
      BigDecimal number = new BigDecimal(text);
      if (number.precision() - number.scale() > 400) {
        throw SqlErrors.overflow(text, type);
      }
      return number;
    } catch (NumberFormatException e) {
      throw SqlErrors.notConvertible(text, type);
    }
  }

  double real(int column) throws SQLException {
    return switch (rows.type(column)) {
      case StorageClass.NULL -> 0;
      case StorageClass.INTEGER, StorageClass.REAL -> rows.doubleValue(column);
      default -> parse(column, "double").doubleValue();
    };
  }

  boolean truth(int column) throws SQLException {
    if (rows.type(column) != StorageClass.TEXT) {
      return real(column) != 0;
    }
    String text = String.valueOf(rows.text(column)).trim().toLowerCase(Locale.ROOT);
    return switch (text) {
      case "true", "t", "yes", "y", "on" -> true;
      case "false", "f", "no", "n", "off" -> false;
      default -> real(column) != 0;
    };
  }

  @Nullable BigDecimal decimal(int column) throws SQLException {
    return switch (rows.type(column)) {
      case StorageClass.NULL -> null;
      case StorageClass.INTEGER -> BigDecimal.valueOf(rows.longValue(column));
      case StorageClass.REAL -> {
        double real = rows.doubleValue(column);
        if (Double.isInfinite(real)) {
          throw SqlErrors.overflow(real, "BigDecimal");
        }
        yield BigDecimal.valueOf(real);
      }
      default -> parse(column, "BigDecimal");
    };
  }

  /** Integer if it fits, else Long; Double, String or byte[]. */
  @Nullable Object object(int column) throws SQLException {
    if (rows.type(column) == StorageClass.INTEGER && !integerAsLong) {
      long value = rows.longValue(column);
      if (value == (int) value) {
        return (int) value;
      }
      return value;
    }
    return StoredRows.value(rows, column);
  }

  /** A date or time as text tells it; null if the value is no text. */
  private Temporals.@Nullable Parsed parsed(int column) throws SQLException {
    if (rows.type(column) != StorageClass.TEXT && rows.type(column) != StorageClass.BLOB) {
      return null;
    }
    String text = String.valueOf(rows.text(column));
    try {
      return dates.parse(text);
    } catch (DateTimeException e) {
      throw SqlErrors.notConvertible(text, "date or time");
    }
  }

  /** A number as a point in time; the value must be one. */
  private Instant numbered(int column) throws SQLException {
    return rows.type(column) == StorageClass.INTEGER
        ? dates.ofInteger(rows.longValue(column))
        : Temporals.fromJulianDay(rows.doubleValue(column));
  }

  /** A point in time; text without an offset is taken to be in the zone. */
  @Nullable Instant instant(int column, ZoneId zone) throws SQLException {
    if (isNull(column)) {
      return null;
    }
    Temporals.Parsed parsed = parsed(column);
    return parsed == null ? numbered(column) : parsed.instant(zone);
  }

  /** As written; a number as a clock of the zone shows it. */
  @Nullable LocalDateTime local(int column, ZoneId zone) throws SQLException {
    if (isNull(column)) {
      return null;
    }
    Temporals.Parsed parsed = parsed(column);
    return parsed == null ? LocalDateTime.ofInstant(numbered(column), zone) : parsed.local();
  }

  @Nullable OffsetDateTime offset(int column, ZoneId zone) throws SQLException {
    if (isNull(column)) {
      return null;
    }
    Temporals.Parsed parsed = parsed(column);
    return parsed == null
        ? numbered(column).atZone(zone).toOffsetDateTime()
        : parsed.atOffset(zone);
  }

  @Nullable Date date(int column, ZoneId zone) throws SQLException {
    Instant instant = instant(column, zone);
    if (instant == null) {
      return null;
    }
    LocalDate day = instant.atZone(zone).toLocalDate();
    return new Date(day.atStartOfDay(zone).toInstant().toEpochMilli());
  }

  @Nullable Time time(int column, ZoneId zone) throws SQLException {
    Instant instant = instant(column, zone);
    if (instant == null) {
      return null;
    }
    LocalTime time = instant.atZone(zone).toLocalTime();
    return new Time(LocalDate.EPOCH.atTime(time).atZone(zone).toInstant().toEpochMilli());
  }

  @Nullable Timestamp timestamp(int column, ZoneId zone) throws SQLException {
    Instant instant = instant(column, zone);
    return instant == null ? null : Timestamp.from(instant);
  }
}
