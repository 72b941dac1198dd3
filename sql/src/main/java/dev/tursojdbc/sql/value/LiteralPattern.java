package dev.tursojdbc.sql.value;

import dev.tursojdbc.storage.page.PageBytes;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of LIKE or GLOB whose only wildcard is the one for any characters, and which is ASCII
 * otherwise: most are. It is taken apart once and then compared byte by byte.
 *
 * <pre>
 *   'ab%'      begins with ab                'ab'       is ab
 *   '%ab'      ends with ab                  '%ab%cd%'  has ab, and cd somewhere behind it
 * </pre>
 *
 * <p>Each piece between two wildcards is looked for from where the one before it ended, and the
 * first place will do. A text ends at a zero byte; bytes of ASCII are never part of another
 * character, be the text valid UTF-8 or not.
 */
public final class LiteralPattern {
  private static final long LOW_BITS = 0x0101010101010101L;
  private static final long HIGH_BITS = 0x8080808080808080L;

  /** What stands before, between and behind the wildcards; the same in the other case. */
  private final byte[][] pieces;

  private final byte[][] otherCase;

  private LiteralPattern(List<byte[]> pieces, boolean matchesCase) {
    this.pieces = pieces.toArray(byte[][]::new);
    this.otherCase = new byte[this.pieces.length][];
    for (int i = 0; i < otherCase.length; i++) {
      otherCase[i] = matchesCase ? this.pieces[i] : swapCase(this.pieces[i]);
    }
  }

  private static byte[] swapCase(byte[] piece) {
    byte[] swapped = piece.clone();
    for (int i = 0; i < swapped.length; i++) {
      int letter = swapped[i] | 0x20;
      if (letter >= 'a' && letter <= 'z') {
        swapped[i] ^= 0x20;
      }
    }
    return swapped;
  }

  /**
   * Takes a pattern apart.
   *
   * @return null if it is none of these
   */
  static @Nullable LiteralPattern of(
      byte[] pattern, int offset, int length, WildcardPattern wildcards) {
    List<byte[]> pieces = new ArrayList<>();
    ByteArrayOutputStream piece = new ByteArrayOutputStream();
    boolean escaped = false;
    for (int i = offset; i < offset + length && pattern[i] != 0; i++) {
      byte c = pattern[i];
      if (c < 0) {
        return null;
      }
      if (escaped) {
        escaped = false;
      } else if (wildcards.isAny(c)) {
        if (piece.size() > 0 || pieces.isEmpty()) {
          pieces.add(piece.toByteArray());
          piece.reset();
        }
        continue;
      } else if (wildcards.isEscape(c)) {
        escaped = true;
        continue;
      } else if (wildcards.isSpecial(c)) {
        return null;
      }
      piece.write(c);
    }
    if (escaped) {
      return null;
    }
    pieces.add(piece.toByteArray());
    return new LiteralPattern(pieces, wildcards.matchesCase());
  }

  /** Whether the whole text matches. */
  public boolean matches(byte[] text, int offset, int length) {
    int limit = offset + length;
    int from = offset + pieces[0].length;
    if (from > limit || !isAt(0, text, offset)) {
      return false;
    }
    int last = pieces.length - 1;
    if (last == 0) {
      return from == limit || text[from] == 0;
    }
    for (int i = 1; i < last; i++) {
      from = behind(i, text, from, limit);
      if (from < 0) {
        return false;
      }
    }
    if (pieces[last].length == 0) {
      return true;
    }
    int tail = end(text, from, limit) - pieces[last].length;
    return tail >= from && isAt(last, text, tail);
  }

  private boolean isAt(int number, byte[] text, int at) {
    byte[] piece = pieces[number];
    byte[] other = otherCase[number];
    for (int i = 0; i < piece.length; i++) {
      byte c = text[at + i];
      if (c != piece[i] && c != other[i]) {
        return false;
      }
    }
    return true;
  }

  /** Where the first occurrence of a piece ends, or -1. */
  private int behind(int number, byte[] text, int from, int limit) {
    byte first = pieces[number][0];
    byte other = otherCase[number][0];
    int size = pieces[number].length;
    for (int at = from; at <= limit - size; at++) {
      byte c = text[at];
      if (c == first || c == other) {
        if (isAt(number, text, at)) {
          return at + size;
        }
      } else if (c == 0) {
        return -1;
      }
    }
    return -1;
  }

  private static int end(byte[] text, int from, int limit) {
    int at = from;
    while (at <= limit - Long.BYTES && !hasZero(PageBytes.getLong(text, at))) {
      at += Long.BYTES;
    }
    while (at < limit && text[at] != 0) {
      at++;
    }
    return at;
  }

  /** Whether one of eight bytes is zero: only then subtracting one from each borrows so. */
  private static boolean hasZero(long bytes) {
    return ((bytes - LOW_BITS) & ~bytes & HIGH_BITS) != 0;
  }
}
