package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.exec.ChangeOperation;
import dev.tursojdbc.sql.exec.ConstraintException;
import dev.tursojdbc.sql.exec.ForeignKeyCounter;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.SchemaTable;
import dev.tursojdbc.storage.record.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INSERT, UPDATE or DELETE: makes all changes before the first row of RETURNING comes out, as
 * SQLite does.
 */
final class ChangeProgram extends Program {
  private final Session session;
  private final ChangeOperation operation;
  private final ProgramFrames frames;
  private final Catalog compiledAgainst;
  private final int settings;
  private final List<ColumnInfo> columns;
  private final long writes;
  private final boolean needsUndo;

  /** Whether rows are changed while the query that finds them is running. */
  private final boolean streams;

  /** Whether the number of changed rows is the only row that comes out: PRAGMA count_changes. */
  private final boolean counts;

  /** The database whose sqlite_schema is changed, or null. */
  private final @Nullable SessionDatabase editedSchema;

  private int next;
  private Register[] row = {};

  ChangeProgram(
      Session session,
      CompiledStatement.Change compiled,
      ChangeOperation operation,
      ProgramFrames frames) {
    ChangePlan plan = compiled.plan();
    this.session = session;
    this.settings = session.settings().fingerprint();
    this.operation = operation;
    this.frames = frames;
    this.writes = compiled.written();
    this.needsUndo = mayFailHalfway(plan, operation) || compiled.effects().mayFailHalfway();
    this.streams = plan instanceof ChangePlan.Insert insert && insert.query() != null;
    this.compiledAgainst = session.schemas();
    this.editedSchema =
        SchemaTable.is(plan.target().table())
            ? session.databases().get(plan.target().database())
            : null;
    ChangePlan.Returning returning = plan.returning();
    this.counts = returning == null && session.settings().countChanges;
    if (counts) {
      this.columns = List.of(ColumnInfo.named(countName(plan)));
    } else {
      this.columns = returning == null ? List.of() : ColumnInfo.of(returning.columns());
    }
  }

  /**
   * Whether rows may have been changed when a constraint of a later one fails, or an expression of
   * RETURNING. One row checks all its constraints first, unless REPLACE deletes rows meanwhile.
   */
  private static boolean mayFailHalfway(ChangePlan plan, ChangeOperation operation) {
    if (plan.returning() != null) {
      return true;
    }
    if (plan instanceof ChangePlan.Insert insert) {
      return insert.query() != null || insert.rows().size() > 1 || plan.mayReplace();
    }
    return plan instanceof ChangePlan.Update && (!operation.findsOneRow() || plan.mayReplace());
  }

  private static String countName(ChangePlan plan) {
    if (plan instanceof ChangePlan.Insert) {
      return "rows inserted";
    }
    return plan instanceof ChangePlan.Update ? "rows updated" : "rows deleted";
  }

  @Override
  long reads() {
    return frames.databases();
  }

  @Override
  long writes() {
    return writes;
  }

  @Override
  boolean needsUndo() {
    return needsUndo;
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
    next = 0;
    frames.begin();
    session.counters().begin();
    if (streams) {
      frames.freeze();
    }
    if (editedSchema != null) {
      editedSchema.schemaEdited();
    }
    runChecked();
    session.counters().complete();
  }

  /** Immediate foreign keys must hold whether all rows were changed or, after FAIL, only some. */
  private void runChecked() {
    ForeignKeyCounter foreignKeys = session.transactions().foreignKeys();
    foreignKeys.beginStatement(session.settings().deferForeignKeys);
    try {
      operation.run();
    } catch (ConstraintException failure) {
      if (failure.resolution() == ConflictAction.FAIL) {
        foreignKeys.requireNoImmediate();
      }
      throw failure;
    }
    foreignKeys.requireNoImmediate();
  }

  @Override
  boolean step() {
    if (counts) {
      Register count = new Register();
      count.setInteger(session.counters().changes() - operation.updatedInstead());
      row = new Register[] {count};
      return next++ == 0;
    }
    if (next >= operation.returnedCount()) {
      return false;
    }
    row = operation.returned(next++);
    return true;
  }

  @Override
  Register value(int column) {
    return row[column];
  }

  @Override
  void end() {
    operation.end();
    frames.end();
  }
}
