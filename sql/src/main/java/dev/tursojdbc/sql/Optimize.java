package dev.tursojdbc.sql;

import dev.tursojdbc.sql.plan.LogEstimate;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.Statistics;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableHashOrder;
import dev.tursojdbc.storage.btree.TreeCursor;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * PRAGMA optimize: ANALYZE of the tables for which that is worth while.
 *
 * <pre>
 *   mask     0x00001  only tell what would be done
 *            0x00002  analyse tables; nothing else is ever done
 *            0x00010  look at no more than 2000 entries of an index, fewer if there are many trees
 *            0x10000  look at the sizes of all tables, not only of those that were searched by indexes
 *   default  0x0fffe
 * </pre>
 *
 * <p>A table is analysed if it has an index without statistics and is not empty; or if this session
 * has planned searches by its indexes, and it has become ten times larger or smaller than it was.
 */
final class Optimize {
  private static final int TELL = 0x1;
  private static final int ANALYZE = 0x2;
  private static final int LIMITED = 0x10;
  private static final int ALL_SIZES = 0x10000;
  private static final int DEFAULT = 0xfffe;

  private static final int LIMIT = 2000;
  private static final int LEAST_LIMIT = 100;
  private static final int MANY_TREES = 100;

  /** Estimates of ten times as many, and of a million, which a table has that nobody counted. */
  private static final int TEN_TIMES = 33;

  private static final int UNKNOWN_ROWS = 200;

  private final Session session;
  private final int mask;
  private int trees;

  private Optimize(Session session, int mask) {
    this.session = session;
    this.mask = mask;
  }

  /**
   * What is looked at.
   *
   * @param rows estimate of the rows that it had; negative: has an index without statistics
   */
  private record Candidate(Table table, int rows) {}

  static Program compile(PragmaCall call) {
    int mask = call.hasValue() ? call.integer() : DEFAULT;
    if (call.hasValue() && (mask & ANALYZE) == 0) {
      return PragmaProgram.of(RowsProgram::none, "optimize");
    }
    return PragmaProgram.readingAll(
        call.session(), () -> new Optimize(call.session(), mask).run(call), "optimize");
  }

  private List<Object @Nullable []> run(PragmaCall call) {
    List<SessionDatabase> open = session.databases().open();
    int first = call.qualified() ? call.database() : 0;
    int last = call.qualified() ? call.database() : open.size() - 1;
    List<List<Candidate>> candidates = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      candidates.add(i == SessionDatabases.TEMP ? List.of() : candidates(open.get(i)));
    }
    List<Object @Nullable []> told = new ArrayList<>();
    for (int i = first; i <= last; i++) {
      List<Table> tables = worthWhile(open.get(i), candidates.get(i - first));
      if ((mask & TELL) != 0) {
        for (Table table : tables) {
          told.add(new Object[] {statement(open.get(i).name(), table.name())});
        }
      } else if (!tables.isEmpty()) {
        int database = i;
        session.write(database, () -> Analyze.tables(session, database, tables, limit()).run());
      }
    }
    return told;
  }

  private List<Candidate> candidates(SessionDatabase database) {
    List<Candidate> candidates = new ArrayList<>();
    Schema schema = database.schema();
    for (Relation relation : TableHashOrder.of(schema)) {
      if (!(relation instanceof Table table) || table.isSystem()) {
        continue;
      }
      int rows = rowsBefore(schema.statistics(), table);
      if (database.wasSearched(table.name()) || (mask & ALL_SIZES) != 0 || rows < 0) {
        trees += table.indexes().size() + 1;
        candidates.add(new Candidate(table, rows));
      }
    }
    return candidates;
  }

  private static int rowsBefore(Statistics statistics, Table table) {
    for (Index index : table.indexes()) {
      if (statistics.index(index.name()) == null) {
        return -1;
      }
    }
    Statistics.OfTable known = statistics.table(table.name());
    return known == null ? UNKNOWN_ROWS : LogEstimate.of(known.rows());
  }

  private static List<Table> worthWhile(SessionDatabase database, List<Candidate> candidates) {
    List<Table> tables = new ArrayList<>();
    for (Candidate candidate : candidates) {
      TreeCursor cursor = new TreeRows(database.pager(), candidate.table()).cursor();
      long count = cursor.estimateCount();
      int rows = count == 0 ? -1 : LogEstimate.of(count);
      boolean worthWhile =
          candidate.rows() < 0
              ? count > 0
              : rows < (candidate.rows() >= TEN_TIMES ? candidate.rows() - TEN_TIMES : -1)
                  || rows > candidate.rows() + TEN_TIMES;
      if (worthWhile) {
        tables.add(candidate.table());
      }
    }
    return tables;
  }

  /** How many entries of an index are looked at. */
  private int limit() {
    int set = session.settings().analysisLimit;
    if ((mask & LIMITED) == 0 || (set > 0 && set < LIMIT)) {
      return -1;
    }
    return trees <= MANY_TREES ? LIMIT : Math.max(LEAST_LIMIT, MANY_TREES * LIMIT / trees);
  }

  private static String statement(String database, String table) {
    return "ANALYZE " + quoted(database) + '.' + quoted(table);
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
