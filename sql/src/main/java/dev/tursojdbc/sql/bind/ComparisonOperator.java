package dev.tursojdbc.sql.bind;

/** Comparisons; IS and IS_NOT treat NULL as a value. */
public enum ComparisonOperator {
  EQUAL,
  NOT_EQUAL,
  LESS,
  LESS_OR_EQUAL,
  GREATER,
  GREATER_OR_EQUAL,
  IS,
  IS_NOT;

  /** The operator with the sides exchanged. */
  public ComparisonOperator mirrored() {
    return switch (this) {
      case LESS -> GREATER;
      case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
      case GREATER -> LESS;
      case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      case EQUAL, NOT_EQUAL, IS, IS_NOT -> this;
    };
  }

  /** Whether it holds for values in this order (negative, zero, positive), none of them NULL. */
  public boolean holds(int order) {
    return switch (this) {
      case EQUAL, IS -> order == 0;
      case NOT_EQUAL, IS_NOT -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }
}
