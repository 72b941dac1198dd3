package dev.tursojdbc.storage.record;

import java.util.Arrays;

/**
 * Compares the bytes as unsigned numbers; where one text is the beginning of the other, the shorter
 * is first.
 *
 * <p>Most comparisons are decided in the first bytes, so eight of each are compared as one unsigned
 * number before the general loop is called.
 */
final class BinaryCollation implements Collation {
  @Override
  public String name() {
    return "BINARY";
  }

  @Override
  public int compare(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    return compareBytes(left, leftOffset, leftLength, right, rightOffset, rightLength);
  }

  static int compareBytes(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    if (leftLength >= Long.BYTES && rightLength >= Long.BYTES) {
      long leftStart = (long) SerialType.LONG.get(left, leftOffset);
      long rightStart = (long) SerialType.LONG.get(right, rightOffset);
      if (leftStart != rightStart) {
        return Long.compareUnsigned(leftStart, rightStart);
      }
    }
    return Arrays.compareUnsigned(
        left, leftOffset, leftOffset + leftLength, right, rightOffset, rightOffset + rightLength);
  }
}
