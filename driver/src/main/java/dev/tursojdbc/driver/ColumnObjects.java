package dev.tursojdbc.driver;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Calendar;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The current row's values as objects of a class that the caller names. */
final class ColumnObjects {
  private interface Conversion {
    @Nullable Object of(ColumnValues values, int column, ZoneId zone) throws SQLException;
  }

  private static final Map<Class<?>, Conversion> CONVERSIONS = new HashMap<>();

  private static void add(Class<?> type, Conversion conversion) {
    CONVERSIONS.put(type, conversion);
  }

  static {
    add(Object.class, (values, column, zone) -> values.object(column));
    add(String.class, (values, column, zone) -> values.string(column));
    add(Character.class, (values, column, zone) -> character(values, column));
    add(byte[].class, (values, column, zone) -> values.bytes(column));
    add(Boolean.class, (values, column, zone) -> values.truth(column));
    add(Byte.class, (values, column, zone) -> values.byteValue(column));
    add(Short.class, (values, column, zone) -> values.shortValue(column));
    add(Integer.class, (values, column, zone) -> values.intValue(column));
    add(Long.class, (values, column, zone) -> values.longValue(column));
    add(Float.class, (values, column, zone) -> (float) values.real(column));
    add(Double.class, (values, column, zone) -> values.real(column));
    add(Number.class, (values, column, zone) -> number(values, column));
    add(BigDecimal.class, (values, column, zone) -> values.decimal(column));
    add(BigInteger.class, (values, column, zone) -> bigInteger(values, column));
    add(UUID.class, (values, column, zone) -> uuid(values, column));
    add(Blob.class, (values, column, zone) -> blob(values, column));
    add(Clob.class, (values, column, zone) -> clob(values, column));
    add(NClob.class, (values, column, zone) -> clob(values, column));
    add(InputStream.class, (values, column, zone) -> stream(values, column));
    add(Reader.class, (values, column, zone) -> reader(values, column));
    add(Date.class, (values, column, zone) -> values.date(column, zone));
    add(Time.class, (values, column, zone) -> values.time(column, zone));
    add(Timestamp.class, (values, column, zone) -> values.timestamp(column, zone));
    add(java.util.Date.class, (values, column, zone) -> values.timestamp(column, zone));
    add(Calendar.class, ColumnObjects::calendar);
    add(Instant.class, ColumnValues::instant);
    add(LocalDateTime.class, ColumnValues::local);
    add(LocalDate.class, ColumnObjects::localDate);
    add(LocalTime.class, ColumnObjects::localTime);
    add(OffsetDateTime.class, ColumnValues::offset);
    add(OffsetTime.class, ColumnObjects::offsetTime);
    add(ZonedDateTime.class, ColumnObjects::zoned);
  }

  private ColumnObjects() {}

  /** The value, null if it is NULL. */
  static <T> @Nullable T get(ColumnValues values, int column, @Nullable Class<T> type)
      throws SQLException {
    if (type == null) {
      throw SqlErrors.misuse("no class to convert to");
    }
    Conversion conversion = CONVERSIONS.get(type);
    if (conversion == null && type.isEnum()) {
      return values.isNull(column) ? null : constant(values, column, type);
    }
    if (conversion == null) {
      throw SqlErrors.notSupported("conversion to " + type.getName());
    }
    return values.isNull(column)
        ? null
        : type.cast(conversion.of(values, column, ZoneId.systemDefault()));
  }

  /** The constant of an enum that has the text as its name, as {@code setObject} writes it. */
  private static <T> T constant(ColumnValues values, int column, Class<T> type)
      throws SQLException {
    String text = String.valueOf(values.string(column));
    for (T constant : type.getEnumConstants()) {
      if (((Enum<?>) constant).name().equals(text)) {
        return constant;
      }
    }
    throw SqlErrors.notConvertible(text, type.getSimpleName());
  }

  /** A text of one character. */
  private static Character character(ColumnValues values, int column) throws SQLException {
    String text = String.valueOf(values.string(column));
    if (text.length() != 1) {
      throw SqlErrors.notConvertible(text, "char");
    }
    return text.charAt(0);
  }

  static @Nullable Blob blob(ColumnValues values, int column) throws SQLException {
    byte[] bytes = values.bytes(column);
    return bytes == null ? null : new JdbcBlob(bytes);
  }

  static @Nullable NClob clob(ColumnValues values, int column) throws SQLException {
    String text = values.string(column);
    return text == null ? null : new JdbcClob(text);
  }

  static @Nullable InputStream stream(ColumnValues values, int column) throws SQLException {
    byte[] bytes = values.bytes(column);
    return bytes == null ? null : new ByteArrayInputStream(bytes);
  }

  static @Nullable Reader reader(ColumnValues values, int column) throws SQLException {
    String text = values.string(column);
    return text == null ? null : new StringReader(text);
  }

  private static @Nullable Object number(ColumnValues values, int column) throws SQLException {
    return values.object(column) instanceof Number number ? number : values.decimal(column);
  }

  private static @Nullable BigInteger bigInteger(ColumnValues values, int column)
      throws SQLException {
    BigDecimal decimal = values.decimal(column);
    return decimal == null ? null : decimal.toBigInteger();
  }

  /** Sixteen bytes, or text. */
  private static UUID uuid(ColumnValues values, int column) throws SQLException {
    if (values.object(column) instanceof byte[] bytes && bytes.length == 16) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      return new UUID(buffer.getLong(), buffer.getLong());
    }
    String text = String.valueOf(values.string(column));
    try {
      return UUID.fromString(text);
    } catch (IllegalArgumentException e) {
      throw SqlErrors.notConvertible(text, "UUID");
    }
  }

  private static @Nullable Calendar calendar(ColumnValues values, int column, ZoneId zone)
      throws SQLException {
    Timestamp timestamp = values.timestamp(column, zone);
    if (timestamp == null) {
      return null;
    }
    Calendar calendar = Calendar.getInstance();
    calendar.setTime(timestamp);
    return calendar;
  }

  private static @Nullable LocalDate localDate(ColumnValues values, int column, ZoneId zone)
      throws SQLException {
    LocalDateTime local = values.local(column, zone);
    return local == null ? null : local.toLocalDate();
  }

  private static @Nullable LocalTime localTime(ColumnValues values, int column, ZoneId zone)
      throws SQLException {
    LocalDateTime local = values.local(column, zone);
    return local == null ? null : local.toLocalTime();
  }

  private static @Nullable OffsetTime offsetTime(ColumnValues values, int column, ZoneId zone)
      throws SQLException {
    OffsetDateTime offset = values.offset(column, zone);
    return offset == null ? null : offset.toOffsetTime();
  }

  private static @Nullable ZonedDateTime zoned(ColumnValues values, int column, ZoneId zone)
      throws SQLException {
    OffsetDateTime offset = values.offset(column, zone);
    return offset == null ? null : offset.toZonedDateTime();
  }
}
