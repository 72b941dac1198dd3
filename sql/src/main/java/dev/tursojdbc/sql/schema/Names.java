package dev.tursojdbc.sql.schema;

/** How SQLite compares names: A to Z and a to z are alike, all other letters differ. */
public final class Names {
  private Names() {}

  /** The form under which a name is kept in maps. */
  public static String key(String name) {
    for (int i = 0; i < name.length(); i++) {
      char c = name.charAt(i);
      if (c >= 'A' && c <= 'Z') {
        return lowered(name);
      }
    }
    return name;
  }

  private static String lowered(String name) {
    char[] chars = name.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      if (chars[i] >= 'A' && chars[i] <= 'Z') {
        chars[i] = lower(chars[i]);
      }
    }
    return new String(chars);
  }

  public static boolean same(String left, String right) {
    if (left.length() != right.length()) {
      return false;
    }
    for (int i = 0; i < left.length(); i++) {
      if (lower(left.charAt(i)) != lower(right.charAt(i))) {
        return false;
      }
    }
    return true;
  }

  public static boolean startsWith(String name, String prefix) {
    return name.length() >= prefix.length() && same(name.substring(0, prefix.length()), prefix);
  }

  private static char lower(char c) {
    return c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c;
  }
}
