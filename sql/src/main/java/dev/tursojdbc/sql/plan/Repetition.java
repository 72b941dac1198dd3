package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.bind.ResultColumn;
import java.util.List;
import java.util.function.Consumer;

/**
 * How much a rewrite writes more than once that puts the expressions of a query in the place of its
 * columns.
 *
 * <p>{@code SELECT a + a AS a FROM (SELECT a + a AS a FROM …)} doubles with each level that is
 * flattened, so twenty levels are a million nodes. SQLite does that; here the level that would make
 * too much of it stays a query of its own, whose values are computed once for each row.
 */
final class Repetition {
  /** Nodes of expressions: far more than queries repeat that were not made to. */
  private static final long MOST = 1 << 14;

  private final int source;
  private final List<ResultColumn> columns;
  private final long[] uses;

  /**
   * @param source the query whose columns are to be replaced
   * @param columns what is going to stand for them
   */
  Repetition(int source, List<ResultColumn> columns) {
    this.source = source;
    this.columns = columns;
    this.uses = new long[columns.size()];
  }

  /** Counts what is replaced among the nodes that a walk visits. */
  Consumer<BoundExpression> counter() {
    return e -> {
      if (e instanceof Column column && column.source() == source && column.column() >= 0) {
        uses[column.column()]++;
      }
    };
  }

  boolean isTooMuch() {
    long repeated = 0;
    for (int i = 0; i < uses.length && repeated <= MOST; i++) {
      if (uses[i] > 1) {
        repeated += (uses[i] - 1) * size(columns.get(i).expression());
      }
    }
    return repeated > MOST;
  }

  private static long size(BoundExpression expression) {
    long[] nodes = {0};
    References.walk(expression, e -> nodes[0]++);
    return nodes[0];
  }
}
