package dev.tursojdbc.driver;

import java.io.InputStream;
import java.net.URL;
import java.sql.Array;
import java.sql.Ref;
import java.sql.ResultSet;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLXML;

/** What {@link ResultSet} has for types and cursors that SQLite has not: all is refused. */
interface UntypedResultSet extends ResultSet {
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
}
