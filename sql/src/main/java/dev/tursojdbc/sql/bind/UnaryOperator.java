package dev.tursojdbc.sql.bind;

/** Operators on one number. */
public enum UnaryOperator {
  NEGATE,
  BIT_NOT,
  /** Changes nothing but takes affinity away. */
  PLUS
}
