package dev.tursojdbc.sql;

import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.SchemaTable;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.btree.IntegrityCheck;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** PRAGMA integrity_check and quick_check: the file's structure first, then the rows. */
final class IntegrityPragmas {
  private static final int DEFAULT_MAX_FINDINGS = 100;

  private IntegrityPragmas() {}

  static void register(Map<String, Function<PragmaCall, Program>> pragmas) {
    pragmas.put("integrity_check", call -> program(call, false));
    pragmas.put("quick_check", call -> program(call, true));
  }

  private static Program program(PragmaCall call, boolean quick) {
    table(call);
    if (!call.qualified()) {
      call.session().databases().openTemp();
    }
    return PragmaProgram.readingAll(call.session(), () -> new Run(call, quick).rows(), call.name());
  }

  /** The table or view that is to be checked alone; null if the value is how many findings. */
  private static Catalog.@Nullable Located table(PragmaCall call) {
    if (!call.hasValue() || isCount(call)) {
      return null;
    }
    String schema = call.qualified() ? call.target().name() : null;
    Catalog.Located found = call.session().schemas().find(schema, call.text());
    if (found == null) {
      String name = (schema == null ? "" : schema + ".") + call.text();
      throw new TursoException(ErrorCode.ERROR, "no such table: " + name);
    }
    return found;
  }

  /** A number that 32 bits do not hold is a table's name. */
  private static boolean isCount(PragmaCall call) {
    return call.numeral() && call.number() == (int) call.number();
  }

  /** One run over the databases that were asked about. */
  private static final class Run {
    private final PragmaCall call;
    private final Session session;
    private final boolean quick;
    private final Catalog.@Nullable Located only;
    private final int maxFindings;
    private final List<String> findings = new ArrayList<>();

    Run(PragmaCall call, boolean quick) {
      this.call = call;
      this.session = call.session();
      this.quick = quick;
      only = table(call);
      // SQLite does not see a minus.
      int number = only == null ? Math.abs(call.integer()) : 0;
      maxFindings = number > 0 ? number : DEFAULT_MAX_FINDINGS;
    }

    List<Object @Nullable []> rows() {
      List<SessionDatabase> open = session.databases().open();
      for (int i = 0; i < open.size(); i++) {
        if (open.get(i).isOpen() && isAsked(i)) {
          check(i, open.get(i));
        }
      }
      if (findings.isEmpty()) {
        return RowsProgram.single("ok");
      }
      List<Object @Nullable []> rows = new ArrayList<>();
      for (String finding : findings.subList(0, Math.min(findings.size(), maxFindings))) {
        rows.add(new Object[] {finding});
      }
      return rows;
    }

    private boolean isAsked(int database) {
      return only == null
          ? !call.qualified() || database == call.database()
          : database == only.database();
    }

    private void check(int databaseIndex, SessionDatabase database) {
      if (database.pager().pageCount() == 0) {
        return;
      }
      List<Table> tables = tables(database);
      if (only != null && tables.isEmpty()) {
        return;
      }
      IntegrityCheck.Report report =
          only == null
              ? IntegrityCheck.checkAll(database.pager(), roots(tables), maxFindings)
              : IntegrityCheck.checkSome(database.pager(), roots(tables), maxFindings);
      if (!report.findings().isEmpty()) {
        findings.add(
            "*** in database " + database.name() + " ***\n" + String.join("\n", report.findings()));
      }
      compareCounts(tables, report.entryCounts());
      ProgramFrames frames = new ProgramFrames(session, new Register[0]);
      frames.begin();
      try {
        for (Table table : tables) {
          if (findings.size() < maxFindings && !SchemaTable.is(table)) {
            check(databaseIndex, table, frames);
          }
        }
      } finally {
        frames.end();
      }
    }

    private void check(int databaseIndex, Table table, ProgramFrames frames) {
      findings.addAll(
          new TableCheckRun(session, databaseIndex)
              .run(table, frames, quick, maxFindings - findings.size()));
    }

    private List<Table> tables(SessionDatabase database) {
      List<Table> tables = new ArrayList<>();
      for (Relation relation : database.schema().relations()) {
        if (relation instanceof Table table
            && (only == null || Names.same(table.name(), only.relation().name()))) {
          tables.add(table);
        }
      }
      return tables;
    }

    /**
     * An index that is not partial has as many entries as its table has rows.
     *
     * @param counts in the order of {@link #roots}
     */
    private void compareCounts(List<Table> tables, List<Long> counts) {
      int position = 0;
      for (int i = tables.size() - 1; i >= 0; i--) {
        Table table = tables.get(i);
        int tablePosition = position++;
        for (Index index : table.indexes()) {
          if (index.rootPage() == table.rootPage()) {
            continue;
          }
          boolean counted = position < counts.size();
          if (counted
              && !index.isPartial()
              && !counts.get(position).equals(counts.get(tablePosition))) {
            findings.add("wrong # of entries in index " + index.name());
          }
          position++;
        }
      }
    }

    /** The newest table first, and behind each its indexes. */
    private static List<IntegrityCheck.Root> roots(List<Table> tables) {
      List<IntegrityCheck.Root> roots = new ArrayList<>();
      for (int i = tables.size() - 1; i >= 0; i--) {
        Table table = tables.get(i);
        roots.add(new IntegrityCheck.Root(table.rootPage(), table.hasRowid()));
        for (Index index : table.indexes()) {
          if (index.rootPage() != table.rootPage()) {
            roots.add(new IntegrityCheck.Root(index.rootPage(), false));
          }
        }
      }
      return roots;
    }
  }
}
