package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.exec.IndexStatistics;
import dev.tursojdbc.sql.exec.KeySample;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.TableBinder;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexColumn;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableHashOrder;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ANALYZE: counts rows and different keys for the planner, and writes what it finds into
 * sqlite_stat1 and, samples of keys, into sqlite_stat4.
 *
 * <p>What an earlier ANALYZE wrote about the same tables goes before. A limit on the entries of an
 * index that are looked at makes for no samples.
 */
final class Analyze extends RowsProgram {
  private final Session session;
  private final Catalog catalog;
  private final List<Task> tasks = new ArrayList<>();

  /** How many entries of an index are looked at; 0: all; negative: as the session says. */
  private final int limit;

  /**
   * What is analysed in one database.
   *
   * @param relation null: all tables
   * @param index null: all indexes of the table
   */
  private record Task(int database, @Nullable Relation relation, @Nullable Index index) {}

  private Analyze(Session session, int limit) {
    this.session = session;
    this.catalog = session.schemas();
    this.limit = limit;
  }

  static Program compile(Session session, DatabaseStatement.Analyze statement) {
    Analyze program = new Analyze(session, -1);
    QualifiedName target = statement.target();
    if (target == null) {
      for (int database = 0; database < program.catalog.count(); database++) {
        if (database != SessionDatabases.TEMP) {
          program.tasks.add(new Task(database, null, null));
        }
      }
      return program;
    }
    String name = target.name().text();
    int database = session.databases().find(name);
    if (target.schema() == null && database >= 0) {
      program.tasks.add(new Task(database, null, null));
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
    tables.forEach(table -> program.tasks.add(new Task(database, table, null)));
    return program;
  }

  private void addNamed(QualifiedName target) {
    String schema = DefinedNames.schemaOf(target);
    if (target.schema() != null) {
      DefinedNames.requireDatabase(session, target.schema());
    }
    Catalog.LocatedIndex index = catalog.findIndex(schema, target.name().text());
    if (index != null) {
      tasks.add(new Task(index.database(), index.table(), index.index()));
      return;
    }
    Catalog.Located found = catalog.find(schema, target.name().text());
    if (found == null) {
      throw SchemaChange.error("no such table: " + DefinedNames.display(target));
    }
    tasks.add(new Task(found.database(), found.relation(), null));
  }

  @Override
  List<Object @Nullable []> run() {
    ProgramFrames frames = new ProgramFrames(session, new Register[0]);
    frames.begin();
    try {
      for (Task task : tasks) {
        new Run(task.database(), frames).run(task);
      }
    } finally {
      frames.end();
    }
    return none();
  }

  /** The analysis of one database. */
  private final class Run {
    private final int number;
    private final SessionDatabase database;
    private final ProgramFrames frames;
    private final Schema schema;

    Run(int number, ProgramFrames frames) {
      this.number = number;
      this.database = session.databases().get(number);
      this.frames = frames;
      this.schema = database.schema();
    }

    void run(Task task) {
      StatisticsTables statistics = StatisticsTables.open(database);
      if (task.relation() == null) {
        statistics.clear();
      } else if (task.index() == null) {
        statistics.forgetTable(task.relation().name());
      } else {
        statistics.forgetIndex(task.index().name());
      }
      for (Relation relation : TableHashOrder.of(schema)) {
        if (relation instanceof Table table
            && !table.isSystem()
            && (task.relation() == null || Names.same(task.relation().name(), table.name()))) {
          analyze(table, task.index(), statistics);
        }
      }
      database.reloadOwnSchema();
    }

    private void analyze(Table table, @Nullable Index only, StatisticsTables statistics) {
      boolean counted = false;
      BoundTable bound =
          TableBinder.bind(
              new Binder(session.compiler().bindingContext()),
              session.compiler().collations(),
              number,
              database.name(),
              table,
              schema.encoding());
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
              .compute(frames.live());
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

  @Override
  long reads() {
    return writes();
  }

  @Override
  long writes() {
    long bits = NO_DATABASE;
    for (Task task : tasks) {
      bits |= 1L << task.database();
    }
    return bits;
  }

  @Override
  boolean isReadOnly() {
    return false;
  }

  @Override
  boolean needsUndo() {
    return true;
  }

  @Override
  boolean isCurrent() {
    return session.databases().isCurrent(catalog);
  }
}
