package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A value known when the statement is bound. Equal if storage class and payload are. */
public final class Constant implements BoundExpression {
  public static final Constant NULL = new Constant(StorageClass.NULL, 0, 0, Register.EMPTY);
  public static final Constant ZERO = ofInteger(0);
  public static final Constant ONE = ofInteger(1);

  private final int type;
  private final long integer;
  private final double real;
  private final byte[] bytes;

  private Constant(int type, long integer, double real, byte[] bytes) {
    this.type = type;
    this.integer = integer;
    this.real = real;
    this.bytes = bytes;
  }

  public static Constant ofInteger(long value) {
    return new Constant(StorageClass.INTEGER, value, 0, Register.EMPTY);
  }

  public static Constant ofReal(double value) {
    return Double.isNaN(value) ? NULL : new Constant(StorageClass.REAL, 0, value, Register.EMPTY);
  }

  public static Constant ofText(String value) {
    return new Constant(StorageClass.TEXT, 0, 0, value.getBytes(StandardCharsets.UTF_8));
  }

  public static Constant ofBlob(byte[] value) {
    return new Constant(StorageClass.BLOB, 0, 0, value);
  }

  /** One of the {@link StorageClass} constants. */
  public int type() {
    return type;
  }

  public long integer() {
    return integer;
  }

  public double real() {
    return real;
  }

  /** UTF-8 of a text, or the blob; not to be changed. */
  public byte[] bytes() {
    return bytes;
  }

  public boolean isNull() {
    return type == StorageClass.NULL;
  }

  public boolean isInteger() {
    return type == StorageClass.INTEGER;
  }

  /** The text of a TEXT constant. */
  public String text() {
    return new String(bytes, StandardCharsets.UTF_8);
  }

  public void copyTo(Register target) {
    switch (type) {
      case StorageClass.INTEGER -> target.setInteger(integer);
      case StorageClass.REAL -> target.setReal(real);
      case StorageClass.TEXT -> target.setText(bytes);
      case StorageClass.BLOB -> target.setBlob(bytes);
      default -> target.setNull();
    }
  }

  @Override
  public Affinity affinity() {
    return Affinity.NONE;
  }

  @Override
  public List<BoundExpression> children() {
    return List.of();
  }

  @Override
  public BoundExpression withChildren(List<BoundExpression> children) {
    return this;
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }

  @Override
  public boolean equals(Object object) {
    return object instanceof Constant other
        && type == other.type
        && integer == other.integer
        && Double.doubleToLongBits(real) == Double.doubleToLongBits(other.real)
        && Arrays.equals(bytes, other.bytes);
  }

  @Override
  public int hashCode() {
    return 31 * (31 * type + Long.hashCode(integer))
        + Double.hashCode(real)
        + Arrays.hashCode(bytes);
  }

  @Override
  public String toString() {
    return switch (type) {
      case StorageClass.INTEGER -> Long.toString(integer);
      case StorageClass.REAL -> Double.toString(real);
      case StorageClass.TEXT -> "'" + text().replace("'", "''") + "'";
      case StorageClass.BLOB -> "x'" + HexFormat.of().formatHex(bytes) + "'";
      default -> "NULL";
    };
  }
}
