package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.exec.RunnableQuery;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import java.util.List;

/** A query: yields its rows as they are found, from the state at its start. */
final class SelectProgram extends Program {
  private final Session session;
  private final RunnableQuery query;
  private final List<ColumnInfo> columns;
  private final ProgramFrames frames;
  private final Catalog compiledAgainst;
  private final int settings;
  private final Register[] values;

  /** For each column whether its value was computed for the current row. */
  private final boolean[] computed;

  /** The columns that are computed with the row, because that may fail or have to happen. */
  private final int[] early;

  SelectProgram(
      Session session,
      BoundQuery bound,
      RunnableQuery query,
      List<ColumnInfo> columns,
      ProgramFrames frames) {
    this.session = session;
    this.query = query;
    this.columns = columns;
    this.frames = frames;
    this.compiledAgainst = session.schemas();
    this.settings = session.settings().fingerprint();
    this.values = new Register[columns.size()];
    this.computed = new boolean[values.length];
    this.early = early(bound);
    for (int i = 0; i < values.length; i++) {
      values[i] = new Register();
    }
  }

  private static int[] early(BoundQuery query) {
    List<ResultColumn> columns = query.columns();
    int[] early = new int[columns.size()];
    int count = 0;
    for (int i = 0; i < early.length; i++) {
      if (!isReadOnly(columns.get(i).expression())) {
        early[count++] = i;
      }
    }
    return Arrays.copyOf(early, count);
  }

  /** Whether the expression only looks at what is there. */
  private static boolean isReadOnly(BoundExpression expression) {
    return expression instanceof BoundExpression.Column
        || expression instanceof BoundExpression.Parameter
        || expression instanceof Constant
        || (expression instanceof BoundValue.Collate collate && isReadOnly(collate.operand()))
        || (expression instanceof BoundValue.NullIfUnmatched column
            && isReadOnly(column.operand()));
  }

  @Override
  long reads() {
    return frames.databases();
  }

  @Override
  long writes() {
    return NO_DATABASE;
  }

  @Override
  boolean isCurrent() {
    return session.databases().isCurrent(compiledAgainst)
        && session.settings().fingerprint() == settings;
  }

  @Override
  List<ColumnInfo> columns() {
    return columns;
  }

  @Override
  void start() {
    frames.begin();
    query.open(frames.stable());
  }

  @Override
  boolean step() {
    Arrays.fill(computed, false);
    if (!query.next(frames.stable())) {
      return false;
    }
    for (int column : early) {
      value(column);
    }
    return true;
  }

  /** Values of tables are read when they are asked for: often only a few are. */
  @Override
  Register value(int column) {
    if (!computed[column]) {
      query.column(frames.stable(), column, values[column]);
      computed[column] = true;
    }
    return values[column];
  }

  @Override
  void end() {
    frames.end();
  }

  @Override
  void freeze() {
    frames.freeze();
  }
}
