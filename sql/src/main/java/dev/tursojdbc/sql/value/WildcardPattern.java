package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.record.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The patterns of LIKE and GLOB.
 *
 * <pre>
 *   LIKE   %  any characters        GLOB   *       any characters
 *          _  one character                ?       one character
 *          \\  (ESCAPE '\\') the next         [a-z]   one of these, [^a-z] none of these;
 *             character itself                     a ] stands first
 *          A = a, in ASCII only
 * </pre>
 *
 * <p>Both texts end at a zero character. When the rest of the pattern does not match behind a
 * wildcard, the last wildcard takes one more character; earlier ones never need to change, so the
 * time is at most the product of the lengths.
 */
public final class WildcardPattern {
  private static final int NO_ESCAPE = -1;
  private static final int NO_LITERAL = -1;

  private final int any;
  private final int one;
  private final boolean sets;
  private final boolean matchesCase;
  private final int escape;

  /** LIKE without ESCAPE. */
  public static final WildcardPattern LIKE = new WildcardPattern('%', '_', false, false, NO_ESCAPE);

  /** LIKE under {@code PRAGMA case_sensitive_like}. */
  public static final WildcardPattern CASE_SENSITIVE_LIKE =
      new WildcardPattern('%', '_', false, true, NO_ESCAPE);

  public static final WildcardPattern GLOB = new WildcardPattern('*', '?', true, true, NO_ESCAPE);

  private WildcardPattern(int any, int one, boolean sets, boolean matchesCase, int escape) {
    this.any = any;
    this.one = one;
    this.sets = sets;
    this.matchesCase = matchesCase;
    this.escape = escape;
  }

  /** LIKE with an escape character, which, if it is % or _, is no wildcard then. */
  public static WildcardPattern like(int escapeCodePoint, boolean matchesCase) {
    return new WildcardPattern(
        escapeCodePoint == '%' ? NO_ESCAPE : '%',
        escapeCodePoint == '_' ? NO_ESCAPE : '_',
        false,
        matchesCase,
        escapeCodePoint);
  }

  /** A pattern taken apart to be matched faster; null if it is none for which that goes. */
  public @Nullable LiteralPattern literal(byte[] pattern, int offset, int length) {
    return LiteralPattern.of(pattern, offset, length, this);
  }

  boolean isAny(byte c) {
    return c == any;
  }

  boolean isEscape(byte c) {
    return c == escape;
  }

  /** Whether a character that is neither of these does not stand for itself. */
  boolean isSpecial(byte c) {
    return c == one || (sets && c == '[');
  }

  boolean matchesCase() {
    return matchesCase;
  }

  /** Whether the whole text matches the pattern; both are given as ranges of UTF-8. */
  public boolean matches(
      byte[] pattern,
      int patternOffset,
      int patternLength,
      byte[] text,
      int textOffset,
      int textLength) {
    int patternEnd = end(pattern, patternOffset, patternLength);
    int textEnd = end(text, textOffset, textLength);
    int p = patternOffset;
    int t = textOffset;
    // Where to go on after a mismatch: behind the last wildcard, one character further in the text.
    int retryPattern = -1;
    int retryText = -1;
    // What the text must go on with there, if that is a letter that can be looked for.
    int literal = NO_LITERAL;
    while (true) {
      int mismatch = 0;
      if (p >= patternEnd) {
        if (t >= textEnd) {
          return true;
        }
        mismatch = 1;
      } else {
        int c = Utf8.codePoint(pattern, p, patternEnd);
        if (c == any) {
          p = Utf8.next(pattern, p, patternEnd);
          if (p >= patternEnd) {
            return true;
          }
          literal = literal(pattern[p]);
          if (literal != NO_LITERAL) {
            t = find(literal, text, t, textEnd);
          }
          retryPattern = p;
          retryText = t;
          continue;
        }
        if (t >= textEnd) {
          return false;
        }
        int next = matchOne(pattern, p, patternEnd, c, text, t, textEnd);
        if (next < 0) {
          mismatch = 1;
        } else {
          p = next;
          t = Utf8.next(text, t, textEnd);
        }
      }
      if (mismatch != 0) {
        if (retryPattern < 0 || retryText >= textEnd) {
          return false;
        }
        retryText = Utf8.next(text, retryText, textEnd);
        if (literal != NO_LITERAL) {
          retryText = find(literal, text, retryText, textEnd);
        }
        p = retryPattern;
        t = retryText;
      }
    }
  }

  /** An ASCII character that stands for itself, folded unless case counts; else NO_LITERAL. */
  private int literal(byte c) {
    boolean special = c < 0 || c == any || c == one || c == escape || (sets && c == '[');
    return special ? NO_LITERAL : sets ? c : fold(c);
  }

  /** Where in a text the next such character is, or its end. Other characters do not contain it. */
  private int find(int literal, byte[] text, int from, int end) {
    int at = from;
    if (sets || literal < 'a' || literal > 'z') {
      while (at < end && text[at] != literal) {
        at++;
      }
    } else {
      int upper = literal - 32;
      while (at < end && text[at] != literal && text[at] != upper) {
        at++;
      }
    }
    return at;
  }

  private static int end(byte[] bytes, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (bytes[i] == 0) {
        return i;
      }
    }
    return offset + length;
  }

  /** The offset in the pattern behind what matched the text's next character, or -1. */
  private int matchOne(
      byte[] pattern, int p, int patternEnd, int c, byte[] text, int t, int textEnd) {
    int actual = Utf8.codePoint(text, t, textEnd);
    int behind = Utf8.next(pattern, p, patternEnd);
    if (sets && c == '[') {
      return matchSet(pattern, behind, patternEnd, actual);
    }
    int expected = c;
    if (c == escape) {
      if (behind >= patternEnd) {
        return -1;
      }
      expected = Utf8.codePoint(pattern, behind, patternEnd);
      behind = Utf8.next(pattern, behind, patternEnd);
    } else if (c == one) {
      return behind;
    }
    boolean equal = expected == actual || (!matchesCase && fold(expected) == fold(actual));
    return equal ? behind : -1;
  }

  private static int fold(int c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  /** As {@link #matchOne}, for a set; {@code p} is behind its opening bracket. */
  private static int matchSet(byte[] pattern, int p, int end, int actual) {
    int at = p;
    boolean inverted = at < end && pattern[at] == '^';
    if (inverted) {
      at++;
    }
    boolean found = false;
    if (at < end && pattern[at] == ']') {
      found = actual == ']';
      at++;
    }
    int previous = 0;
    while (at < end && pattern[at] != ']') {
      int c = Utf8.codePoint(pattern, at, end);
      at = Utf8.next(pattern, at, end);
      if (c == '-' && previous > 0 && at < end && pattern[at] != ']') {
        int last = Utf8.codePoint(pattern, at, end);
        at = Utf8.next(pattern, at, end);
        found |= actual >= previous && actual <= last;
        previous = 0;
      } else {
        found |= actual == c;
        previous = c;
      }
    }
    // A set that is not closed matches nothing.
    return at < end && found != inverted ? at + 1 : -1;
  }
}
