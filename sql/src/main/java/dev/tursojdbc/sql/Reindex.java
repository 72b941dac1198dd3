package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.exec.Frame;
import dev.tursojdbc.sql.exec.IndexFiller;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Table;
import java.util.function.Predicate;

/** REINDEX: fills indexes anew from the rows of their tables. */
final class Reindex extends TargetedProgram<Reindex.IndexToFill> {
  /** An index to fill. */
  record IndexToFill(int database, Table table, Index index) implements Target {}

  private Reindex(Session session) {
    super(session);
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
        targets.add(new IndexToFill(database, table, index));
      }
    }
  }

  private void addNamed(QualifiedName target) {
    String schema = schemaOf(target);
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
  void run(IndexToFill wanted, Frame live) {
    SessionDatabase database = session.databases().get(wanted.database());
    IndexFiller.fill(
        session.compiler().bind(wanted.database(), wanted.table(), database.schema().encoding()),
        wanted.index().name(),
        session.compiler().expressions(),
        live,
        database.pager());
  }
}
