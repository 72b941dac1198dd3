package dev.tursojdbc.sql.parse;

import java.util.Arrays;

/**
 * The shape of a statement's text: the text with a mark in the place of each number and string. Two
 * texts of one shape are the same tokens but for the values of those literals.
 *
 * <p>This is no second lexer. It knows where tokens of the common kinds begin and end, and {@link
 * #scan} declines a text that has anything else in it: parameters, comments, blobs, hexadecimal
 * numbers, separators between digits, another statement behind the first, any character that has no
 * place in a statement. What it does not decline, it separates just as the lexer does.
 *
 * <p>Integers that begin with 0, and 1, stay in the shape: a planner makes a difference between
 * those and others.
 *
 * <p>One object scans any number of texts, one after the other.
 */
public final class StatementShape {
  /** Longer texts are seldom seen twice in any shape. */
  public static final int MAX_TEXT_LENGTH = 20_000;

  private static final int MAX_LITERALS = 1000;

  /** What an ASCII character can begin, or go on with, outside of quotes; 0 if nothing. */
  private static final byte[] KINDS = new byte[128];

  private static final byte BLANK = 1;
  private static final byte WORD = 2;
  private static final byte DIGIT = 3;
  private static final byte OPERATOR = 4;
  private static final byte SPECIAL = 5;

  static {
    mark(" \t\n\f\r", BLANK);
    mark("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz_", WORD);
    mark("0123456789", DIGIT);
    mark("()+,*%=<>!&|~", OPERATOR);
    mark("\"`['.-/;", SPECIAL);
  }

  private static void mark(String characters, byte kind) {
    for (int i = 0; i < characters.length(); i++) {
      KINDS[characters.charAt(i)] = kind;
    }
  }

  /** What kind of literal a mark stands for; none of these can be in a text outside of quotes. */
  public enum Kind {
    INTEGER('\u0001'),
    REAL('\u0002'),
    TEXT('\u0003');

    private final char mark;

    Kind(char mark) {
      this.mark = mark;
    }
  }

  private String sql = "";
  private char[] shape = new char[256];
  private int length;
  private int end;
  private int count;
  private int[] starts = new int[16];
  private int[] ends = new int[16];
  private Kind[] kinds = new Kind[16];
  private int[] marks = new int[16];

  /**
   * Looks at a text.
   *
   * @return false if it has something that is not for this; then nothing else may be asked
   */
  public boolean scan(String text) {
    sql = text;
    length = 0;
    count = 0;
    end = text.length();
    if (end > MAX_TEXT_LENGTH) {
      return false;
    }
    if (shape.length < end) {
      shape = new char[Math.max(end, 2 * shape.length)];
    }
    int at = 0;
    while (at >= 0 && at < end) {
      at = token(at);
    }
    return at >= 0;
  }

  /** Copies or marks one token. @return where the next begins; -1 to give up */
  private int token(int at) {
    char c = sql.charAt(at);
    if (c >= 128) {
      return c == '\uFEFF' ? -1 : word(at);
    }
    return switch (KINDS[c]) {
      case BLANK, OPERATOR -> copy(at, at + 1);
      case WORD -> word(at);
      case DIGIT -> number(at);
      case SPECIAL -> special(at, c);
      default -> -1;
    };
  }

  private int special(int at, char c) {
    char next = at + 1 < end ? sql.charAt(at + 1) : ' ';
    return switch (c) {
      case '"', '`' -> quoted(at, c);
      case '[' -> quoted(at, ']');
      case '\'' -> string(at);
      case '.' -> isDigit(next) ? number(at) : copy(at, at + 1);
      case '-' -> next == '-' ? -1 : copy(at, at + 1);
      case '/' -> next == '*' ? -1 : copy(at, at + 1);
      default -> semicolon(at);
    };
  }

  private int copy(int from, int to) {
    sql.getChars(from, to, shape, length);
    length += to - from;
    return to;
  }

  private int word(int from) {
    int at = from + 1;
    while (at < end && isWordPart(sql.charAt(at))) {
      at++;
    }
    // A word before a quote may be the x of a blob.
    return at < end && sql.charAt(at) == '\'' ? -1 : copy(from, at);
  }

