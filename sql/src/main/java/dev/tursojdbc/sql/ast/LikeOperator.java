package dev.tursojdbc.sql.ast;

import java.util.Locale;

/** The pattern operators; each calls the function of its name. */
public enum LikeOperator {
  LIKE,
  GLOB,
  REGEXP,
  MATCH;

  /** The function that is called, with the pattern as its first argument. */
  public String functionName() {
    return name().toLowerCase(Locale.ROOT);
  }
}
