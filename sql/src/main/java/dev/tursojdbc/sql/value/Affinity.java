package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.Locale;

/**
 * The storage class that a column or a CAST prefers, and what comparisons convert to.
 *
 * <p>In the order of SQLite: whatever is at least {@link #NUMERIC} converts text to numbers where
 * it compares. {@link #NONE} belongs to expressions that are no columns; it differs from {@link
 * #BLOB}, a column's affinity that converts nothing, where one side of a comparison has to decide.
 */
public enum Affinity {
  NONE,
  BLOB,
  TEXT,
  NUMERIC,
  INTEGER,
  REAL;

  public boolean isNumeric() {
    return compareTo(NUMERIC) >= 0;
  }

  /**
   * The affinity of a declared type, by SQLite's rules in their order: INT; CHAR, CLOB, TEXT; BLOB
   * or no type; REAL, FLOA, DOUB; anything else is NUMERIC.
   */
  public static Affinity ofType(String declaredType) {
    String type = declaredType.toUpperCase(Locale.ROOT);
    if (type.contains("INT")) {
      return INTEGER;
    }
    if (type.contains("CHAR") || type.contains("CLOB") || type.contains("TEXT")) {
      return TEXT;
    }
    if (type.isBlank() || type.contains("BLOB")) {
      return BLOB;
    }
    if (type.contains("REAL") || type.contains("FLOA") || type.contains("DOUB")) {
      return REAL;
    }
    return NUMERIC;
  }

  /**
   * What both sides of a comparison are converted to.
   *
   * <p>If both are columns and one is numeric, NUMERIC; if both are columns and none is, nothing;
   * if one is a column, its affinity.
   */
  public static Affinity ofComparison(Affinity left, Affinity right) {
    if (left != NONE && right != NONE) {
      return left.isNumeric() || right.isNumeric() ? NUMERIC : BLOB;
    }
    return left == NONE ? right : left;
  }

  /**
   * Converts a value on its way into a column, in place, if nothing is lost by it.
   *
   * <p>A text becomes a number only if it is one as a whole; a REAL becomes an INTEGER if it is
   * whole and neither the smallest nor the largest INTEGER; REAL makes every number a REAL.
   */
  public void apply(Register value) {
    switch (this) {
      case TEXT -> ValueText.convert(value);
      case NUMERIC, INTEGER -> {
        if (value.type == StorageClass.TEXT) {
          parseNumber(value);
        }
        if (value.type == StorageClass.REAL) {
          makeIntegerIfWhole(value);
        }
      }
      case REAL -> {
        if (value.type == StorageClass.TEXT) {
          parseNumber(value);
        }
        if (value.type == StorageClass.INTEGER) {
          value.setReal((double) value.integer);
        }
      }
      case NONE, BLOB -> {
        // Every value is as welcome as it is.
      }
    }
  }

  /**
   * Makes a text that is a number as a whole that number: an INTEGER if digits only, and it fits.
   * If a zero byte ends the digits, that is told by the REAL that they are.
   */
  public static void parseNumber(Register value) {
    int kind = NumericText.readReal(value.bytes, value.offset, value.length, value);
    if (kind == NumericText.REAL) {
      value.setReal(value.real);
    } else if (kind == NumericText.INTEGER) {
      int exactness = NumericText.readInteger(value.bytes, value.offset, value.length, value);
      if (exactness == NumericText.EXACT
          || exactness == NumericText.INEXACT && NumericValue.isSame(value.real, value.integer)) {
        value.setInteger(value.integer);
      } else {
        value.setReal(value.real);
      }
    }
  }

  private static void makeIntegerIfWhole(Register value) {
    long whole = (long) value.real;
    if (value.real == (double) whole && whole > Long.MIN_VALUE && whole < Long.MAX_VALUE) {
      value.setInteger(whole);
    }
  }
}
