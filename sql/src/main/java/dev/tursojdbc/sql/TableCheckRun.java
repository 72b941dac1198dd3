package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.Findings;
import dev.tursojdbc.sql.exec.Frame;
import dev.tursojdbc.sql.exec.TableCheck;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Table;
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
    Findings findings = new Findings(MAX_FINDINGS);
    ProgramFrames.runLive(session, live -> run(table, live, true, findings));
    return findings.rows();
  }

  void run(Table table, Frame live, boolean quick, Findings findings) {
    SessionDatabase database = session.databases().get(databaseIndex);
    BoundTable bound = session.compiler().bind(databaseIndex, table, database.schema().encoding());
    new TableCheck(
            bound,
            session.compiler().expressions(),
            live,
            database.pager(),
            quick,
            session.settings().ignoreCheckConstraints,
            findings)
        .run();
  }
}
