package dev.tursojdbc.driver;

import java.sql.ParameterMetaData;
import java.sql.SQLException;
import java.sql.Types;

/** SQLite's parameters have no types: each takes any value, and is reported as VARCHAR. */
record JdbcParameterMetaData(int count) implements ParameterMetaData, JdbcWrapper {
  @Override
  public int getParameterCount() {
    return count;
  }

  private void check(int parameter) throws SQLException {
    if (parameter < 1 || parameter > count) {
      throw SqlErrors.badIndex("parameter " + parameter + " out of bounds [1, " + count + "]");
    }
  }

  @Override
  public int isNullable(int parameter) throws SQLException {
    check(parameter);
    return parameterNullable;
  }

  @Override
  public boolean isSigned(int parameter) throws SQLException {
    check(parameter);
    return true;
  }

  @Override
  public int getPrecision(int parameter) throws SQLException {
    check(parameter);
    return 0;
  }

  @Override
  public int getScale(int parameter) throws SQLException {
    check(parameter);
    return 0;
  }

  @Override
  public int getParameterType(int parameter) throws SQLException {
    check(parameter);
    return Types.VARCHAR;
  }

  @Override
  public String getParameterTypeName(int parameter) throws SQLException {
    check(parameter);
    return "TEXT";
  }

  @Override
  public String getParameterClassName(int parameter) throws SQLException {
    check(parameter);
    return "java.lang.String";
  }

  @Override
  public int getParameterMode(int parameter) throws SQLException {
    check(parameter);
    return parameterModeIn;
  }
}
