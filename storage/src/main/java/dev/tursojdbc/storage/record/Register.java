package dev.tursojdbc.storage.record;

/**
 * One value in place: a storage class and its payload, changed over and over without allocation.
 *
 * <p>Text is UTF-8. {@link #bytes} with {@link #offset} and {@link #length} holds TEXT and BLOB; it
 * may point into a page image (images are immutable) or any array that its owner will not change
 * while the register is in use. Which field counts is said by {@link #type}, the others are stale.
 */
public class Register {
  /** One of the {@link StorageClass} constants. */
  public int type;

  public long integer;
  public double real;
  public byte[] bytes = EMPTY;
  public int offset;
  public int length;

  /** A mark that a function left on a TEXT, such as "this is JSON"; 0 if none. */
  public int subtype;

  public static final byte[] EMPTY = new byte[0];

  public final void setNull() {
    type = StorageClass.NULL;
  }

  public final void setInteger(long value) {
    type = StorageClass.INTEGER;
    integer = value;
  }

  /** Sets a REAL; NaN becomes NULL, as everywhere in SQLite. */
  public final void setReal(double value) {
    if (Double.isNaN(value)) {
      type = StorageClass.NULL;
    } else {
      type = StorageClass.REAL;
      real = value;
    }
  }

  public final void setText(byte[] source, int from, int count) {
    type = StorageClass.TEXT;
    setBytes(source);
    offset = from;
    length = count;
    subtype = 0;
  }

  public final void setText(byte[] utf8) {
    setText(utf8, 0, utf8.length);
  }

  public final void setBlob(byte[] source, int from, int count) {
    type = StorageClass.BLOB;
    setBytes(source);
    offset = from;
    length = count;
  }

  public final void setBlob(byte[] source) {
    setBlob(source, 0, source.length);
  }

  /** Takes over the other register's value; bytes are shared, not copied. */
  public final void set(Register source) {
    int sourceType = source.type;
    type = sourceType;
    if (sourceType == StorageClass.TEXT || sourceType == StorageClass.BLOB) {
      setBytes(source.bytes);
      offset = source.offset;
      length = source.length;
      subtype = source.subtype;
    } else {
      integer = source.integer;
      real = source.real;
    }
  }

  /**
   * Values that follow each other mostly lie in the same page. Writing a reference is dear (the
   * garbage collector has to learn of it), comparing it is not.
   */
  private void setBytes(byte[] source) {
    if (bytes != source) {
      bytes = source;
    }
  }

  public final boolean isNull() {
    return type == StorageClass.NULL;
  }
}
