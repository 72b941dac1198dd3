package dev.tursojdbc.driver;

import dev.tursojdbc.storage.record.StorageClass;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
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
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The current row's values as Java types. Conversions are strict: what does not fit or is not a
 * number is an error, never a wrong value.
 */
final class ColumnValues {
  private final RowSource rows;
  private final boolean integerAsLong;

  ColumnValues(RowSource rows, boolean integerAsLong) {
    this.rows = rows;
    this.integerAsLong = integerAsLong;
  }

  boolean isNull(int column) {
    return rows.type(column) == StorageClass.NULL;
  }

  @Nullable String string(int column) {
    return rows.text(column);
  }

  byte @Nullable [] bytes(int column) {
    return rows.blob(column);
  }

  long integer(int column, long min, long max, String type) throws SQLException {
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
  @Nullable Object object(int column) {
    if (rows.type(column) == StorageClass.INTEGER && !integerAsLong) {
      long value = rows.longValue(column);
      if (value == (int) value) {
        return (int) value;
      }
      return value;
    }
    return StoredRows.value(rows, column);
  }

  @Nullable Instant instant(int column, ZoneId zone) throws SQLException {
    return switch (rows.type(column)) {
      case StorageClass.NULL -> null;
      case StorageClass.INTEGER -> Temporals.fromMillis(rows.longValue(column));
      case StorageClass.REAL -> Temporals.fromJulianDay(rows.doubleValue(column));
      default -> {
        String text = String.valueOf(rows.text(column));
        try {
          yield Temporals.instant(text, zone);
        } catch (DateTimeException e) {
          throw SqlErrors.notConvertible(text, "date or time");
        }
      }
    };
  }

  private @Nullable LocalDateTime local(int column) throws SQLException {
    if (rows.type(column) == StorageClass.TEXT) {
      String text = String.valueOf(rows.text(column));
      try {
        return Temporals.local(text);
      } catch (DateTimeException e) {
        throw SqlErrors.notConvertible(text, "date or time");
      }
    }
    Instant instant = instant(column, ZoneId.systemDefault());
    return instant == null ? null : LocalDateTime.ofInstant(instant, ZoneId.systemDefault());
  }

  private @Nullable OffsetDateTime offset(int column) throws SQLException {
    ZoneId zone = ZoneId.systemDefault();
    Instant instant = instant(column, zone);
    if (instant == null) {
      return null;
    }
    if (rows.type(column) == StorageClass.TEXT) {
      return Temporals.offset(String.valueOf(rows.text(column)), zone);
    }
    return instant.atZone(zone).toOffsetDateTime();
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

  <T> @Nullable T object(int column, Class<T> type) throws SQLException {
    Object value = isNull(column) ? null : convert(column, type);
    return type.cast(value);
  }

  private @Nullable Object convert(int column, Class<?> type) throws SQLException {
    if (type == String.class) {
      return string(column);
    }
    if (type == byte[].class) {
      return bytes(column);
    }
    if (type == Object.class) {
      return object(column);
    }
    if (type == Boolean.class) {
      return truth(column);
    }
    if (type == UUID.class) {
      return uuid(column);
    }
    if (Number.class.isAssignableFrom(type)) {
      return number(column, type);
    }
    return temporal(column, type);
  }

  private @Nullable Object number(int column, Class<?> type) throws SQLException {
    if (type == Integer.class) {
      return (int) integer(column, Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }
    if (type == Long.class) {
      return integer(column, Long.MIN_VALUE, Long.MAX_VALUE, "long");
    }
    if (type == Short.class) {
      return (short) integer(column, Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }
    if (type == Byte.class) {
      return (byte) integer(column, Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }
    if (type == Double.class || type == Number.class) {
      return real(column);
    }
    if (type == Float.class) {
      return (float) real(column);
    }
    BigDecimal decimal = decimal(column);
    if (type == BigDecimal.class || decimal == null) {
      return decimal;
    }
    if (type == BigInteger.class) {
      return decimal.toBigInteger();
    }
    throw SqlErrors.notSupported("conversion to " + type.getName());
  }

  private @Nullable Object temporal(int column, Class<?> type) throws SQLException {
    ZoneId zone = ZoneId.systemDefault();
    LocalDateTime local = null;
    if (type == LocalDate.class || type == LocalTime.class || type == LocalDateTime.class) {
      local = local(column);
    }
    if (local != null) {
      return type == LocalDate.class
          ? local.toLocalDate()
          : type == LocalTime.class ? (Object) local.toLocalTime() : local;
    }
    OffsetDateTime offset;
    if (type == Instant.class) {
      return instant(column, zone);
    } else if (type == Timestamp.class || type == java.util.Date.class) {
      return timestamp(column, zone);
    } else if (type == Date.class) {
      return date(column, zone);
    } else if (type == Time.class) {
      return time(column, zone);
    } else if (type == OffsetDateTime.class || type == OffsetTime.class) {
      offset = offset(column);
      return offset == null || type == OffsetDateTime.class ? offset : offset.toOffsetTime();
    } else if (type == ZonedDateTime.class) {
      offset = offset(column);
      return offset == null ? null : offset.toZonedDateTime();
    }
    throw SqlErrors.notSupported("conversion to " + type.getName());
  }

  private UUID uuid(int column) throws SQLException {
    if (rows.type(column) == StorageClass.BLOB) {
      byte[] bytes = rows.blob(column);
      if (bytes != null && bytes.length == 16) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        return new UUID(buffer.getLong(), buffer.getLong());
      }
    }
    String text = String.valueOf(rows.text(column));
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw SqlErrors.notConvertible(text, "UUID");
    }
  }
}