  private static boolean isWordPart(char c) {
    return c >= 128 || KINDS[c] == WORD || KINDS[c] == DIGIT || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private int number(int from) {
    int at = digits(from);
    Kind kind = Kind.INTEGER;
    if (at < end && sql.charAt(at) == '.') {
      kind = Kind.REAL;
      at = digits(at + 1);
    }
    if (at < end && (sql.charAt(at) | 0x20) == 'e') {
      kind = Kind.REAL;
      int exponent = at + 1;
      if (exponent < end && (sql.charAt(exponent) == '+' || sql.charAt(exponent) == '-')) {
        exponent++;
      }
      at = digits(exponent);
      if (at == exponent) {
        return -1;
      }
    }
    if (at < end && isWordPart(sql.charAt(at))) {
      return -1;
    }
    if (kind == Kind.INTEGER && staysInShape(from, at)) {
      return copy(from, at);
    }
    return literal(kind, from, at);
  }

  private boolean staysInShape(int from, int to) {
    char first = sql.charAt(from);
    return first == '0' || (first == '1' && to - from == 1);
  }

  private int digits(int from) {
    int at = from;
    while (at < end && isDigit(sql.charAt(at))) {
      at++;
    }
    return at;
  }

  private int string(int from) {
    int at = from + 1;
    while (true) {
      int quote = sql.indexOf('\'', at);
      if (quote < 0) {
        return -1;
      }
      at = quote + 1;
      if (at == end || sql.charAt(at) != '\'') {
        return literal(Kind.TEXT, from, at);
      }
      at++;
    }
  }

  /** A quoted name, which is part of the shape; one with a mark in it would be ambiguous. */
  private int quoted(int from, char close) {
    int at = from + 1;
    while (at < end) {
      char c = sql.charAt(at++);
      if (c < ' ') {
        return -1;
      }
      if (c == close) {
        if (close == ']' || at == end || sql.charAt(at) != close) {
          return copy(from, at);
        }
        at++;
      }
    }
    return -1;
  }

  /** The end, if nothing but blanks follows. */
  private int semicolon(int at) {
    for (int i = at + 1; i < end; i++) {
      char c = sql.charAt(i);
      if (c >= 128 || KINDS[c] != BLANK) {
        return -1;
      }
    }
    copy(at, at + 1);
    end = at + 1;
    return end;
  }

  private int literal(Kind kind, int from, int to) {
    if (count == MAX_LITERALS) {
      return -1;
    }
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
      kinds = Arrays.copyOf(kinds, 2 * count);
      marks = Arrays.copyOf(marks, 2 * count);
    }
    starts[count] = from;
    ends[count] = to;
    kinds[count] = kind;
    marks[count++] = length;
    shape[length++] = kind.mark;
    return to;
  }

  /** The text with all literals marked. */
  public String text() {
    return new String(shape, 0, length);
  }

  /** The text with literals marked where wanted, the others as they are written. */
  public String text(boolean[] marked) {
    StringBuilder text = new StringBuilder(length + 16);
    int from = 0;
    for (int i = 0; i < count; i++) {
      text.append(shape, from, marks[i] - from);
      if (marked[i]) {
        text.append(kinds[i].mark);
      } else {
        text.append(sql, starts[i], ends[i]);
      }
      from = marks[i] + 1;
    }
    return text.append(shape, from, length - from).toString();
  }

  /** Where the statement ends in the text: behind its semicolon, or at the end of all. */
  public int end() {
    return end;
  }

  public int literalCount() {
    return count;
  }

  public Kind kind(int literal) {
    return kinds[literal];
  }

  /** Where in the text a literal begins. */
  public int start(int literal) {
    return starts[literal];
  }

  /** The literal that begins there, or -1. */
  public int literalAt(int start) {
    return Math.max(-1, Arrays.binarySearch(starts, 0, count, start));
  }

  /** Where in the text a literal ends. */
  public int end(int literal) {
    return ends[literal];
  }
}
