package dev.tursojdbc.sql.function;

/** A function of a group of rows. */
public interface AggregateFunction extends SqlFunction {

  /** The state for one group, before its first row. */
  Accumulator start();
}
