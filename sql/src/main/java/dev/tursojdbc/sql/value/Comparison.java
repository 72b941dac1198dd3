package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.ValueOrder;

/**
 * Comparison as an operator does it: after the conversion that the affinity of the comparison asks
 * for ({@link Affinity#ofComparison}).
 *
 * <p>A numeric affinity makes texts that are numbers numbers; TEXT makes numbers texts if the other
 * side is a text; anything else converts nothing. NULLs are the caller's: here they equal each
 * other and are before all else.
 */
public final class Comparison {
  private Comparison() {}

  /**
   * Negative, zero or positive as the left value is less than, equal to or greater than the right.
   */
  public static int compare(Register left, Register right, Affinity affinity, Collation collation) {
    if (affinity.isNumeric()) {
      if (left.type == StorageClass.TEXT || right.type == StorageClass.TEXT) {
        return ValueOrder.compare(numeric(left), numeric(right), collation);
      }
    } else if (affinity == Affinity.TEXT
        && left.type != right.type
        && (left.type == StorageClass.TEXT || right.type == StorageClass.TEXT)) {
      return ValueOrder.compare(text(left), text(right), collation);
    }
    return ValueOrder.compare(left, right, collation);
  }

  private static Register numeric(Register value) {
    if (value.type != StorageClass.TEXT) {
      return value;
    }
    Register number = new Register();
    number.set(value);
    Affinity.parseNumber(number);
    return number;
  }

  private static Register text(Register value) {
    if (value.type != StorageClass.INTEGER && value.type != StorageClass.REAL) {
      return value;
    }
    Register text = new Register();
    ValueText.read(value, text);
    return text;
  }
}
