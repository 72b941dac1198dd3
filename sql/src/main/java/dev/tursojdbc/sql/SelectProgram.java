package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.RunnableQuery;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.storage.record.Register;
import java.util.List;

/** A query: yields its rows as they are found, from the state at its start. */
final class SelectProgram extends Program {
  private final Session session;
  private final RunnableQuery query;
  private final List<ColumnInfo> columns;
  private final ProgramFrames frames;
  private final Catalog compiledAgainst;
  private final Register[] values;

  /** For each column whether its value was computed for the current row. */
  private final boolean[] computed;

  SelectProgram(
      Session session, RunnableQuery query, List<ColumnInfo> columns, ProgramFrames frames) {
    this.session = session;
    this.query = query;
    this.columns = columns;
    this.frames = frames;
    this.compiledAgainst = session.schemas();
    this.values = new Register[columns.size()];
    this.computed = new boolean[values.length];
    for (int i = 0; i < values.length; i++) {
      values[i] = new Register();
    }
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
    return session.databases().isCurrent(compiledAgainst);
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
    java.util.Arrays.fill(computed, false);
    return query.next(frames.stable());
  }

  /** Values are computed when they are asked for: often only a few are. */
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
