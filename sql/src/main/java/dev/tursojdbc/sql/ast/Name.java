package dev.tursojdbc.sql.ast;

/**
 * A name as it was written, quotes removed.
 *
 * <p>Names compare without regard to ASCII case in SQLite; this record keeps the case, because
 * result columns and messages show it.
 *
 * @param text the name without quotes, doubled quotes made single
 * @param quote how it was quoted
 * @param span where it stands, quotes included
 */
public record Name(String text, Quote quote, Span span) {

  /** How a name was quoted. */
  public enum Quote {
    NONE,
    /** {@code "x"}: where no column of this name is found, it is a string literal. */
    DOUBLE,
    /** {@code [x]}. */
    BRACKET,
    /** {@code `x`}. */
    BACKTICK,
    /** {@code 'x'}: SQLite takes a string where only a name can stand. */
    SINGLE
  }

  /** A bare name that stands nowhere; for tests and for names the engine makes up. */
  public static Name of(String text) {
    return new Name(text, Quote.NONE, Span.NONE);
  }

  public boolean isQuoted() {
    return quote != Quote.NONE;
  }

  /** As it was written, for messages that quote the text. */
  public String spelled() {
    return switch (quote) {
      case NONE -> text;
      case DOUBLE -> '"' + text.replace("\"", "\"\"") + '"';
      case BRACKET -> '[' + text + ']';
      case BACKTICK -> '`' + text.replace("`", "``") + '`';
      case SINGLE -> '\'' + text.replace("'", "''") + '\'';
    };
  }

  @Override
  public String toString() {
    return text;
  }
}
