package dev.tursojdbc.sql.parse;

import org.antlr.v4.runtime.CharStream;
import org.antlr.v4.runtime.IntStream;
import org.antlr.v4.runtime.misc.Interval;

/**
 * A statement's text as the lexer reads it: a part of a string, counted from its first character in
 * UTF-16 units.
 *
 * <p>ANTLR's own streams count code points, so that their offsets would be no offsets in a {@link
 * String}. The lexer needs to know no more of a character beyond 16 bits than that its halves
 * belong to words and strings.
 */
final class SqlText implements CharStream {
  private final String sql;
  private final int from;
  private final int size;
  private int index;

  /** The text from {@code from} on; a NUL ends it, as in SQLite. */
  SqlText(String sql, int from) {
    this.sql = sql;
    this.from = from;
    int nul = sql.indexOf('\0', from);
    this.size = (nul < 0 ? sql.length() : nul) - from;
  }

  char charAt(int offset) {
    return sql.charAt(from + offset);
  }

  String substring(int start, int end) {
    return sql.substring(from + start, from + end);
  }

  @Override
  public void consume() {
    index++;
  }

  @Override
  public int LA(int distance) {
    int at = distance > 0 ? index + distance - 1 : index + distance;
    return at >= 0 && at < size ? sql.charAt(from + at) : IntStream.EOF;
  }

  @Override
  public int mark() {
    return -1;
  }

  @Override
  public void release(int marker) {}

  @Override
  public int index() {
    return index;
  }

  @Override
  public void seek(int index) {
    this.index = index;
  }

  @Override
  public int size() {
    return size;
  }

  @Override
  public String getText(Interval interval) {
    return substring(interval.a, Math.min(interval.b + 1, size));
  }

  @Override
  public String getSourceName() {
    return UNKNOWN_SOURCE_NAME;
  }
}
