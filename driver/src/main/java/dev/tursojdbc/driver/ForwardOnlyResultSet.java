package dev.tursojdbc.driver;

import java.io.InputStream;
import java.net.URL;
import java.sql.Array;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;

/**
 * What {@link ResultSet} has for scrolling and for types that SQLite has not; refused by all of our
 * result sets.
 */
interface ForwardOnlyResultSet extends ResultSet {
  @Override
  default Array getArray(int columnIndex) throws SQLException {
    throw SqlErrors.notSupported("Array");
  }

  @Override
  default Ref getRef(int columnIndex) throws SQLException {
    throw SqlErrors.notSupported("Ref");
  }

  @Override
  default RowId getRowId(int columnIndex) throws SQLException {
    throw SqlErrors.notSupported("RowId");
  }

  @Override
  default SQLXML getSQLXML(int columnIndex) throws SQLException {
    throw SqlErrors.notSupported("SQLXML");
  }

  @Override
  default URL getURL(int columnIndex) throws SQLException {
    throw SqlErrors.notSupported("URL");
  }

  @Override
  @Deprecated
  default InputStream getUnicodeStream(int columnIndex) throws SQLException {
    throw SqlErrors.notSupported("getUnicodeStream");
  }

  @Override
  default String getCursorName() throws SQLException {
    throw SqlErrors.notSupported("named cursors");
  }

  @Override
  default void beforeFirst() throws SQLException {
    throw SqlErrors.notSupported("scrollable result sets");
  }

  @Override
  default void afterLast() throws SQLException {
    throw SqlErrors.notSupported("scrollable result sets");
  }

  @Override
  default boolean first() throws SQLException {
    throw SqlErrors.notSupported("scrollable result sets");
  }

  @Override
  default boolean last() throws SQLException {
    throw SqlErrors.notSupported("scrollable result sets");
  }

  @Override
  default boolean absolute(int row) throws SQLException {
    throw SqlErrors.notSupported("scrollable result sets");
  }

  @Override
  default boolean relative(int count) throws SQLException {
    throw SqlErrors.notSupported("scrollable result sets");
  }

  @Override
  default boolean previous() throws SQLException {
    throw SqlErrors.notSupported("scrollable result sets");
  }
}
