package dev.tursojdbc.driver;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.sql.Clob;
import java.sql.NClob;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Text in memory, a copy of what the database holds: changing it changes no row. */
final class JdbcClob implements NClob {
  private @Nullable StringBuilder text;

  JdbcClob(String text) {
    this.text = new StringBuilder(text);
  }

  private StringBuilder content() throws SQLException {
    StringBuilder content = text;
    if (content == null) {
      throw SqlErrors.closed("Clob");
    }
    return content;
  }

  /** The index of a position, which may be just after the last character. */
  private int index(long position) throws SQLException {
    if (position < 1 || position > content().length() + 1L) {
      throw SqlErrors.badLength("position " + position + " is not within the Clob");
    }
    return (int) position - 1;
  }

  private static void checkLength(long length) throws SQLException {
    if (length < 0) {
      throw SqlErrors.badLength("negative length: " + length);
    }
  }

  @Override
  public long length() throws SQLException {
    return content().length();
  }

  @Override
  public String getSubString(long position, int length) throws SQLException {
    int from = index(position);
    checkLength(length);
    StringBuilder content = content();
    return content.substring(from, (int) Math.min(content.length(), (long) from + length));
  }

  @Override
  public Reader getCharacterStream() throws SQLException {
    return new StringReader(content().toString());
  }

  @Override
  public Reader getCharacterStream(long position, long length) throws SQLException {
    int from = index(position);
    checkLength(length);
    StringBuilder content = content();
    if (from + length > content.length()) {
      throw SqlErrors.badLength("the Clob ends before " + (from + length));
    }
    return new StringReader(content.substring(from, from + (int) length));
  }

  @Override
  public InputStream getAsciiStream() throws SQLException {
    return new ByteArrayInputStream(content().toString().getBytes(StandardCharsets.US_ASCII));
  }

  @Override
  public long position(String pattern, long start) throws SQLException {
    if (start < 1) {
      throw SqlErrors.badLength("position " + start + " is not within the Clob");
    }
    int from = (int) Math.min(start - 1, Integer.MAX_VALUE);
    int found = from > content().length() ? -1 : content().indexOf(pattern, from);
    return found < 0 ? -1 : found + 1L;
  }

  @Override
  public long position(Clob pattern, long start) throws SQLException {
    return position(pattern.getSubString(1, (int) pattern.length()), start);
  }

  @Override
  public int setString(long position, String value) throws SQLException {
    return setString(position, value, 0, value.length());
  }

  @Override
  public int setString(long position, String value, int offset, int length) throws SQLException {
    int from = index(position);
    if (offset < 0 || length < 0 || length > value.length() - offset) {
      throw SqlErrors.badLength("offset " + offset + ", length " + length);
    }
    StringBuilder content = content();
    int end = Math.min(content.length(), from + length);
    content.replace(from, end, value.substring(offset, offset + length));
    return length;
  }

  @Override
  public OutputStream setAsciiStream(long position) throws SQLException {
    Writer writer = setCharacterStream(position);
    return new OutputStream() {
      @Override
      public void write(int value) throws java.io.IOException {
        writer.write(value & 0x7F);
      }
    };
  }

  @Override
  public Writer setCharacterStream(long position) throws SQLException {
    index(position);
    return new Writer() {
      private long at = position;

      @Override
      public void write(char[] source, int offset, int length) throws java.io.IOException {
        try {
          at += setString(at, new String(source, offset, length));
        } catch (SQLException e) {
          throw new java.io.IOException(e);
        }
      }

      @Override
      public void flush() {}

      @Override
      public void close() {}
    };
  }

  @Override
  public void truncate(long length) throws SQLException {
    checkLength(length);
    if (length > content().length()) {
      throw SqlErrors.badLength("the Clob is shorter than " + length);
    }
    content().setLength((int) length);
  }

  @Override
  public void free() {
    text = null;
  }
}
