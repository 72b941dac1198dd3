package dev.tursojdbc.storage.record;

/**
 * SQLite's order of values: NULL, then numbers by value, then texts by their collation, then blobs
 * by their bytes. NULLs count as equal here.
 */
public final class ValueOrder {
  /** 2 to the power of 63, one more than the largest INTEGER. */
  private static final double TWO_POW_63 = 0x1p63;

  private ValueOrder() {}

  /** Negative, zero or positive as the left value is before, equal to or after the right one. */
  public static int compare(Register left, Register right, Collation collation) {
    int leftType = left.type;
    int rightType = right.type;
    if (leftType == StorageClass.INTEGER && rightType == StorageClass.INTEGER) {
      return Long.compare(left.integer, right.integer);
    }
    if (isNumber(leftType) && isNumber(rightType)) {
      return compareNumbers(left, right);
    }
    if (leftType != rightType) {
      return leftType - rightType;
    }
    if (leftType == StorageClass.NULL) {
      return 0;
    }
    if (leftType == StorageClass.TEXT) {
      return collation.compare(
          left.bytes, left.offset, left.length, right.bytes, right.offset, right.length);
    }
    return BinaryCollation.compareBytes(
        left.bytes, left.offset, left.length, right.bytes, right.offset, right.length);
  }

  private static int compareNumbers(Register left, Register right) {
    if (left.type == StorageClass.REAL) {
      return right.type == StorageClass.REAL
          ? compareReals(left.real, right.real)
          : -compare(right.integer, left.real);
    }
    return compare(left.integer, right.real);
  }

  static boolean isNumber(int storageClass) {
    return storageClass == StorageClass.INTEGER || storageClass == StorageClass.REAL;
  }

  /** By value: negative zero equals zero. NaN does not occur. */
  public static int compareReals(double left, double right) {
    return left < right ? -1 : left > right ? 1 : 0;
  }

  /**
   * Compares an INTEGER with a REAL without rounding either: 9007199254740993 is greater than
   * 9007199254740992.0. A NaN, which only a malformed file holds, is before everything.
   */
  public static int compare(long left, double right) {
    if (right < -TWO_POW_63 || Double.isNaN(right)) {
      return 1;
    }
    if (right >= TWO_POW_63) {
      return -1;
    }
    long truncated = (long) right;
    if (left != truncated) {
      return left < truncated ? -1 : 1;
    }
    // Equal up to the fraction; a REAL with a fraction is below 2^53, where the cast is exact.
    return compareReals((double) left, right);
  }
}
