package dev.tursojdbc.sql.parse;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Gives the parameters of a statement their numbers, as SQLite does: {@code ?7} has the number it
 * names, a bare {@code ?} the one after the largest so far, and a name the number it had before, or
 * else the one after the largest. What cannot be numbered is number 0, and the statement fails.
 */
final class Parameters {
  static final int LARGEST_NUMBER = 250_000;

  /** For each number from 1 the name, at the index before it. */
  private final List<@Nullable String> names = new ArrayList<>(0);

  private final AstStack stack;

  Parameters(AstStack stack) {
    this.stack = stack;
  }

  int number(String spelling, int offset) {
    if (spelling.charAt(0) == '#' && isDigit(spelling.charAt(1))) {
      stack.fail("near \"" + spelling + "\": syntax error", offset);
      return 0;
    }
    if (spelling.length() == 1) {
      return next(null, offset);
    }
    if (spelling.charAt(0) == '?') {
      return numbered(spelling, offset);
    }
    int index = names.indexOf(spelling);
    return index >= 0 ? index + 1 : next(spelling, offset);
  }

  /** Names by number, null where there is none; as many as the largest number. */
  List<@Nullable String> names() {
    return Collections.unmodifiableList(names);
  }

  private int next(@Nullable String name, int offset) {
    if (names.size() == LARGEST_NUMBER) {
      stack.fail("too many SQL variables", offset);
      return 0;
    }
    names.add(name);
    return names.size();
  }

  private int numbered(String spelling, int offset) {
    long number = 0;
    for (int i = 1; i < spelling.length() && number <= LARGEST_NUMBER; i++) {
      number = number * 10 + (spelling.charAt(i) - '0');
    }
    if (number < 1 || number > LARGEST_NUMBER) {
      stack.fail("variable number must be between ?1 and ?" + LARGEST_NUMBER, offset);
      return 0;
    }
    while (names.size() < number) {
      names.add(null);
    }
    int index = (int) number - 1;
    if (names.get(index) == null) {
      names.set(index, spelling);
    }
    return index + 1;
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
