package dev.tursojdbc.sql.function;

import java.util.Arrays;

/**
 * What a word sounds like: its first letter, and three digits for the consonants, of which the
 * first letter is one once more. Equal neighbours all count; so this is not quite Soundex.
 *
 * <pre>
 *   1 BFPV   2 CGJKQSXZ   3 DT   4 L   5 MN   6 R   and 0 behind the last one
 * </pre>
 */
final class SoundCode {
  private static final int SIZE = 4;
  private static final String[] CONSONANTS = {"BFPV", "CGJKQSXZ", "DT", "L", "MN", "R"};

  private SoundCode() {}

  /** Four characters. */
  static byte[] of(byte[] word) {
    byte[] code = new byte[SIZE];
    Arrays.fill(code, (byte) '0');
    int i = 0;
    while (i < word.length && !isLetter(word[i])) {
      i++;
    }
    if (i == word.length) {
      code[0] = '?';
      return code;
    }
    code[0] = upper(word[i]);
    for (int next = 1; next < SIZE && i < word.length; i++) {
      // Of a byte beyond ASCII the lower bits count.
      int digit = digit((byte) (word[i] & 0x7F));
      if (digit > 0) {
        code[next++] = (byte) ('0' + digit);
      }
    }
    return code;
  }

  private static int digit(byte letter) {
    for (int i = 0; i < CONSONANTS.length; i++) {
      if (isLetter(letter) && CONSONANTS[i].indexOf(upper(letter)) >= 0) {
        return i + 1;
      }
    }
    return 0;
  }

  private static boolean isLetter(byte unit) {
    return (unit >= 'a' && unit <= 'z') || (unit >= 'A' && unit <= 'Z');
  }

  private static byte upper(byte letter) {
    return letter >= 'a' ? (byte) (letter - 'a' + 'A') : letter;
  }
}
