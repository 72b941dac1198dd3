package dev.tursojdbc.driver;

import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.Date;
import java.util.Locale;
import java.util.UUID;

/**
 * Objects as SQLite stores them: a Long, a Double, a String or a byte[].
 *
 * <p>With a target type the object is first converted to that type, or refused. Whole numbers and
 * doubles stay what they are for NUMERIC and DECIMAL, unless a scale is given; other decimals are
 * text, which keeps all digits, and which a column of numeric affinity turns into a number.
 */
final class ParameterConversion {
  /** No scale was given. */
  static final int NO_SCALE = Integer.MIN_VALUE;

  private static final BigInteger MIN_LONG = BigInteger.valueOf(Long.MIN_VALUE);
  private static final BigInteger MAX_LONG = BigInteger.valueOf(Long.MAX_VALUE);

  private final DateStorage dates;

  ParameterConversion(DateStorage dates) {
    this.dates = dates;
  }

  /** The object as its own class asks for. */
  Object stored(Object value) throws SQLException {
    if (value instanceof Number number) {
      return number(number);
    }
    if (value instanceof Boolean truth) {
      return truth ? 1L : 0L;
    }
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof String || value instanceof Character || value instanceof UUID) {
      return value.toString();
    }
    if (value instanceof Enum<?> constant) {
      return constant.name();
    }
    if (value instanceof Blob || value instanceof InputStream) {
      return bytes(value);
    }
    if (value instanceof Clob || value instanceof Reader) {
      return text(value);
    }
    return temporal(value);
  }

  private static Object number(Number number) {
    if (number instanceof Long
        || number instanceof Integer
        || number instanceof Short
        || number instanceof Byte) {
      return number.longValue();
    }
    if (number instanceof Double || number instanceof Float) {
      return number.doubleValue();
    }
    return number instanceof BigInteger big && big.bitLength() < 64
        ? (Object) big.longValue()
        : number.toString();
  }

  private Object temporal(Object value) throws SQLException {
    if (value instanceof Date date) {
      return dates.stored(date, ZoneId.systemDefault());
    } else if (value instanceof Calendar calendar) {
      return dates.stored(new Timestamp(calendar.getTimeInMillis()), ZoneId.systemDefault());
    } else if (value instanceof LocalDateTime dateTime) {
      return Temporals.write(dateTime);
    } else if (value instanceof LocalDate date) {
      return Temporals.write(date);
    } else if (value instanceof LocalTime time) {
      return Temporals.write(time);
    } else if (value instanceof Instant instant) {
      return Temporals.write(instant);
    } else if (value instanceof OffsetDateTime dateTime) {
      return Temporals.write(dateTime);
    } else if (value instanceof ZonedDateTime dateTime) {
      return Temporals.write(dateTime);
    } else if (value instanceof OffsetTime time) {
      return Temporals.write(time);
    }
    throw SqlErrors.notSupported("a parameter of " + value.getClass().getTypeName());
  }

  /** The object converted to a type of {@link Types}. */
  Object stored(Object value, int type, int scale) throws SQLException {
    return switch (type) {
      case Types.BIT, Types.BOOLEAN -> truth(value) ? 1L : 0L;
      case Types.TINYINT -> integer(value, Byte.MIN_VALUE, 255, "TINYINT");
      case Types.SMALLINT -> integer(value, Short.MIN_VALUE, Short.MAX_VALUE, "SMALLINT");
      case Types.INTEGER -> integer(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "INTEGER");
      case Types.BIGINT -> integer(value, Long.MIN_VALUE, Long.MAX_VALUE, "BIGINT");
      case Types.REAL, Types.FLOAT, Types.DOUBLE -> real(value);
      case Types.NUMERIC, Types.DECIMAL -> decimal(value, scale);
      case Types.CHAR,
          Types.VARCHAR,
          Types.LONGVARCHAR,
          Types.NCHAR,
          Types.NVARCHAR,
          Types.LONGNVARCHAR,
          Types.CLOB,
          Types.NCLOB ->
          text(value);
      case Types.BINARY, Types.VARBINARY, Types.LONGVARBINARY, Types.BLOB -> bytes(value);
      case Types.DATE,
          Types.TIME,
          Types.TIMESTAMP,
          Types.TIME_WITH_TIMEZONE,
          Types.TIMESTAMP_WITH_TIMEZONE ->
          temporal(value, type);
      case Types.OTHER, Types.JAVA_OBJECT, Types.NULL -> stored(value);
      default -> throw SqlErrors.notSupported("a parameter of JDBC type " + type);
    };
  }

  private static boolean truth(Object value) throws SQLException {
    if (value instanceof Boolean truth) {
      return truth;
    }
    if (value instanceof String text) {
      switch (text.trim().toLowerCase(Locale.ROOT)) {
        case "true", "t", "yes", "y", "on" -> {
          return true;
        }
        case "false", "f", "no", "n", "off" -> {
          return false;
        }
        default -> {
          return number(text, "BOOLEAN").signum() != 0;
        }
      }
    }
    return number(value, "BOOLEAN").signum() != 0;
  }

  private static Long integer(Object value, long min, long max, String type) throws SQLException {
    BigInteger whole = number(value, type).toBigInteger();
    if (whole.compareTo(MIN_LONG) < 0 || whole.compareTo(MAX_LONG) > 0) {
      throw SqlErrors.overflow(value, type);
    }
    long result = whole.longValue();
    if (result < min || result > max) {
      throw SqlErrors.overflow(value, type);
    }
    return result;
  }

  private static Double real(Object value) throws SQLException {
    return value instanceof Double || value instanceof Float
        ? ((Number) value).doubleValue()
        : number(value, "DOUBLE").doubleValue();
  }

  private static Object decimal(Object value, int scale) throws SQLException {
    if (scale == NO_SCALE && value instanceof Number number) {
      return number(number);
    }
    BigDecimal decimal = number(value, "DECIMAL");
    BigDecimal scaled =
        scale == NO_SCALE || scale < 0 ? decimal : decimal.setScale(scale, RoundingMode.HALF_UP);
    return scaled.toPlainString();
  }

  private static BigDecimal number(Object value, String type) throws SQLException {
    try {
      if (value instanceof BigDecimal decimal) {
        return decimal;
      }
      if (value instanceof Boolean truth) {
        return truth ? BigDecimal.ONE : BigDecimal.ZERO;
      }
      if (value instanceof Number || value instanceof String || value instanceof Character) {
        BigDecimal number = new BigDecimal(value.toString().trim());
        // Beyond that, making an integer of it would take all memory.
        if ((long) number.precision() - number.scale() > 400) {
          throw SqlErrors.overflow(value, type);
        }
        return number;
      }
    } catch (NumberFormatException e) {
      throw SqlErrors.notConvertible(value, type);
    }
    throw SqlErrors.notConvertible(value, type);
  }

  private String text(Object value) throws SQLException {
    if (value instanceof String text) {
      return text;
    }
    if (value instanceof BigDecimal decimal) {
      return decimal.toPlainString();
    }
    if (value instanceof Boolean) {
      return value.toString();
    }
    if (value instanceof Clob clob) {
      return read(clob.getCharacterStream(), -1);
    }
    if (value instanceof Reader reader) {
      return read(reader, -1);
    }
    if (value instanceof byte[] || value instanceof Blob || value instanceof InputStream) {
      throw SqlErrors.notConvertible("bytes", "text");
    }
    return stored(value).toString();
  }

  private static byte[] bytes(Object value) throws SQLException {
    if (value instanceof byte[] bytes) {
      return bytes.clone();
    }
    if (value instanceof Blob blob) {
      return read(blob.getBinaryStream(), -1);
    }
    if (value instanceof InputStream stream) {
      return read(stream, -1);
    }
    if (value instanceof UUID uuid) {
      return ByteBuffer.allocate(16)
          .putLong(uuid.getMostSignificantBits())
          .putLong(uuid.getLeastSignificantBits())
          .array();
    }
    if (value instanceof String text) {
      return text.getBytes(StandardCharsets.UTF_8);
    }
    throw SqlErrors.notConvertible(value, "BLOB");
  }

  private Object temporal(Object value, int type) throws SQLException {
    if (value instanceof Date date) {
      return dates.stored(dated(date.getTime(), date, type), ZoneId.systemDefault());
    }
    if (value instanceof Calendar calendar) {
      return temporal(new Timestamp(calendar.getTimeInMillis()), type);
    }
    if (value instanceof String text) {
      try {
        return temporal(dates.parse(text).local(), type);
      } catch (java.time.DateTimeException e) {
        throw SqlErrors.notConvertible(value, "date or time");
      }
    }
    if (type == Types.DATE) {
      return Temporals.write(localDate(value));
    }
    if (type == Types.TIME) {
      return Temporals.write(localTime(value));
    }
    return temporal(
        value instanceof LocalDate date && type == Types.TIMESTAMP ? date.atStartOfDay() : value);
  }

  private static Date dated(long millis, Date value, int type) {
    return switch (type) {
      case Types.DATE -> new java.sql.Date(millis);
      case Types.TIME -> new java.sql.Time(millis);
      default -> value instanceof Timestamp ? value : new Timestamp(millis);
    };
  }

  private static LocalDate localDate(Object value) throws SQLException {
    if (value instanceof LocalDate date) {
      return date;
    } else if (value instanceof LocalDateTime dateTime) {
      return dateTime.toLocalDate();
    } else if (value instanceof OffsetDateTime dateTime) {
      return dateTime.toLocalDate();
    } else if (value instanceof ZonedDateTime dateTime) {
      return dateTime.toLocalDate();
    } else if (value instanceof Instant instant) {
      return LocalDate.ofInstant(instant, ZoneId.systemDefault());
    }
    throw SqlErrors.notConvertible(value, "DATE");
  }

  private static LocalTime localTime(Object value) throws SQLException {
    if (value instanceof LocalTime time) {
      return time;
    } else if (value instanceof LocalDateTime dateTime) {
      return dateTime.toLocalTime();
    } else if (value instanceof OffsetDateTime dateTime) {
      return dateTime.toLocalTime();
    } else if (value instanceof ZonedDateTime dateTime) {
      return dateTime.toLocalTime();
    } else if (value instanceof OffsetTime time) {
      return time.toLocalTime();
    } else if (value instanceof Instant instant) {
      return LocalTime.ofInstant(instant, ZoneId.systemDefault());
    }
    throw SqlErrors.notConvertible(value, "TIME");
  }

  /**
   * The bytes of a stream.
   *
   * @param limit how many at most; negative for all
   */
  static byte[] read(InputStream stream, long limit) throws SQLException {
    try {
      return limit < 0
          ? stream.readAllBytes()
          : stream.readNBytes((int) Math.min(limit, Integer.MAX_VALUE));
    } catch (IOException e) {
      throw new SQLException("the parameter's stream cannot be read", "HY000", e);
    }
  }

  /**
   * The text of a reader.
   *
   * @param limit how many characters at most; negative for all
   */
  static String read(Reader reader, long limit) throws SQLException {
    try {
      if (limit >= 0) {
        char[] text = new char[(int) Math.min(limit, 8192)];
        StringBuilder builder = new StringBuilder();
        long left = limit;
        int count;
        while (left > 0 && (count = reader.read(text, 0, (int) Math.min(left, text.length))) >= 0) {
          builder.append(text, 0, count);
          left -= count;
        }
        return builder.toString();
      }
      StringWriter text = new StringWriter();
      reader.transferTo(text);
      return text.toString();
    } catch (IOException e) {
      throw new SQLException("the parameter's stream cannot be read", "HY000", e);
    }
  }
}
