package dev.tursojdbc.sql.function;

import dev.tursojdbc.storage.record.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A function that stands in FROM and gives rows.
 *
 * <p>Its arguments are its hidden columns, in their order: {@code f(a, b)} is the same as {@code f}
 * with the conditions that its first hidden column equals a and its second one b. A condition of
 * that form in WHERE is an argument as well. An argument may come from tables before and behind.
 *
 * <p>Has no state; shared by all connections.
 */
public interface TableFunction {

  /**
   * A column.
   *
   * @param declaredType null if it has none; empty where all there is, is HIDDEN
   */
  record Column(String name, @Nullable String declaredType, boolean hidden) {}

  String name();

  List<Column> columns();

  /** Whether arguments behind the first one count only if that is given. */
  default boolean needsFirstArgument() {
    return true;
  }

  /**
   * Whether a condition that gives an argument may still not hold for the rows that come, so that
   * it has to be tested.
   *
   * @param argument number of the hidden column
   */
  default boolean isTested(int argument) {
    return false;
  }

  /**
   * How dear it is with arguments for these hidden columns.
   *
   * @param given a bit for each hidden column, the lowest for the first
   */
  Estimate estimate(int given);

  /** A scan for one place in one statement. */
  Rows rows();

  /**
   * What the planner has to know.
   *
   * @param cost ten times the binary logarithm of the cost of a run
   * @param rows ten times that of the number of rows
   * @param number what EXPLAIN QUERY PLAN calls this way to be run
   */
  record Estimate(int cost, int rows, int number) {}

  /** The rows of a call, one after the other. */
  interface Rows {

    /**
     * Goes to before the first row.
     *
     * @param arguments one for each hidden column, null where none is given
     */
    void open(FunctionContext context, @Nullable Register[] arguments);

    /** Moves to the next row. @return whether there is one */
    boolean next();

    /** Reads a column of the current row. */
    void column(int column, Register result);

    long rowid();
  }
}
