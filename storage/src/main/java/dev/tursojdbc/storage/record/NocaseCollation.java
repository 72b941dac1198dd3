package dev.tursojdbc.storage.record;

/**
 * Folds the ASCII capitals, compares the bytes, then the lengths.
 *
 * <p>A zero byte in both texts ends the comparison of bytes there, as in SQLite, whose loop is the
 * one for C strings; the lengths then decide.
 */
final class NocaseCollation implements Collation {
  @Override
  public String name() {
    return "NOCASE";
  }

  @Override
  public int compare(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    int common = Math.min(leftLength, rightLength);
    for (int i = 0; i < common; i++) {
      int a = fold(left[leftOffset + i]);
      int b = fold(right[rightOffset + i]);
      if (a != b) {
        return a - b;
      }
      if (a == 0) {
        break;
      }
    }
    return leftLength - rightLength;
  }

  private static int fold(byte letter) {
    int value = letter & 0xFF;
    return value >= 'A' && value <= 'Z' ? value + 32 : value;
  }
}
