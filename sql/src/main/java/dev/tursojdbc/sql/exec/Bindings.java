package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundValue;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Where an expression finds its columns: for each source a row, and for whole expressions the place
 * where an operator keeps them (group keys, aggregates, sorted result columns).
 *
 * <p>Immutable in use: an operator that changes where things are makes new bindings over the old
 * ones.
 */
public final class Bindings {
  private final Map<Integer, RowBinding> rows;
  private final Map<BoundExpression, Evaluator> computed;

  private Bindings(Map<Integer, RowBinding> rows, Map<BoundExpression, Evaluator> computed) {
    this.rows = rows;
    this.computed = computed;
  }

  /** Without any source. */
  public static Bindings none() {
    return new Bindings(Map.of(), Map.of());
  }

  /** These, and a source in registers. */
  public Bindings with(int source, RegisterRow row) {
    return withRow(source, row);
  }

  Bindings withRow(int source, RowBinding row) {
    Map<Integer, RowBinding> changed = new HashMap<>(rows);
    changed.put(source, row);
    return new Bindings(changed, computed);
  }

  /** These, and places where whole expressions are kept. */
  Bindings withComputed(Map<BoundExpression, Evaluator> others) {
    Map<BoundExpression, Evaluator> changed = new HashMap<>(computed);
    changed.putAll(others);
    return new Bindings(rows, changed);
  }

  @Nullable Evaluator computed(BoundExpression expression) {
    return computed.isEmpty() ? null : computed.get(expression);
  }

  /**
   * Whether an expression is read from a row or another place, rather than computed from others.
   */
  boolean reads(BoundExpression expression) {
    return computed.containsKey(expression)
        || (expression instanceof BoundExpression.Column column
            && rows.containsKey(column.source()))
        || (expression instanceof BoundValue.NullIfUnmatched unmatched
            && rows.containsKey(unmatched.source()));
  }

  Evaluator column(BoundExpression.Column column) {
    RowBinding row = rows.get(column.source());
    if (row == null) {
      throw new IllegalStateException(
          "no row for source " + column.source() + ": " + column.name());
    }
    return row.column(column);
  }

  @Nullable RowBinding row(int source) {
    return rows.get(source);
  }
}
