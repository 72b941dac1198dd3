package dev.tursojdbc.driver;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.SQLException;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.ZoneId;
import java.util.Calendar;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The getters by column number, one for each type: each asks for the column, which must be there,
 * and converts its value by the rules of {@link ColumnValues} and {@link ColumnObjects}.
 */
abstract class TypedResultSet extends ReadOnlyResultSet {
  ColumnValues values;

  /**
   * The index of a column of the current row.
   *
   * @throws SQLException if there is no row or no such column
   */
  abstract int column(int columnIndex) throws SQLException;

  private static ZoneId zone(@Nullable Calendar calendar) {
    return calendar == null ? ZoneId.systemDefault() : calendar.getTimeZone().toZoneId();
  }

  @Override
  public @Nullable String getString(int columnIndex) throws SQLException {
    return values.string(column(columnIndex));
  }

  @Override
  public boolean getBoolean(int columnIndex) throws SQLException {
    return values.truth(column(columnIndex));
  }

  @Override
  public byte getByte(int columnIndex) throws SQLException {
    return values.byteValue(column(columnIndex));
  }

  @Override
  public short getShort(int columnIndex) throws SQLException {
    return values.shortValue(column(columnIndex));
  }

  @Override
  public int getInt(int columnIndex) throws SQLException {
    return values.intValue(column(columnIndex));
  }

  @Override
  public long getLong(int columnIndex) throws SQLException {
    return values.longValue(column(columnIndex));
  }

  @Override
  public float getFloat(int columnIndex) throws SQLException {
    return (float) values.real(column(columnIndex));
  }

  @Override
  public double getDouble(int columnIndex) throws SQLException {
    return values.real(column(columnIndex));
  }

  @Override
  public byte @Nullable [] getBytes(int columnIndex) throws SQLException {
    return values.bytes(column(columnIndex));
  }

  @Override
  public @Nullable BigDecimal getBigDecimal(int columnIndex) throws SQLException {
    return values.decimal(column(columnIndex));
  }

  @Override
  public @Nullable Date getDate(int columnIndex) throws SQLException {
    return values.date(column(columnIndex), zone(null));
  }

  @Override
  public @Nullable Date getDate(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    return values.date(column(columnIndex), zone(calendar));
  }

  @Override
  public @Nullable Time getTime(int columnIndex) throws SQLException {
    return values.time(column(columnIndex), zone(null));
  }

  @Override
  public @Nullable Time getTime(int columnIndex, @Nullable Calendar calendar) throws SQLException {
    return values.time(column(columnIndex), zone(calendar));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex) throws SQLException {
    return values.timestamp(column(columnIndex), zone(null));
  }

  @Override
  public @Nullable Timestamp getTimestamp(int columnIndex, @Nullable Calendar calendar)
      throws SQLException {
    return values.timestamp(column(columnIndex), zone(calendar));
  }

  @Override
  public @Nullable Object getObject(int columnIndex) throws SQLException {
    return values.object(column(columnIndex));
  }

  @Override
  public @Nullable Object getObject(int columnIndex, Map<String, Class<?>> map)
      throws SQLException {
    return getObject(columnIndex);
  }

  @Override
  public <T> @Nullable T getObject(int columnIndex, Class<T> type) throws SQLException {
    return ColumnObjects.get(values, column(columnIndex), type);
  }

  @Override
  public @Nullable InputStream getBinaryStream(int columnIndex) throws SQLException {
    return ColumnObjects.stream(values, column(columnIndex));
  }

  @Override
  public @Nullable InputStream getAsciiStream(int columnIndex) throws SQLException {
    String text = values.string(column(columnIndex));
    return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public @Nullable Reader getCharacterStream(int columnIndex) throws SQLException {
    return ColumnObjects.reader(values, column(columnIndex));
  }

  @Override
  public @Nullable Reader getNCharacterStream(int columnIndex) throws SQLException {
    return getCharacterStream(columnIndex);
  }

  @Override
  public @Nullable String getNString(int columnIndex) throws SQLException {
    return getString(columnIndex);
  }

  @Override
  public @Nullable Blob getBlob(int columnIndex) throws SQLException {
    return ColumnObjects.blob(values, column(columnIndex));
  }

  @Override
  public @Nullable Clob getClob(int columnIndex) throws SQLException {
    return ColumnObjects.clob(values, column(columnIndex));
  }

  @Override
  public @Nullable NClob getNClob(int columnIndex) throws SQLException {
    return ColumnObjects.clob(values, column(columnIndex));
  }

  @Override
  @Deprecated
  public @Nullable BigDecimal getBigDecimal(int columnIndex, int scale) throws SQLException {
    BigDecimal value = getBigDecimal(columnIndex);
    return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
  }
}
