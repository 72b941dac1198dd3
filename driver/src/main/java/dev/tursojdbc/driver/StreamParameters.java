package dev.tursojdbc.driver;

import java.io.InputStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * The setters of {@link PreparedStatement} that take streams, readers, Blobs and Clobs: all are
 * read to their end at once and set as bytes or text.
 */
interface StreamParameters extends PreparedStatement {
  private static void checkLength(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.badLength("negative length: " + length);
    }
  }

  private void setStream(int parameterIndex, @Nullable InputStream stream, long limit)
      throws SQLException {
    setBytes(parameterIndex, stream == null ? null : ParameterConversion.read(stream, limit));
  }

  private void setReader(int parameterIndex, @Nullable Reader reader, long limit)
      throws SQLException {
    setString(parameterIndex, reader == null ? null : ParameterConversion.read(reader, limit));
  }

  private void setAscii(int parameterIndex, @Nullable InputStream stream, long limit)
      throws SQLException {
    setString(
        parameterIndex,
        stream == null
            ? null
            : new String(ParameterConversion.read(stream, limit), StandardCharsets.US_ASCII));
  }

  @Override
  default void setBinaryStream(int parameterIndex, @Nullable InputStream value, int length)
      throws SQLException {
    checkLength(length);
    setStream(parameterIndex, value, length);
  }

  @Override
  default void setBinaryStream(int parameterIndex, @Nullable InputStream value, long length)
      throws SQLException {
    checkLength(length);
    setStream(parameterIndex, value, length);
  }

  @Override
  default void setBinaryStream(int parameterIndex, @Nullable InputStream value)
      throws SQLException {
    setStream(parameterIndex, value, -1);
  }

  @Override
  default void setAsciiStream(int parameterIndex, @Nullable InputStream value, int length)
      throws SQLException {
    checkLength(length);
    setAscii(parameterIndex, value, length);
  }

  @Override
  default void setAsciiStream(int parameterIndex, @Nullable InputStream value, long length)
      throws SQLException {
    checkLength(length);
    setAscii(parameterIndex, value, length);
  }

  @Override
  default void setAsciiStream(int parameterIndex, @Nullable InputStream value) throws SQLException {
    setAscii(parameterIndex, value, -1);
  }

  @Override
  default void setCharacterStream(int parameterIndex, @Nullable Reader value, int length)
      throws SQLException {
    checkLength(length);
    setReader(parameterIndex, value, length);
  }

  @Override
  default void setCharacterStream(int parameterIndex, @Nullable Reader value, long length)
      throws SQLException {
    checkLength(length);
    setReader(parameterIndex, value, length);
  }

  @Override
  default void setCharacterStream(int parameterIndex, @Nullable Reader value) throws SQLException {
    setReader(parameterIndex, value, -1);
  }

  @Override
  default void setNCharacterStream(int parameterIndex, @Nullable Reader value, long length)
      throws SQLException {
    checkLength(length);
    setReader(parameterIndex, value, length);
  }

  @Override
  default void setNCharacterStream(int parameterIndex, @Nullable Reader value) throws SQLException {
    setReader(parameterIndex, value, -1);
  }

  @Override
  default void setBlob(int parameterIndex, @Nullable InputStream value, long length)
      throws SQLException {
    checkLength(length);
    setStream(parameterIndex, value, length);
  }

  @Override
  default void setBlob(int parameterIndex, @Nullable InputStream value) throws SQLException {
    setStream(parameterIndex, value, -1);
  }

  @Override
  default void setClob(int parameterIndex, @Nullable Reader value, long length)
      throws SQLException {
    checkLength(length);
    setReader(parameterIndex, value, length);
  }

  @Override
  default void setClob(int parameterIndex, @Nullable Reader value) throws SQLException {
    setReader(parameterIndex, value, -1);
  }

  @Override
  default void setNClob(int parameterIndex, @Nullable Reader value, long length)
      throws SQLException {
    checkLength(length);
    setReader(parameterIndex, value, length);
  }

  @Override
  default void setNClob(int parameterIndex, @Nullable Reader value) throws SQLException {
    setReader(parameterIndex, value, -1);
  }

  @Override
  default void setBlob(int parameterIndex, @Nullable Blob value) throws SQLException {
    setStream(parameterIndex, value == null ? null : value.getBinaryStream(), -1);
  }

  @Override
  default void setClob(int parameterIndex, @Nullable Clob value) throws SQLException {
    setReader(parameterIndex, value == null ? null : value.getCharacterStream(), -1);
  }

  @Override
  default void setNClob(int parameterIndex, @Nullable NClob value) throws SQLException {
    setReader(parameterIndex, value == null ? null : value.getCharacterStream(), -1);
  }
}
