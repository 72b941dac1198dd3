package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.References;

/** Which expressions can yield bytes of a page that the statement itself may change. */
final class LiveValues {
  private LiveValues() {}

  /** Whether there is a subquery in it: all other values lie in registers and constants. */
  static boolean mayReadPages(BoundExpression expression) {
    boolean[] found = {false};
    References.walk(
        expression,
        e -> {
          if (References.queryOf(e) != null) {
            found[0] = true;
          }
        });
    return found[0];
  }
}
