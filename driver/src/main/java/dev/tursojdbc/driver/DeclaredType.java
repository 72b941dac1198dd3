package dev.tursojdbc.driver;

import java.sql.Types;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What JDBC says of a column by the type that CREATE TABLE declares for it, such as {@code
 * DECIMAL(10,2)}, or by the type that an expression's values are forecast to have. Where neither is
 * known it is VARCHAR.
 *
 * @param name the declared name in capitals, without the sizes
 * @param precision the first size, 0 if none
 * @param scale the second size, 0 if none
 */
record DeclaredType(String name, int precision, int scale) {

  static DeclaredType parse(@Nullable String declared) {
    if (declared == null || declared.isBlank()) {
      return new DeclaredType("", 0, 0);
    }
    String text = declared.trim().toUpperCase(Locale.ROOT);
    int open = text.indexOf('(');
    if (open < 0) {
      return new DeclaredType(text, 0, 0);
    }
    int close = text.indexOf(')', open);
    String[] sizes = text.substring(open + 1, close < 0 ? text.length() : close).split(",");
    return new DeclaredType(text.substring(0, open).trim(), size(sizes, 0), size(sizes, 1));
  }

  private static int size(String[] sizes, int index) {
    if (index >= sizes.length || !sizes[index].trim().matches("\\d{1,9}")) {
      return 0;
    }
    return Integer.parseInt(sizes[index].trim());
  }

  int jdbcType() {
    return switch (name) {
      case "BIGINT", "INT8", "UNSIGNED BIG INT" -> Types.BIGINT;
      case "SMALLINT", "INT2" -> Types.SMALLINT;
      case "TINYINT" -> Types.TINYINT;
      case "BOOL", "BOOLEAN" -> Types.BOOLEAN;
      case "CHAR", "CHARACTER" -> Types.CHAR;
      case "CLOB" -> Types.CLOB;
      case "BLOB" -> Types.BLOB;
      case "REAL" -> Types.REAL;
      case "FLOAT" -> Types.FLOAT;
      case "DOUBLE", "DOUBLE PRECISION" -> Types.DOUBLE;
      case "NUMERIC" -> Types.NUMERIC;
      case "DECIMAL" -> Types.DECIMAL;
      case "DATE" -> Types.DATE;
      case "TIME" -> Types.TIME;
      case "DATETIME", "TIMESTAMP" -> Types.TIMESTAMP;
      case "TIMESTAMP WITH TIME ZONE" -> Types.TIMESTAMP_WITH_TIMEZONE;
      default -> name.contains("INT") ? Types.INTEGER : Types.VARCHAR;
    };
  }

  /** What {@code getObject} most likely gives; the value decides in the end. */
  String className() {
    return switch (jdbcType()) {
      case Types.INTEGER, Types.SMALLINT, Types.TINYINT, Types.BOOLEAN -> "java.lang.Integer";
      case Types.BIGINT -> "java.lang.Long";
      case Types.REAL, Types.FLOAT, Types.DOUBLE, Types.NUMERIC, Types.DECIMAL ->
          "java.lang.Double";
      case Types.BLOB -> "[B";
      default -> "java.lang.String";
    };
  }

  boolean isNumber() {
    return switch (jdbcType()) {
      case Types.INTEGER,
          Types.SMALLINT,
          Types.TINYINT,
          Types.BIGINT,
          Types.REAL,
          Types.FLOAT,
          Types.DOUBLE,
          Types.NUMERIC,
          Types.DECIMAL ->
          true;
      default -> false;
    };
  }

  int displaySize() {
    if (precision > 0) {
      return precision;
    }
    return isNumber() ? 20 : 255;
  }
}
