package dev.tursojdbc.sql.bind;

/** A place where not every expression may stand. */
public enum Restriction {
  CHECK("CHECK constraints", "a CHECK constraint", true, true),
  PARTIAL_INDEX("partial index WHERE clauses", "an index", false, true),
  INDEX_EXPRESSION("index expressions", "an index", false, false),
  GENERATED_COLUMN("generated columns", "a generated column", false, false);

  private final String place;
  private final String placeOfUse;
  private final boolean nondeterministic;
  private final boolean qualifiedNames;

  Restriction(String place, String placeOfUse, boolean nondeterministic, boolean qualifiedNames) {
    this.place = place;
    this.placeOfUse = placeOfUse;
    this.nondeterministic = nondeterministic;
    this.qualifiedNames = qualifiedNames;
  }

  /** As messages of the binder name it. */
  public String place() {
    return place;
  }

  /** As messages of functions that refuse to work there name it. */
  String placeOfUse() {
    return placeOfUse;
  }

  /** Whether a column may have its table's name before it. */
  boolean allowsQualifiedNames() {
    return qualifiedNames;
  }

  /** Whether the rowid may be named, be it not as a column. */
  boolean allowsRowid() {
    return qualifiedNames;
  }

  boolean allowsNondeterministic() {
    return nondeterministic;
  }
}
