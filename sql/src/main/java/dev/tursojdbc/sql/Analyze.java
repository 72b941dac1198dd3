package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.exec.Frame;
import dev.tursojdbc.sql.exec.IndexStatistics;
import dev.tursojdbc.sql.exec.KeySample;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableHashOrder;
import dev.tursojdbc.sql.value.Affinity;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ANALYZE: counts rows and different keys for the planner, and writes what it finds into
 * sqlite_stat1 and, samples of keys, into sqlite_stat4.
 *
 * <p>What an earlier ANALYZE wrote about the same tables goes before. A limit on the entries of an
 * index that are looked at makes for no samples.
 */
final class Analyze extends TargetedProgram<Analyze.Part> {
  /** How many entries of an index are looked at; 0: all; negative: as the session says. */
  private final int limit;

  /**
   * What is analysed in one database.
   *
   * @param relation null: all tables
   * @param index null: all indexes of the table
   */
  record Part(int database, @Nullable Relation relation, @Nullable Index index) implements Target {}

  private Analyze(Session session, int limit) {
    super(session);
    this.limit = limit;
  }

  static Program compile(Session session, DatabaseStatement.Analyze statement) {
    Analyze program = new Analyze(session, -1);
    QualifiedName target = statement.target();
    if (target == null) {
      for (int database = 0; database < program.catalog.count(); database++) {
        if (database != SessionDatabases.TEMP) {
          program.targets.add(new Part(database, null, null));
        }
      }
      return program;
    }
    String name = target.name().text();
    int database = session.databases().find(name);
    if (target.schema() == null && database >= 0) {
      program.targets.add(new Part(database, null, null));
      return program;
    }
    program.addNamed(target);
    return program;
  }

  /**
   * The analysis of some tables.
   *
   * @param limit as for {@code PRAGMA analysis_limit}; negative: as that has set it
   */
  static Analyze tables(Session session, int database, List<Table> tables, int limit) {
    Analyze program = new Analyze(session, limit);
    tables.forEach(table -> program.targets.add(new Part(database, table, null)));
    return program;
  }

  private void addNamed(QualifiedName target) {
    String schema = schemaOf(target);
    Catalog.LocatedIndex index = catalog.findIndex(schema, target.name().text());
    if (index != null) {
      targets.add(new Part(index.database(), index.table(), index.index()));
      return;
    }
    Catalog.Located found = catalog.find(schema, target.name().text());
    if (found == null) {
      throw SchemaChange.error("no such table: " + DefinedNames.display(target));
    }
    targets.add(new Part(found.database(), found.relation(), null));
  }

  @Override
  void run(Part part, Frame live) {
    new Run(part.database(), live).run(part);
  }

  /** The analysis of one database. */
  private final class Run {
    private final int number;
    private final SessionDatabase database;
    private final Frame live;
    private final Schema schema;

    Run(int number, Frame live) {
      this.number = number;
      this.database = session.databases().get(number);
      this.live = live;
      this.schema = database.schema();
    }

    void run(Part part) {
      StatisticsTables statistics = StatisticsTables.open(database);
      if (part.relation() == null) {
        statistics.clear();
      } else if (part.index() == null) {
        statistics.forgetTable(part.relation().name());
      } else {
        statistics.forgetIndex(part.index().name());
      }
      for (Relation relation : TableHashOrder.of(schema)) {
        if (relation instanceof Table table
            && !table.isSystem()
            && (part.relation() == null || Names.same(part.relation().name(), table.name()))) {
          analyze(table, part.index(), statistics);
        }
      }
      database.reloadOwnSchema();
    }

    private void analyze(Table table, @Nullable Index only, StatisticsTables statistics) {
      boolean counted = false;
      BoundTable bound = session.compiler().bind(number, table, schema.encoding());
      for (Index index : table.indexes()) {
        if (only != null && !Names.same(only.name(), index.name())) {
          continue;
        }
        counted |= !index.isPartial();
        analyze(table, bound.index(index), statistics);
      }
      if (only == null && !counted) {
        long count = new TreeRows(database.pager(), table).cursor().count();
        if (count > 0) {
          statistics.addNumbers(table.name(), null, Long.toString(count));
        }
      }
    }

    private void analyze(Table table, BoundTable.BoundIndex bound, StatisticsTables statistics) {
      Index index = bound.index();
      int keyColumns = index.keyColumnCount();
      int columns = table.isStoredIn(index) ? keyColumns : index.columns().size();
      boolean unique = table.isStoredIn(index) || isUniqueWithoutNulls(table, index);
      IndexStatistics.Extent extent =
          new IndexStatistics.Extent(
              columns,
              keyColumns,
              unique ? keyColumns - 1 : columns - 1,
              limit < 0 ? session.settings().analysisLimit : limit);
      IndexStatistics.Found found =
          new IndexStatistics(
                  database.pager(), index.rootPage(), bound.order(), schema.encoding(), extent)
              .compute(live);
      if (found.rows() == 0 && !index.isPartial()) {
        return;
      }
      String name = nameOf(table, index);
      statistics.addNumbers(table.name(), name, found.numbers());
      boolean[] reals = realColumns(table, bound, columns);
      for (KeySample sample : found.samples()) {
        statistics.addSample(table.name(), name, sample, reals);
      }
    }
  }

  private static boolean isUniqueWithoutNulls(Table table, Index index) {
    if (!index.isUnique()) {
      return false;
    }
    for (int i = 0; i < index.keyColumnCount(); i++) {
      int column = index.column(i).column();
      if (column == IndexColumn.EXPRESSION
          || (column >= 0
              && column != table.rowidColumn()
              && table.column(column).notNull() == null)) {
        return false;
      }
    }
    return true;
  }

  /** Which columns hold reals, that an index stores as integers where it can. */
  private static boolean[] realColumns(Table table, BoundTable.BoundIndex bound, int columns) {
    boolean[] reals = new boolean[columns];
    for (int i = 0; i < columns; i++) {
      int column = bound.index().column(i).column();
      BoundExpression expression = bound.expressions().get(i);
      Affinity affinity = Affinity.INTEGER;
      if (expression != null) {
        affinity = expression.affinity();
      } else if (column >= 0) {
        affinity = table.column(column).affinity();
      }
      reals[i] = affinity == Affinity.REAL;
    }
    return reals;
  }

  /** The tree of a WITHOUT ROWID table goes by the table's name. */
  private static String nameOf(Table table, Index index) {
    return table.isStoredIn(index) ? table.name() : index.name();
  }
}
