package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** A growing array of bytes in which functions build texts and blobs, up to a limit. */
public final class TextBuilder {
  /** The longest array that every Java virtual machine can make. */
  private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

  private static final long PRECAUTION = 32;

  private byte[] bytes;
  private int length;
  private final int limit;

  /**
   * @param limit most bytes in the result; more fail as TOOBIG
   */
  public TextBuilder(int limit) {
    this(limit, 32);
  }

  /**
   * @param expected bytes for which room is made at once
   */
  public TextBuilder(int limit, int expected) {
    this.limit = Math.min(limit, MAX_ARRAY);
    this.bytes = new byte[Math.min(Math.max(expected, 8), this.limit)];
  }

  public int length() {
    return length;
  }

  public byte at(int index) {
    return bytes[index];
  }

  /** Shortens the content. */
  public void setLength(int newLength) {
    assert newLength <= length;
    length = newLength;
  }

  public TextBuilder append(byte[] source, int offset, int count) {
    reserve(count);
    System.arraycopy(source, offset, bytes, length, count);
    length += count;
    return this;
  }

  public TextBuilder append(byte[] source) {
    return append(source, 0, source.length);
  }

  /** Appends the bytes of a TEXT or BLOB. */
  public TextBuilder append(Register value) {
    return append(value.bytes, value.offset, value.length);
  }

  public TextBuilder append(String text) {
    return append(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Appends one byte: an ASCII character, or a part of something longer. */
  public TextBuilder append(int next) {
    reserve(1);
    bytes[length++] = (byte) next;
    return this;
  }

  public TextBuilder appendRepeated(int next, int count) {
    if (count > 0) {
      reserveExactly(count);
      Arrays.fill(bytes, length, length + count, (byte) next);
      length += count;
    }
    return this;
  }

  /** Appends some bytes again and again; refuses at once what gets too long. */
  public TextBuilder appendRepeated(byte[] source, int offset, int count, int times) {
    if (times > 0 && count > 0) {
      reserveExactly((long) count * times);
      int total = count * times;
      System.arraycopy(source, offset, bytes, length, count);
      // What is there is doubled, so that a single byte does not take a step each time.
      for (int done = count; done < total; done *= 2) {
        System.arraycopy(bytes, length, bytes, length + done, Math.min(done, total - done));
      }
      length += total;
    }
    return this;
  }

  /** Moves what follows an index to make room for a repeated byte. */
  public TextBuilder insertRepeated(int index, int next, int count) {
    int tail = length - index;
    appendRepeated(next, count);
    System.arraycopy(bytes, index, bytes, index + count, tail);
    Arrays.fill(bytes, index, index + count, (byte) next);
    return this;
  }

  public TextBuilder appendCodePoint(int codePoint) {
    reserve(4);
    length += Utf8.write(bytes, length, codePoint);
    return this;
  }

  public TextBuilder appendInteger(long value) {
    reserve(IntegerText.MAX_LENGTH);
    length += IntegerText.write(value, bytes, length);
    return this;
  }

  /** Appends the text that SQLite gives a REAL. */
  public TextBuilder appendReal(double value) {
    RealText.append(value, this);
    return this;
  }

  /** Gives a register the content as TEXT. The builder must not be used afterwards. */
  public void toText(Register result) {
    checkLimit();
    result.setText(bytes, 0, length);
  }

  public byte[] toByteArray() {
    return Arrays.copyOf(bytes, length);
  }

  @Override
  public String toString() {
    return new String(bytes, 0, length, StandardCharsets.UTF_8);
  }

  /** Appending is not as strict, for what it reserves as a precaution. */
  private void checkLimit() {
    if (length > limit) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
  }

  /** Refuses so many more bytes if they would pass the limit. */
  public void requireRoom(long count) {
    if (length + count > limit) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
  }

  private void reserve(int count) {
    long wanted = (long) length + count;
    if (wanted > bytes.length) {
      grow(wanted);
    }
  }

  /** Makes room for what all belongs to the content. */
  private void reserveExactly(long count) {
    if (length + count > limit) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
    reserve((int) count);
  }

  private void grow(long wanted) {
    // What a short append reserves as a precaution may pass the limit; the content may not by much.
    if (wanted > limit + PRECAUTION) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
    long size = Math.max(wanted, Math.min(2L * bytes.length, limit));
    if (size > MAX_ARRAY) {
      throw new TursoException(ErrorCode.TOOBIG);
    }
    bytes = Arrays.copyOf(bytes, (int) size);
  }
}
