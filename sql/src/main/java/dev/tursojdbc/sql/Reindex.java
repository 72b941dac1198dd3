package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.exec.IndexFiller;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.plan.TableBinder;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** REINDEX: fills indexes anew from the rows of their tables. */
final class Reindex extends RowsProgram {
  private final Session session;
  private final Catalog catalog;
  private final List<Task> tasks = new ArrayList<>();

  /** An index to fill. */
  private record Task(int database, Table table, Index index) {}

  private Reindex(Session session) {
    this.session = session;
    this.catalog = session.schemas();
  }

  /** What the name may be: a collation, EXPRESSIONS, a table, an index. */
  static Program compile(Session session, DatabaseStatement.Reindex statement) {
    Reindex program = new Reindex(session);
    QualifiedName target = statement.target();
    if (target == null) {
      program.addAll(index -> true);
      return program;
    }
    String name = target.name().text();
    if (target.schema() == null) {
      if (session.compiler().collations().find(name) != null) {
        program.addAll(index -> uses(index, name));
        return program;
      }
      if (Names.same(name, "expressions")) {
        program.addAll(Index::isOnExpressions);
        return program;
      }
    }
    program.addNamed(target);
    return program;
  }

  private static boolean uses(Index index, String collation) {
    return index.columns().stream().anyMatch(column -> Names.same(column.collation(), collation));
  }

  private void addAll(Predicate<Index> condition) {
    for (int database = 0; database < catalog.count(); database++) {
      for (Relation relation : catalog.schema(database).relations()) {
        if (relation instanceof Table table) {
          add(database, table, condition);
        }
      }
    }
  }

  private void add(int database, Table table, Predicate<Index> condition) {
    for (Index index : table.indexes()) {
      if (condition.test(index)) {
        tasks.add(new Task(database, table, index));
      }
    }
  }

  private void addNamed(QualifiedName target) {
    String schema = DefinedNames.schemaOf(target);
    if (target.schema() != null) {
      DefinedNames.requireDatabase(session, target.schema());
    }
    Catalog.Located relation = catalog.find(schema, target.name().text());
    if (relation != null) {
      if (relation.relation() instanceof Table table) {
        add(relation.database(), table, index -> true);
      }
      return;
    }
    Catalog.LocatedIndex found = catalog.findIndex(schema, target.name().text());
    if (found == null) {
      throw SchemaChange.error("unable to identify the object to be reindexed");
    }
    add(found.database(), found.table(), index -> Names.same(index.name(), found.index().name()));
  }

  @Override
  List<Object @Nullable []> run() {
    ProgramFrames frames = new ProgramFrames(session, new Register[0]);
    frames.begin();
    try {
      for (Task task : tasks) {
        SessionDatabase database = session.databases().get(task.database());
        BoundTable bound =
            TableBinder.bind(
                new Binder(session.compiler().bindingContext()),
                session.compiler().collations(),
                task.database(),
                database.name(),
                task.table(),
                database.schema().encoding());
        IndexFiller.fill(
            bound,
            task.index().name(),
            session.compiler().expressions(),
            frames.live(),
            database.pager());
      }
    } finally {
      frames.end();
    }
    return none();
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
