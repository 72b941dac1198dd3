package dev.tursojdbc.driver;

/** Names and texts as SQL writes them. */
final class SqlNames {
  private SqlNames() {}

  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  static String literal(String text) {
    return '\'' + text.replace("'", "''") + '\'';
  }
}
