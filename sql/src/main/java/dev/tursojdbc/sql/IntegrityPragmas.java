package dev.tursojdbc.sql;

import dev.tursojdbc.sql.exec.Findings;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableHashOrder;
import dev.tursojdbc.storage.btree.IntegrityCheck;
import dev.tursojdbc.storage.error.CorruptDatabaseException;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
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
    return new Check(call, quick);
  }

  /** Its rows are what was found; the failure that ended the check comes behind them. */
  private static final class Check extends RowsProgram {
    private final PragmaCall call;
    private final boolean quick;
    private @Nullable TursoException failure;

    Check(PragmaCall call, boolean quick) {
      super(call.name());
      this.call = call;
      this.quick = quick;
    }

    @Override
    List<Object @Nullable []> run() {
      Run run = new Run(call, quick);
      List<Object @Nullable []> rows = run.rows();
      failure = run.failure;
      return rows;
    }

    @Override
    void finish() {
      if (failure != null) {
        throw failure;
      }
    }

    @Override
    long reads() {
      long bits = 0;
      List<SessionDatabase> open = call.session().databases().open();
      for (int i = 0; i < open.size(); i++) {
        bits |= open.get(i).isOpen() ? 1L << i : 0;
      }
      return bits;
    }

    @Override
    long writes() {
      return NO_DATABASE;
    }

    /** What it looks at, it looks at when it runs. */
    @Override
    boolean isCurrent() {
      return true;
    }
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
    private final Findings findings;
    private @Nullable TursoException failure;

    Run(PragmaCall call, boolean quick) {
      this.call = call;
      this.session = call.session();
      this.quick = quick;
      only = table(call);
      // SQLite does not see a minus.
      int number = only == null ? Math.abs(call.integer()) : 0;
      findings = new Findings(number > 0 ? number : DEFAULT_MAX_FINDINGS);
    }

    List<Object @Nullable []> rows() {
      try {
        check();
      } catch (TursoException failed) {
        fail(failed);
      }
      if (findings.isEmpty() && failure == null) {
        return RowsProgram.single("ok");
      }
      List<Object @Nullable []> rows = new ArrayList<>();
      for (String finding : findings.rows()) {
        rows.add(new Object[] {finding});
      }
      return rows;
    }

    private void check() {
      List<SessionDatabase> open = session.databases().open();
      for (int i = 0; i < open.size() && !findings.isFull(); i++) {
        if (open.get(i).isOpen() && isAsked(i)) {
          check(i, open.get(i));
        }
      }
    }

    /** A malformed record is the last finding; a malformed page is a failure. */
    private void fail(TursoException failed) {
      if (failed instanceof CorruptDatabaseException damage && damage.isOfRecord()) {
        findings.end(damage.getMessage());
      } else {
        failure = failed;
      }
    }

    private boolean isAsked(int database) {
      return only == null
          ? !call.qualified() || database == call.database()
          : database == only.database();
    }

    private void check(int databaseIndex, SessionDatabase database) {
      List<Table> tables = tables(database);
      if (tables.isEmpty()) {
        return;
      }
      List<Long> counts = checkTrees(database, tables);
      if (!findings.isFull()) {
        compareCounts(tables, counts);
      }
      ProgramFrames.runLive(
          session,
          live -> {
            for (Table table : tables) {
              if (!findings.isFull()) {
                new TableCheckRun(session, databaseIndex).run(table, live, quick, findings);
              }
            }
          });
    }

    private List<Long> checkTrees(SessionDatabase database, List<Table> tables) {
      if (database.pager().pageCount() == 0) {
        return List.of();
      }
      IntegrityCheck.Report report =
          only == null
              ? IntegrityCheck.checkAll(database.pager(), roots(tables), findings.room())
              : IntegrityCheck.checkSome(database.pager(), roots(tables), findings.room());
      if (!report.findings().isEmpty()) {
        findings.addSeveral(
            "*** in database " + database.name() + " ***\n" + String.join("\n", report.findings()),
            report.findings().size());
      }
      return report.entryCounts();
    }

    /** In the order in which SQLite goes through them. */
    private List<Table> tables(SessionDatabase database) {
      List<Table> tables = new ArrayList<>();
      for (Relation relation : TableHashOrder.of(database.schema())) {
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
      for (Table table : tables) {
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

    /** Each table, and behind it its indexes. */
    private static List<Integer> roots(List<Table> tables) {
      List<Integer> roots = new ArrayList<>();
      for (Table table : tables) {
        roots.add(table.rootPage());
        for (Index index : table.indexes()) {
          if (index.rootPage() != table.rootPage()) {
            roots.add(index.rootPage());
          }
        }
      }
      return roots;
    }
  }
}
