package dev.tursojdbc.driver;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.sql.Blob;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Bytes in memory, a copy of what the database holds: changing them changes no row. */
final class JdbcBlob implements Blob {
  private byte @Nullable [] bytes;
  private int size;

  JdbcBlob(byte[] bytes) {
    this.bytes = bytes;
    this.size = bytes.length;
  }

  private byte[] content() throws SQLException {
    byte[] content = bytes;
    if (content == null) {
      throw SqlErrors.closed("Blob");
    }
    return content;
  }

  /** The index of a position, which may be just after the last byte. */
  private int index(long position) throws SQLException {
    content();
    if (position < 1 || position > size + 1L) {
      throw SqlErrors.badLength("position " + position + " is not within the Blob");
    }
    return (int) position - 1;
  }

  @Override
  public long length() throws SQLException {
    content();
    return size;
  }

  @Override
  public byte[] getBytes(long position, int length) throws SQLException {
    int from = index(position);
    checkLength(length);
    return Arrays.copyOfRange(content(), from, (int) Math.min(size, (long) from + length));
  }

  private static void checkLength(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.badLength("negative length: " + length);
    }
  }

  @Override
  public InputStream getBinaryStream() throws SQLException {
    return new ByteArrayInputStream(content(), 0, size);
  }

  @Override
  public InputStream getBinaryStream(long position, long length) throws SQLException {
    int from = index(position);
    checkLength(length);
    if (from + length > size) {
      throw SqlErrors.badLength("the Blob ends before " + (from + length));
    }
    return new ByteArrayInputStream(content(), from, (int) length);
  }

  @Override
  public long position(byte[] pattern, long start) throws SQLException {
    byte[] content = content();
    if (start < 1) {
      throw SqlErrors.badLength("position " + start + " is not within the Blob");
    }
    for (long at = start - 1; at + pattern.length <= size; at++) {
      int from = (int) at;
      if (Arrays.equals(content, from, from + pattern.length, pattern, 0, pattern.length)) {
        return at + 1;
      }
    }
    return -1;
  }

  @Override
  public long position(Blob pattern, long start) throws SQLException {
    return position(pattern.getBytes(1, (int) pattern.length()), start);
  }

  @Override
  public int setBytes(long position, byte[] source) throws SQLException {
    return setBytes(position, source, 0, source.length);
  }

  @Override
  public int setBytes(long position, byte[] source, int offset, int length) throws SQLException {
    int from = index(position);
    if (offset < 0 || length < 0 || length > source.length - offset) {
      throw SqlErrors.badLength("offset " + offset + ", length " + length);
    }
    int end = from + length;
    byte[] content = content();
    if (end > content.length) {
      content = Arrays.copyOf(content, Math.max(end, content.length * 2));
      bytes = content;
    }
    System.arraycopy(source, offset, content, from, length);
    size = Math.max(size, end);
    return length;
  }

  @Override
  public OutputStream setBinaryStream(long position) throws SQLException {
    index(position);
    return new OutputStream() {
      private long at = position;

      @Override
      public void write(int value) throws java.io.IOException {
        write(new byte[] {(byte) value}, 0, 1);
      }

      @Override
      public void write(byte[] source, int offset, int length) throws java.io.IOException {
        try {
          at += setBytes(at, source, offset, length);
        } catch (SQLException e) {
          throw new java.io.IOException(e);
        }
      }
    };
  }

  @Override
  public void truncate(long length) throws SQLException {
    content();
    checkLength(length);
    if (length > size) {
      throw SqlErrors.badLength("the Blob is shorter than " + length);
    }
    size = (int) length;
  }

  @Override
  public void free() {
    bytes = null;
    size = 0;
  }
}
