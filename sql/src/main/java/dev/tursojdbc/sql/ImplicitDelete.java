package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.exec.ChangeBuilder;
import dev.tursojdbc.sql.exec.ChangeOperation;
import dev.tursojdbc.sql.exec.ForeignKeyCounter;
import dev.tursojdbc.sql.exec.StatementBuilder;
import dev.tursojdbc.sql.plan.ChangePlan;
import dev.tursojdbc.sql.plan.ChangePlanner;
import dev.tursojdbc.sql.plan.Planner;
import dev.tursojdbc.sql.plan.SideEffectPlanner;
import dev.tursojdbc.sql.plan.SideEffects;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.Register;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The DELETE of all rows with which DROP TABLE begins while foreign keys are enforced: it must not
 * leave children without parents, and ON DELETE acts. Foreign keys that do not fit are passed over.
 */
final class ImplicitDelete {
  private final Session session;
  private final ProgramFrames frames;
  private final ChangeOperation operation;

  /** Whether it matters only while deferred foreign keys are broken: nobody refers to the table. */
  private final boolean mendsOnly;

  private ImplicitDelete(
      Session session, ProgramFrames frames, ChangeOperation operation, boolean mendsOnly) {
    this.session = session;
    this.frames = frames;
    this.operation = operation;
    this.mendsOnly = mendsOnly;
  }

  /** Null where no foreign key has to do with the table. */
  static @Nullable ImplicitDelete of(Session session, int database, Table table) {
    Settings settings = session.settings();
    if (!settings.foreignKeys) {
      return null;
    }
    Schema schema = session.schemas().schema(database);
    boolean isParent = !schema.referencesTo(table.name()).isEmpty();
    if (!isParent
        && table.foreignKeys().stream()
            .noneMatch(key -> key.clause().deferred() || settings.deferForeignKeys)) {
      return null;
    }
    BindingContext context = session.compiler().bindingContext();
    Binder binder = new Binder(context);
    ChangePlan plan =
        new ChangePlanner(context, binder, List.of(), null, true, true)
            .delete(wholeTable(session.schemas().name(database), table));
    SideEffects effects =
        new SideEffectPlanner(context, binder, settings.sideEffects(true)).ofDrop(plan);
    ProgramFrames frames = new ProgramFrames(session, new Register[0]);
    StatementBuilder builder = new StatementBuilder(new Planner(context), schema.encoding());
    ChangeOperation operation =
        new ChangeBuilder(
                session.context(),
                frames.live(),
                frames.live(),
                builder,
                builder,
                effects,
                new SequenceRoots(session.schemas()),
                settings.ignoreCheckConstraints)
            .build(plan);
    return new ImplicitDelete(session, frames, operation, !isParent);
  }

  private static DeleteStatement wholeTable(String database, Table table) {
    QualifiedName name = new QualifiedName(Name.of(database), Name.of(table.name()));
    return new DeleteStatement(null, name, null, null, null, List.of(), List.of(), null);
  }

  void run() {
    ForeignKeyCounter counter = session.transactions().foreignKeys();
    if (mendsOnly && !counter.hasAnyDeferred()) {
      return;
    }
    frames.begin();
    session.counters().begin();
    counter.beginStatement(session.settings().deferForeignKeys);
    try {
      operation.run();
    } finally {
      operation.end();
      frames.end();
    }
    counter.requireNoImmediate();
    session.counters().complete();
  }
}
