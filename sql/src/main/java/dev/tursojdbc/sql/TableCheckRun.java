package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.exec.TableCheck;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.TableBinder;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.Register;
import java.util.List;

/** Checks the rows of a table against its definition, for pragmas and for ALTER TABLE. */
final class TableCheckRun {
  private static final int MAX_FINDINGS = 100;

  private final Session session;
  private final int databaseIndex;

  TableCheckRun(Session session, int databaseIndex) {
    this.session = session;
    this.databaseIndex = databaseIndex;
  }

  /** What {@code PRAGMA quick_check} says of a table's rows. */
  List<String> quickly(Table table) {
    ProgramFrames frames = new ProgramFrames(session, new Register[0]);
    frames.begin();
    try {
      return run(table, frames, true, MAX_FINDINGS);
    } finally {
      frames.end();
    }
  }

  List<String> run(Table table, ProgramFrames frames, boolean quick, int maxFindings) {
    SessionDatabase database = session.databases().get(databaseIndex);
    BoundTable bound =
        TableBinder.bind(
            new Binder(session.compiler().bindingContext()),
            session.compiler().collations(),
            databaseIndex,
            database.name(),
            table,
            database.schema().encoding());
    return new TableCheck(
            bound,
            session.compiler().expressions(),
            frames.live(),
            database.pager(),
            quick,
            session.settings().ignoreCheckConstraints,
            maxFindings)
        .run();
  }
}
