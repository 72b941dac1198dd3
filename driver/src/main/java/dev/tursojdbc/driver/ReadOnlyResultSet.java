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

/** The half of {@link ResultSet} that changes rows: none of it, as result sets are read-only. */
abstract class ReadOnlyResultSet implements LabelledUpdates, JdbcWrapper {
  @Override
  public final void updateNull(int columnIndex) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBoolean(int columnIndex, boolean value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateByte(int columnIndex, byte value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateShort(int columnIndex, short value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateInt(int columnIndex, int value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateLong(int columnIndex, long value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateFloat(int columnIndex, float value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateDouble(int columnIndex, double value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBigDecimal(int columnIndex, BigDecimal value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateString(int columnIndex, String value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBytes(int columnIndex, byte[] value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateDate(int columnIndex, Date value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateTime(int columnIndex, Time value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateTimestamp(int columnIndex, Timestamp value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, InputStream value, int length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, InputStream value, int length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, Reader value, int length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateObject(int columnIndex, Object value, int length) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateObject(int columnIndex, Object value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void insertRow() throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateRow() throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void deleteRow() throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void refreshRow() throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void cancelRowUpdates() throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void moveToInsertRow() throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void moveToCurrentRow() throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateRef(int columnIndex, Ref value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBlob(int columnIndex, Blob value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateClob(int columnIndex, Clob value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateArray(int columnIndex, Array value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateRowId(int columnIndex, RowId value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateNString(int columnIndex, String value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateNClob(int columnIndex, NClob value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateSQLXML(int columnIndex, SQLXML value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, Reader value, long length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, InputStream value, long length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, InputStream value, long length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, Reader value, long length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBlob(int columnIndex, InputStream value, long length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateClob(int columnIndex, Reader value, long length) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateNClob(int columnIndex, Reader value, long length) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateNCharacterStream(int columnIndex, Reader value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateAsciiStream(int columnIndex, InputStream value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBinaryStream(int columnIndex, InputStream value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateCharacterStream(int columnIndex, Reader value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateBlob(int columnIndex, InputStream value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateClob(int columnIndex, Reader value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateNClob(int columnIndex, Reader value) throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateObject(int columnIndex, Object value, SQLType length, int scale)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }

  @Override
  public final void updateObject(int columnIndex, Object value, SQLType length)
      throws SQLException {
    throw SqlErrors.notSupported("updatable result sets");
  }
}
