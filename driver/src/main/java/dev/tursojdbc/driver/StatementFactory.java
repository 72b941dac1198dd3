package dev.tursojdbc.driver;

import java.sql.Array;
import java.sql.CallableStatement;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Statement;
import java.sql.Struct;

/**
 * The forms of {@link Connection} that create statements with more arguments than the text, and
 * those for what SQLite has not.
 */
interface StatementFactory extends Connection {
  @Override
  default Statement createStatement(int type, int concurrency) throws SQLException {
    checkForwardOnly(type, concurrency);
    return createStatement();
  }

  @Override
  default Statement createStatement(int type, int concurrency, int holdability)
      throws SQLException {
    checkForwardOnly(type, concurrency);
    return createStatement();
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int type, int concurrency)
      throws SQLException {
    checkForwardOnly(type, concurrency);
    return prepareStatement(sql);
  }

  @Override
  default PreparedStatement prepareStatement(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    checkForwardOnly(type, concurrency);
    return prepareStatement(sql);
  }

  private static void checkForwardOnly(int type, int concurrency) throws SQLException {
    if (type != ResultSet.TYPE_FORWARD_ONLY) {
      throw SqlErrors.notSupported("scrollable result sets");
    }
    if (concurrency != ResultSet.CONCUR_READ_ONLY) {
      throw SqlErrors.notSupported("updatable result sets");
    }
  }

  @Override
  default CallableStatement prepareCall(String sql) throws SQLException {
    throw SqlErrors.notSupported("stored procedures");
  }

  @Override
  default CallableStatement prepareCall(String sql, int type, int concurrency) throws SQLException {
    throw SqlErrors.notSupported("stored procedures");
  }

  @Override
  default CallableStatement prepareCall(String sql, int type, int concurrency, int holdability)
      throws SQLException {
    throw SqlErrors.notSupported("stored procedures");
  }

  @Override
  default SQLXML createSQLXML() throws SQLException {
    throw SqlErrors.notSupported("SQLXML");
  }

  @Override
  default Array createArrayOf(String typeName, Object[] elements) throws SQLException {
    throw SqlErrors.notSupported("arrays");
  }

  @Override
  default Struct createStruct(String typeName, Object[] attributes) throws SQLException {
    throw SqlErrors.notSupported("structs");
  }
}
