package dev.tursojdbc.sql.ast;

/**
 * Where something stands in the statement's text: from {@code start} up to, not including, {@code
 * end}.
 *
 * <p>All spans are equal to each other: two expressions are the same when they say the same,
 * wherever they stand. So records compare by what was written, which is what matching a GROUP BY
 * term with a result column needs.
 *
 * @param start offset of the first character
 * @param end offset after the last character
 */
public record Span(int start, int end) {
  /** For what no text stands behind. */
  public static final Span NONE = new Span(0, 0);

  public String in(String statementText) {
    return statementText.substring(start, end);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Span;
  }

  @Override
  public int hashCode() {
    return 0;
  }
}
