package dev.tursojdbc.sql.exec;

import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.Arrays;

/** Whether values are the same, and copies of them that last. */
final class SameValues {
  private SameValues() {}

  /** Whether two values are the same to the last bit, storage class included. */
  static boolean identical(Register left, Register right) {
    if (left.type != right.type) {
      return false;
    }
    return switch (left.type) {
      case StorageClass.INTEGER -> left.integer == right.integer;
      case StorageClass.REAL ->
          Double.doubleToRawLongBits(left.real) == Double.doubleToRawLongBits(right.real);
      case StorageClass.TEXT, StorageClass.BLOB ->
          Arrays.equals(
              left.bytes,
              left.offset,
              left.offset + left.length,
              right.bytes,
              right.offset,
              right.offset + right.length);
      default -> true;
    };
  }

  /** Makes a register own its bytes, so that it outlives the page that they came from. */
  static void own(Register value) {
    if (value.type == StorageClass.TEXT || value.type == StorageClass.BLOB) {
      value.bytes = Arrays.copyOfRange(value.bytes, value.offset, value.offset + value.length);
      value.offset = 0;
    }
  }
}
