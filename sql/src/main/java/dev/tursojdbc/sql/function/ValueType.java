package dev.tursojdbc.sql.function;

import org.jspecify.annotations.Nullable;

/**
 * What can be said of an expression's values before there are any. Only a forecast for people and
 * programs that show rows: nothing that computes relies on it, as SQLite's values have types of
 * their own.
 */
public enum ValueType {
  /** A truth value or a small number. */
  INTEGER,
  BIGINT,
  DOUBLE,
  /** A number of either kind. */
  NUMERIC,
  TEXT,
  BLOB,
  /** Always NULL. */
  NULL,
  /** Anything. */
  ANY;

  /** How the type is called in SQL; null if there is nothing to be said. */
  public @Nullable String typeName() {
    return this == NULL || this == ANY ? null : name();
  }

  /** Whether all values are numbers. */
  public boolean isNumber() {
    return isWhole() || this == DOUBLE || this == NUMERIC;
  }

  /** Whether all values are whole numbers. */
  public boolean isWhole() {
    return this == INTEGER || this == BIGINT;
  }

  /** The type of values of which some have this type, others that one. */
  public ValueType or(ValueType other) {
    if (this == other || other == NULL) {
      return this;
    }
    if (this == NULL) {
      return other;
    }
    if (isWhole() && other.isWhole()) {
      return BIGINT;
    }
    return isNumber() && other.isNumber() ? NUMERIC : ANY;
  }

  /** The type of a sum, difference or product of values of this type and of that one. */
  public ValueType with(ValueType other) {
    if (isWhole() && other.isWhole()) {
      return BIGINT;
    }
    return this == DOUBLE || other == DOUBLE ? DOUBLE : NUMERIC;
  }
}
