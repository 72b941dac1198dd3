package dev.tursojdbc.sql;

import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.exec.Findings;
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
    Findings findings = new Findings(MAX_FINDINGS);
    try {
      run(table, frames, true, findings);
      return findings.rows();
    } finally {
      frames.end();
    }
  }

  void run(Table table, ProgramFrames frames, boolean quick, Findings findings) {
    SessionDatabase database = session.databases().get(databaseIndex);
    BoundTable bound =
        TableBinder.bind(
            new Binder(session.compiler().bindingContext()),
            session.compiler().collations(),
            databaseIndex,
            database.name(),
            table,
            database.schema().encoding());
    new TableCheck(
            bound,
            session.compiler().expressions(),
            frames.live(),
            database.pager(),
            quick,
            session.settings().ignoreCheckConstraints,
            findings)
        .run();
  }
}
