package dev.tursojdbc.sql.bind;

/** A place where not every expression may stand. */
public enum Restriction {
  CHECK("CHECK constraints", true, true),
  PARTIAL_INDEX("partial index WHERE clauses", false, false),
  INDEX_EXPRESSION("index expressions", false, false),
  GENERATED_COLUMN("generated columns", false, false);

  private final String place;
  private final boolean nondeterministic;
  private final boolean doubleQuotedStrings;

  Restriction(String place, boolean nondeterministic, boolean doubleQuotedStrings) {
    this.place = place;
    this.nondeterministic = nondeterministic;
    this.doubleQuotedStrings = doubleQuotedStrings;
  }

  /** As messages name it. */
  public String place() {
    return place;
  }

  boolean allowsNondeterministic() {
    return nondeterministic;
  }

  boolean allowsDoubleQuotedStrings() {
    return doubleQuotedStrings;
  }
}
