package dev.tursojdbc.driver;

import java.io.InputStream;
import java.net.URL;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;

/** The setters of {@link PreparedStatement} for types that SQLite has not: all are refused. */
interface UntypedParameters extends PreparedStatement {
  @Override
  @Deprecated
  default void setUnicodeStream(int parameterIndex, InputStream value, int length)
      throws SQLException {
    throw SqlErrors.notSupported("setUnicodeStream");
  }

  @Override
  default void setArray(int parameterIndex, Array value) throws SQLException {
    throw SqlErrors.notSupported("a parameter of type Array");
  }

  @Override
  default void setRef(int parameterIndex, Ref value) throws SQLException {
    throw SqlErrors.notSupported("a parameter of type Ref");
  }

  @Override
  default void setRowId(int parameterIndex, RowId value) throws SQLException {
    throw SqlErrors.notSupported("a parameter of type RowId");
  }

  @Override
  default void setSQLXML(int parameterIndex, SQLXML value) throws SQLException {
    throw SqlErrors.notSupported("a parameter of type SQLXML");
  }

  @Override
  default void setURL(int parameterIndex, URL value) throws SQLException {
    throw SqlErrors.notSupported("a parameter of type URL");
  }
}
