package dev.tursojdbc.driver;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;

/** The forms of {@link ResultSet}'s updaters that name columns by their labels. */
interface LabelledUpdates extends ResultSet {
  @Override
  default void updateNull(String columnLabel) throws SQLException {
    updateNull(findColumn(columnLabel));
  }

  @Override
  default void updateBoolean(String columnLabel, boolean value) throws SQLException {
    updateBoolean(findColumn(columnLabel), value);
  }

  @Override
  default void updateByte(String columnLabel, byte value) throws SQLException {
    updateByte(findColumn(columnLabel), value);
  }

  @Override
  default void updateShort(String columnLabel, short value) throws SQLException {
    updateShort(findColumn(columnLabel), value);
  }

  @Override
  default void updateInt(String columnLabel, int value) throws SQLException {
    updateInt(findColumn(columnLabel), value);
  }

  @Override
  default void updateLong(String columnLabel, long value) throws SQLException {
    updateLong(findColumn(columnLabel), value);
  }

  @Override
  default void updateFloat(String columnLabel, float value) throws SQLException {
    updateFloat(findColumn(columnLabel), value);
  }

  @Override
  default void updateDouble(String columnLabel, double value) throws SQLException {
    updateDouble(findColumn(columnLabel), value);
  }

  @Override
  default void updateBigDecimal(String columnLabel, BigDecimal value) throws SQLException {
    updateBigDecimal(findColumn(columnLabel), value);
  }

  @Override
  default void updateString(String columnLabel, String value) throws SQLException {
    updateString(findColumn(columnLabel), value);
  }

  @Override
  default void updateBytes(String columnLabel, byte[] value) throws SQLException {
    updateBytes(findColumn(columnLabel), value);
  }

  @Override
  default void updateDate(String columnLabel, Date value) throws SQLException {
    updateDate(findColumn(columnLabel), value);
  }

  @Override
  default void updateTime(String columnLabel, Time value) throws SQLException {
    updateTime(findColumn(columnLabel), value);
  }

  @Override
  default void updateTimestamp(String columnLabel, Timestamp value) throws SQLException {
    updateTimestamp(findColumn(columnLabel), value);
  }

  @Override
  default void updateAsciiStream(String columnLabel, InputStream value, int length)
      throws SQLException {
    updateAsciiStream(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateBinaryStream(String columnLabel, InputStream value, int length)
      throws SQLException {
    updateBinaryStream(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateCharacterStream(String columnLabel, Reader value, int length)
      throws SQLException {
    updateCharacterStream(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateObject(String columnLabel, Object value, int length) throws SQLException {
    updateObject(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateObject(String columnLabel, Object value) throws SQLException {
    updateObject(findColumn(columnLabel), value);
  }

  @Override
  default void updateRef(String columnLabel, Ref value) throws SQLException {
    updateRef(findColumn(columnLabel), value);
  }

  @Override
  default void updateBlob(String columnLabel, Blob value) throws SQLException {
    updateBlob(findColumn(columnLabel), value);
  }

  @Override
  default void updateClob(String columnLabel, Clob value) throws SQLException {
    updateClob(findColumn(columnLabel), value);
  }

  @Override
  default void updateArray(String columnLabel, Array value) throws SQLException {
    updateArray(findColumn(columnLabel), value);
  }

  @Override
  default void updateRowId(String columnLabel, RowId value) throws SQLException {
    updateRowId(findColumn(columnLabel), value);
  }

  @Override
  default void updateNString(String columnLabel, String value) throws SQLException {
    updateNString(findColumn(columnLabel), value);
  }

  @Override
  default void updateNClob(String columnLabel, NClob value) throws SQLException {
    updateNClob(findColumn(columnLabel), value);
  }

  @Override
  default void updateSQLXML(String columnLabel, SQLXML value) throws SQLException {
    updateSQLXML(findColumn(columnLabel), value);
  }

  @Override
  default void updateNCharacterStream(String columnLabel, Reader value, long length)
      throws SQLException {
    updateNCharacterStream(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateAsciiStream(String columnLabel, InputStream value, long length)
      throws SQLException {
    updateAsciiStream(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateBinaryStream(String columnLabel, InputStream value, long length)
      throws SQLException {
    updateBinaryStream(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateCharacterStream(String columnLabel, Reader value, long length)
      throws SQLException {
    updateCharacterStream(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateBlob(String columnLabel, InputStream value, long length) throws SQLException {
    updateBlob(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateClob(String columnLabel, Reader value, long length) throws SQLException {
    updateClob(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateNClob(String columnLabel, Reader value, long length) throws SQLException {
    updateNClob(findColumn(columnLabel), value, length);
  }

  @Override
  default void updateNCharacterStream(String columnLabel, Reader value) throws SQLException {
    updateNCharacterStream(findColumn(columnLabel), value);
  }

  @Override
  default void updateAsciiStream(String columnLabel, InputStream value) throws SQLException {
    updateAsciiStream(findColumn(columnLabel), value);
  }

  @Override
  default void updateBinaryStream(String columnLabel, InputStream value) throws SQLException {
    updateBinaryStream(findColumn(columnLabel), value);
  }

  @Override
  default void updateCharacterStream(String columnLabel, Reader value) throws SQLException {
    updateCharacterStream(findColumn(columnLabel), value);
  }

  @Override
  default void updateBlob(String columnLabel, InputStream value) throws SQLException {
    updateBlob(findColumn(columnLabel), value);
  }

  @Override
  default void updateClob(String columnLabel, Reader value) throws SQLException {
    updateClob(findColumn(columnLabel), value);
  }

  @Override
  default void updateNClob(String columnLabel, Reader value) throws SQLException {
    updateNClob(findColumn(columnLabel), value);
  }

  @Override
  default void updateObject(String columnLabel, Object value, SQLType length, int scale)
      throws SQLException {
    updateObject(findColumn(columnLabel), value, length, scale);
  }

  @Override
  default void updateObject(String columnLabel, Object value, SQLType length) throws SQLException {
    updateObject(findColumn(columnLabel), value, length);
  }
}
