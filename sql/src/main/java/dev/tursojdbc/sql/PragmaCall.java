package dev.tursojdbc.sql;

import java.math.BigInteger;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One {@code PRAGMA schema.name = value} as it was written.
 *
 * @param name in lower case
 * @param database index of the database named, else main
 * @param qualified whether a database was named
 * @param value its text, or null
 * @param numeral whether the value was written as a number
 */
record PragmaCall(
    Session session,
    String name,
    int database,
    boolean qualified,
    @Nullable String value,
    boolean numeral) {
  private static final Pattern HEXADECIMAL = Pattern.compile("0[xX]([0-9a-fA-F]+)");
  private static final Pattern DECIMAL = Pattern.compile("[+-]?[0-9]+");

  boolean hasValue() {
    return value != null;
  }

  String text() {
    String given = value;
    return given == null ? "" : given;
  }

  SessionDatabase target() {
    return session.databases().get(database);
  }

  /** The bit of the database in a program's masks. */
  long bit() {
    return 1L << database;
  }

  /** The value as a switch: 1, on, yes, true; 0, off, no, false and whatever else. */
  boolean flag() {
    return switch (text().toLowerCase(Locale.ROOT)) {
      case "on", "yes", "true" -> true;
      default -> isNumber() && integer() != 0;
    };
  }

  private boolean isNumber() {
    String given = text();
    return !given.isEmpty() && Character.isDigit(given.charAt(0));
  }

  /** The integer at the beginning of the value, 0 if there is none, as 32 bits hold it. */
  int integer() {
    long number = number();
    return number == (int) number ? (int) number : 0;
  }

  /** The integer at the beginning of the value, 0 if there is none. */
  long number() {
    String given = text().strip();
    int end = given.startsWith("-") || given.startsWith("+") ? 1 : 0;
    if (given.regionMatches(true, end, "0x", 0, 2)) {
      return hexadecimal(given, end + 2);
    }
    int begin = end;
    while (end < given.length() && Character.isDigit(given.charAt(end)) && end < 19) {
      end++;
    }
    if (end == begin) {
      return 0;
    }
    long digits = Long.parseUnsignedLong(given, begin, end, 10);
    long magnitude = digits < 0 ? Long.MAX_VALUE : digits;
    return given.startsWith("-") ? -magnitude : magnitude;
  }

  /** The integer of 32 bits at the beginning of the value, if there is one. */
  OptionalInt leadingInt() {
    Matcher hexadecimal = HEXADECIMAL.matcher(text());
    Matcher decimal = DECIMAL.matcher(text());
    BigInteger number;
    if (hexadecimal.lookingAt()) {
      number = new BigInteger(hexadecimal.group(1), 16);
    } else if (decimal.lookingAt()) {
      number = new BigInteger(decimal.group());
    } else {
      return OptionalInt.empty();
    }
    return number.bitLength() < Integer.SIZE
        ? OptionalInt.of(number.intValue())
        : OptionalInt.empty();
  }

  /** Whether the value is an integer of 64 bits from beginning to end. */
  boolean isInteger() {
    String given = text().strip();
    int begin = given.startsWith("-") || given.startsWith("+") ? 1 : 0;
    if (given.regionMatches(true, begin, "0x", 0, 2)) {
      return given.length() > begin + 2
          && given.substring(begin + 2).chars().allMatch(c -> Character.digit(c, 16) >= 0);
    }
    return given.length() > begin
        && given.substring(begin).chars().allMatch(c -> c >= '0' && c <= '9')
        && new BigInteger(given.substring(begin)).bitLength() < Long.SIZE;
  }

  private static long hexadecimal(String given, int begin) {
    int end = begin;
    while (end < given.length()
        && Character.digit(given.charAt(end), 16) >= 0
        && end < begin + 15) {
      end++;
    }
    return end == begin ? 0 : Long.parseLong(given.substring(begin, end), 16);
  }
}
