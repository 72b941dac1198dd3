package dev.tursojdbc.sql.ast;

/** Operators that stand before their one operand. */
public enum UnaryOperator {
  NOT("NOT"),
  BIT_NOT("~"),
  NEGATE("-"),
  /** Changes no value, but takes away a column's affinity and its use of an index. */
  PLUS("+");

  private final String symbol;

  UnaryOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }
}
