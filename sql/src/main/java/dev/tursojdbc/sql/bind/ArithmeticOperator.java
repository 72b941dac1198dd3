package dev.tursojdbc.sql.bind;

/** Operators between two values that are not comparisons. */
public enum ArithmeticOperator {
  ADD,
  SUBTRACT,
  MULTIPLY,
  DIVIDE,
  REMAINDER,
  BIT_AND,
  BIT_OR,
  SHIFT_LEFT,
  SHIFT_RIGHT,
  CONCATENATE
}
