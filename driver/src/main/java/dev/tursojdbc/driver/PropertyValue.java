package dev.tursojdbc.driver;

import java.util.List;
import java.util.Locale;

/**
 * What a connection property may be set to.
 *
 * <p>Values of pragmas become part of a statement, so that nothing but words and numbers may pass.
 *
 * @param choices words that may stand there, the usual ones first
 * @param pattern what else may stand there, a regular expression; compiled when it is needed, as
 *     most connections set no property
 */
record PropertyValue(List<String> choices, String pattern) {
  private static final String NOTHING = "(?!)";
  private static final String NUMBER = "[-+]?[0-9]{1,18}";

  static final PropertyValue INTEGER = new PropertyValue(List.of(), NUMBER);
  static final PropertyValue FLAGS =
      new PropertyValue(List.of(), "[0-9]{1,9}|0[xX][0-9a-fA-F]{1,7}");
  static final PropertyValue BOOLEAN =
      new PropertyValue(List.of("true", "false", "on", "off", "yes", "no", "1", "0"), NOTHING);
  static final PropertyValue TEXT = new PropertyValue(List.of(), "(?s).*");

  PropertyValue {
    choices = List.copyOf(choices);
  }

  static PropertyValue oneOf(String... words) {
    return new PropertyValue(List.of(words), NOTHING);
  }

  /** One of the words, or its number, counted from 0. */
  static PropertyValue numbered(String... words) {
    return new PropertyValue(List.of(words), "[0-" + (words.length - 1) + "]");
  }

  /** A boolean, one more word, or a number. */
  static PropertyValue booleanOr(String word) {
    return new PropertyValue(
        List.of("true", "false", word, "on", "off", "yes", "no", "1", "0"), NUMBER);
  }

  boolean allows(String value) {
    return choices.contains(value)
        || choices.contains(value.toUpperCase(Locale.ROOT))
        || choices.contains(value.toLowerCase(Locale.ROOT))
        || value.matches(pattern);
  }

  /** What a tool offers, two words for a boolean. */
  List<String> offered() {
    return choices.size() > 6 ? choices.subList(0, choices.contains("fast") ? 3 : 2) : choices;
  }
}
