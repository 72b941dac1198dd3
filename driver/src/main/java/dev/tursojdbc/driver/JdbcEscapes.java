package dev.tursojdbc.driver;

import java.sql.SQLException;
import java.time.DateTimeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * JDBC's own syntax inside SQL text, put into SQLite's words:
 *
 * <pre>
 *   {fn name(arguments)}     see {@link EscapedFunction}
 *   {d '…'} {t '…'} {ts '…'} text, written as setDate, setTime and setTimestamp write it
 *   {oj joins}               the joins
 *   {escape 'c'}             ESCAPE 'c'
 *   {limit n}                LIMIT n
 * </pre>
 *
 * <p>Braces are no SQL outside quotes and comments, so that a text without braces stays as it is.
 */
final class JdbcEscapes {
  private final String sql;
  private final StringBuilder out = new StringBuilder();
  private int at;

  private JdbcEscapes(String sql) {
    this.sql = sql;
  }

  static String translate(String sql) throws SQLException {
    if (sql.indexOf('{') < 0) {
      return sql;
    }
    JdbcEscapes escapes = new JdbcEscapes(sql);
    escapes.copy(false);
    return escapes.out.toString();
  }

  /** Copies up to the end, or up to the brace that closes an escape. */
  private void copy(boolean inside) throws SQLException {
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = quotedEnd(c);
      if (end > at) {
        out.append(sql, at, end);
        at = end;
      } else if (c == '{') {
        at++;
        escape();
      } else if (c == '}' && inside) {
        return;
      } else {
        out.append(c);
        at++;
      }
    }
    if (inside) {
      throw malformed("no closing brace");
    }
  }

  /** The index after the quoted text or comment that begins here, or -1. */
  private int quotedEnd(char c) {
    int end = -1;
    if (c == '\'' || c == '"' || c == '`') {
      end = sql.indexOf(c, at + 1) + 1;
    } else if (c == '[') {
      end = sql.indexOf(']', at + 1) + 1;
    } else if (sql.startsWith("--", at)) {
      end = sql.indexOf('\n', at) + 1;
    } else if (sql.startsWith("/*", at)) {
      end = sql.indexOf("*/", at + 2);
      end = end < 0 ? 0 : end + 2;
    }
    return end == 0 ? sql.length() : end;
  }

  private void escape() throws SQLException {
    String word = word();
    switch (word) {
      case "d", "t", "ts" -> {
        temporal(word);
        close();
      }
      case "fn" -> {
        function();
        close();
      }
      case "oj" -> {
        copy(true);
        close();
      }
      case "escape", "limit" -> {
        out.append(word.toUpperCase(Locale.ROOT));
        copy(true);
        close();
      }
      default -> throw SqlErrors.notSupported("the JDBC escape {" + word);
    }
  }

  private String word() {
    skipBlanks();
    int start = at;
    while (at < sql.length() && Character.isLetter(sql.charAt(at))) {
      at++;
    }
    return sql.substring(start, at).toLowerCase(Locale.ROOT);
  }

  private void skipBlanks() {
    while (at < sql.length() && sql.charAt(at) <= ' ') {
      at++;
    }
  }

  private void close() throws SQLException {
    skipBlanks();
    if (at >= sql.length() || sql.charAt(at) != '}') {
      throw malformed("no closing brace");
    }
    at++;
  }

  private void temporal(String word) throws SQLException {
    skipBlanks();
    int end = at < sql.length() && sql.charAt(at) == '\'' ? sql.indexOf('\'', at + 1) : -1;
    if (end < 0) {
      throw malformed("no text in quotes after {" + word);
    }
    String text = sql.substring(at + 1, end);
    at = end + 1;
    try {
      Temporals.Parsed parsed = Temporals.parse(text);
      String written =
          switch (word) {
            case "d" -> Temporals.write(parsed.local().toLocalDate());
            case "t" -> Temporals.write(parsed.local().toLocalTime());
            default -> Temporals.write(parsed.local());
          };
      out.append(SqlNames.literal(written));
    } catch (DateTimeException e) {
      throw SqlErrors.notConvertible(text, "date or time");
    }
  }

  private void function() throws SQLException {
    skipBlanks();
    int start = at;
    while (at < sql.length()
        && (Character.isLetterOrDigit(sql.charAt(at)) || sql.charAt(at) == '_')) {
      at++;
    }
    String name = sql.substring(start, at);
    skipBlanks();
    List<String> arguments = new ArrayList<>();
    if (at < sql.length() && sql.charAt(at) == '(') {
      at++;
      arguments(arguments);
    }
    out.append(EscapedFunction.call(name, arguments));
  }

  /** Reads the arguments up to the parenthesis that closes them; each may hold escapes again. */
  private void arguments(List<String> arguments) throws SQLException {
    int outer = out.length();
    int depth = 0;
    int start = outer;
    while (at < sql.length()) {
      char c = sql.charAt(at);
      int end = quotedEnd(c);
      if (end > at) {
        out.append(sql, at, end);
        at = end;
        continue;
      }
      at++;
      if (c == '{') {
        escape();
      } else if (depth == 0 && (c == ',' || c == ')')) {
        String argument = out.substring(start).trim();
        if (c == ',' || !argument.isEmpty() || !arguments.isEmpty()) {
          arguments.add(argument);
        }
        start = out.length();
        if (c == ')') {
          out.setLength(outer);
          return;
        }
      } else {
        depth += c == '(' ? 1 : c == ')' ? -1 : 0;
        out.append(c);
      }
    }
    throw malformed("no closing parenthesis");
  }

  private SQLException malformed(String what) {
    return new java.sql.SQLSyntaxErrorException("malformed JDBC escape: " + what, "42000", 1);
  }
}
