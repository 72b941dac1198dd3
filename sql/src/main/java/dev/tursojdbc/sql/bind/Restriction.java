package dev.tursojdbc.sql.bind;

/** A place where not every expression may stand. */
public enum Restriction {
  CHECK("CHECK constraints", "a CHECK constraint", true),
  PARTIAL_INDEX("partial index WHERE clauses", "an index", false),
  INDEX_EXPRESSION("index expressions", "an index", false),
  GENERATED_COLUMN("generated columns", "a generated column", false);

  private final String place;
  private final String placeOfUse;
  private final boolean nondeterministic;

  Restriction(String place, String placeOfUse, boolean nondeterministic) {
    this.place = place;
    this.placeOfUse = placeOfUse;
    this.nondeterministic = nondeterministic;
  }

  /** As messages of the binder name it. */
  public String place() {
    return place;
  }

  /** As messages of functions that refuse to work there name it. */
  String placeOfUse() {
    return placeOfUse;
  }

  boolean allowsNondeterministic() {
    return nondeterministic;
  }
}
