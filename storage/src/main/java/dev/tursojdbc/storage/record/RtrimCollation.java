package dev.tursojdbc.storage.record;

/** Compares the bytes without the spaces (0x20) at the end. */
final class RtrimCollation implements Collation {
  @Override
  public String name() {
    return "RTRIM";
  }

  @Override
  public int compare(
      byte[] left, int leftOffset, int leftLength, byte[] right, int rightOffset, int rightLength) {
    return BinaryCollation.compareBytes(
        left,
        leftOffset,
        trimmedLength(left, leftOffset, leftLength),
        right,
        rightOffset,
        trimmedLength(right, rightOffset, rightLength));
  }

  private static int trimmedLength(byte[] bytes, int offset, int length) {
    int trimmed = length;
    while (trimmed > 0 && bytes[offset + trimmed - 1] == ' ') {
      trimmed--;
    }
    return trimmed;
  }
}
