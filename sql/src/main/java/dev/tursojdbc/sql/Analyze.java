package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.exec.IndexStatistics;
import dev.tursojdbc.sql.plan.TableBinder;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaFormat;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableHashOrder;
import dev.tursojdbc.storage.btree.TableTree;
import dev.tursojdbc.storage.btree.TreeRoots;
import dev.tursojdbc.storage.pager.Pager;
import dev.tursojdbc.storage.record.RecordEncoder;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * ANALYZE: counts rows and different keys for the planner, and writes what it finds into
 * sqlite_stat1. The table sqlite_stat4, for samples of keys, is made as in SQLite but stays empty:
 * this planner does without samples.
 */
final class Analyze extends RowsProgram {
  private static final String STATISTICS = "sqlite_stat1";
  private static final String SAMPLES = "sqlite_stat4";

  private final Session session;
  private final Catalog catalog;
  private final List<Task> tasks = new ArrayList<>();

  /**
   * What is analysed in one database.
   *
   * @param table null: all tables
   * @param index null: all indexes of the table
   */
  private record Task(int database, @Nullable Table table, @Nullable Index index) {}

  private Analyze(Session session) {
    this.session = session;
    this.catalog = session.schemas();
  }

  static Program compile(Session session, DatabaseStatement.Analyze statement) {
    Analyze program = new Analyze(session);
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

  private void addNamed(QualifiedName target) {
    String schema = DefinedNames.schemaOf(target);
    if (schema != null && session.databases().find(schema) < 0) {
      throw SchemaChange.error("unknown database " + schema);
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
    if (found.relation() instanceof Table table) {
      tasks.add(new Task(found.database(), table, null));
    }
  }

  @Override
  List<Object @Nullable []> run() {
    ProgramFrames frames = new ProgramFrames(session, new Register[0]);
    frames.begin();
    try {
      for (Task task : tasks) {
        new Run(session.databases().get(task.database()), frames).run(task);
      }
    } finally {
      frames.end();
    }
    return none();
  }

  /** The analysis of one database. */
  private final class Run {
    private final SessionDatabase database;
    private final Pager pager;
    private final ProgramFrames frames;
    private final Schema schema;
    private final RecordEncoder encoder;

    /** Whether a table of statistics was made. */
    private boolean made;

    Run(SessionDatabase database, ProgramFrames frames) {
      this.database = database;
      this.pager = database.pager();
      this.frames = frames;
      this.schema = database.schema();
      this.encoder = new RecordEncoder(schema.encoding());
    }

    void run(Task task) {
      TableTree statistics = new TableTree(pager, cleared(STATISTICS, "tbl,idx,stat", task));
      cleared(SAMPLES, "tbl,idx,neq,nlt,ndlt,sample", task);
      if (made) {
        database.bumpCookie();
      }
      for (Relation relation : TableHashOrder.of(schema)) {
        if (relation instanceof Table table
            && !table.isSystem()
            && (task.table() == null || Names.same(task.table().name(), table.name()))) {
          analyze(table, task.index(), statistics);
        }
      }
      database.reloadOwnSchema();
    }

    /** The root of a table of statistics, without the rows that are about to be written anew. */
    private int cleared(String name, String columns, Task task) {
      Table table = schema.table(name);
      if (table == null) {
        SchemaFormat.settle(pager, schema.encoding());
        SchemaWriter writer = new SchemaWriter(pager, schema.encoding());
        int root = writer.createTableTree();
        String sql = "CREATE TABLE " + name + "(" + columns + ")";
        writer.insert(new SchemaRow("table", name, name, root, sql));
        made = true;
        return root;
      }
      Table analyzed = task.table();
      Index index = task.index();
      NamedRows rows = new NamedRows(pager, table.rootPage(), schema.encoding());
      if (analyzed == null) {
        new TreeRoots(pager).clear(table.rootPage());
      } else if (index == null) {
        rows.delete(0, analyzed.name());
      } else {
        rows.delete(1, nameOf(analyzed, index));
      }
      return table.rootPage();
    }

    private void analyze(Table table, @Nullable Index only, TableTree statistics) {
      boolean counted = false;
      for (Index index : table.indexes()) {
        if (only != null && !Names.same(only.name(), index.name())) {
          continue;
        }
        counted |= !index.isPartial();
        String text =
            new IndexStatistics(
                    pager,
                    index.rootPage(),
                    TableBinder.keyOrder(index, session.compiler().collations(), schema.encoding()),
                    schema.encoding(),
                    index.keyColumnCount())
                .compute(frames.live());
        if (text != null) {
          insert(statistics, table.name(), nameOf(table, index), text);
        }
      }
      if (only == null && !counted) {
        long count = new TreeRows(pager, table).cursor().count();
        if (count > 0) {
          insert(statistics, table.name(), null, Long.toString(count));
        }
      }
    }

    private void insert(TableTree tree, String table, @Nullable String index, String text) {
      Register[] values = {new Register(), new Register(), new Register()};
      values[0].setText(table.getBytes(StandardCharsets.UTF_8));
      if (index == null) {
        values[1].setNull();
      } else {
        values[1].setText(index.getBytes(StandardCharsets.UTF_8));
      }
      values[2].setText(text.getBytes(StandardCharsets.UTF_8));
      encoder.encode(values, values.length);
      tree.put(tree.newRowid(), encoder.buffer(), encoder.size());
    }
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
