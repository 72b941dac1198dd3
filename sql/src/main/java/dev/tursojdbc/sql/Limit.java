package dev.tursojdbc.sql;

/** What a connection can limit, and the most that is ever allowed. */
public enum Limit {
  /** Bytes of a text with statements. */
  SQL_LENGTH(1_000_000_000),
  /** Height of the tree of an expression, that of queries inside of it added. */
  EXPRESSION_DEPTH(1000),
  /** Queries in a compound SELECT; 0 for any number that is ever allowed. */
  COMPOUND_SELECT(500),
  /** Arguments of a function. */
  FUNCTION_ARGUMENTS(100),
  /** Attached databases. */
  ATTACHED(10),
  /** The largest number of a parameter. */
  VARIABLE_NUMBER(250_000),
  /** Bytes of a pattern of LIKE or GLOB. */
  LIKE_PATTERN_LENGTH(50_000);

  private final int maximum;

  Limit(int maximum) {
    this.maximum = maximum;
  }

  int maximum() {
    return maximum;
  }
}
