package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.grammar.SqliteLexer;
import org.antlr.v4.runtime.Vocabulary;

/**
 * Which words are keywords: those that the lexer names and has no rule for.
 *
 * <p>A hash table with open addressing over the letters without their case; a look-up allocates
 * nothing.
 */
final class Keywords {
  private static final int SLOTS = 1024;
  private static final String[] WORDS = new String[SLOTS];
  private static final int[] TYPES = new int[SLOTS];
  private static final int LONGEST = "CURRENT_TIMESTAMP".length();

  static {
    Vocabulary vocabulary = SqliteLexer.VOCABULARY;
    for (int type = SqliteLexer.ABORT; type <= SqliteLexer.WITHOUT; type++) {
      String word = vocabulary.getSymbolicName(type);
      int slot = slot(hash(word));
      while (WORDS[slot] != null) {
        slot = (slot + 1) % SLOTS;
      }
      WORDS[slot] = word;
      TYPES[slot] = type;
    }
  }

  private Keywords() {}

  /** The token type of the word at these offsets: a keyword's, or WORD. */
  static int typeOf(SqlText text, int start, int end) {
    int length = end - start;
    if (length < 2 || length > LONGEST) {
      return SqliteLexer.WORD;
    }
    int hash = 0;
    for (int i = start; i < end; i++) {
      hash = hash * 31 + upper(text.charAt(i));
    }
    for (int slot = slot(hash); WORDS[slot] != null; slot = (slot + 1) % SLOTS) {
      if (matches(WORDS[slot], text, start, length)) {
        return TYPES[slot];
      }
    }
    return SqliteLexer.WORD;
  }

  private static boolean matches(String word, SqlText text, int start, int length) {
    if (word.length() != length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (word.charAt(i) != upper(text.charAt(start + i))) {
        return false;
      }
    }
    return true;
  }

  private static int hash(String word) {
    int hash = 0;
    for (int i = 0; i < word.length(); i++) {
      hash = hash * 31 + word.charAt(i);
    }
    return hash;
  }

  private static int slot(int hash) {
    return (hash ^ (hash >>> 10)) & (SLOTS - 1);
  }

  private static int upper(char c) {
    return c >= 'a' && c <= 'z' ? c - 32 : c;
  }
}
