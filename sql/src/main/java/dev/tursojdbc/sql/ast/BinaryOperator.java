package dev.tursojdbc.sql.ast;

/** Operators between two operands, from loose to tight; those on one line bind alike. */
public enum BinaryOperator {
  OR("OR"),
  AND("AND"),
  EQUAL("="),
  NOT_EQUAL("<>"),
  /** Also {@code IS NOT DISTINCT FROM}. */
  IS("IS"),
  /** Also {@code IS DISTINCT FROM}. */
  IS_NOT("IS NOT"),
  LESS("<"),
  LESS_OR_EQUAL("<="),
  GREATER(">"),
  GREATER_OR_EQUAL(">="),
  BIT_AND("&"),
  BIT_OR("|"),
  SHIFT_LEFT("<<"),
  SHIFT_RIGHT(">>"),
  ADD("+"),
  SUBTRACT("-"),
  MULTIPLY("*"),
  DIVIDE("/"),
  REMAINDER("%"),
  CONCATENATE("||"),
  /** JSON, as JSON. */
  EXTRACT_JSON("->"),
  /** JSON, as an SQL value. */
  EXTRACT_VALUE("->>");

  private final String symbol;

  BinaryOperator(String symbol) {
    this.symbol = symbol;
  }

  public String symbol() {
    return symbol;
  }
}
