package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;

/** Where the columns of one source are while a statement runs. */
interface RowBinding {

  /**
   * An evaluator of a column of the source's current row, {@link BoundExpression.Column#ROWID} too.
   */
  Evaluator column(BoundExpression.Column column);
}
