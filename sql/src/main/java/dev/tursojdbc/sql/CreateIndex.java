package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.exec.EvaluatorBuilder;
import dev.tursojdbc.sql.exec.IndexFiller;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.IndexBuilder;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaFormat;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** CREATE INDEX: a tree, filled from the rows that there are. */
final class CreateIndex extends SchemaChange {
  private final CreateIndexStatement statement;
  private final Table table;

  private CreateIndex(
      Session session, int databaseIndex, CreateIndexStatement statement, Table table) {
    super(session, databaseIndex);
    this.statement = statement;
    this.table = table;
  }

  static Program compile(Session session, CreateIndexStatement statement) {
    String name = statement.index().name().text();
    DefinedNames names = new DefinedNames(session);
    int database = names.database(statement.index(), false, "index");
    if (statement.index().schema() == null && isTemporary(session, statement)) {
      database = SessionDatabases.TEMP;
    }
    String databaseName = session.databases().get(database).name();
    Schema schema = session.databases().get(database).schema();
    Relation relation = schema.relation(statement.table().text());
    if (relation == null) {
      throw database == SessionDatabases.TEMP
          ? noTemporaryTable(session, statement.table().text())
          : error("no such table: " + databaseName + "." + statement.table().text());
    }
    if (Names.startsWith(relation.name(), "sqlite_")) {
      throw error("table " + relation.name() + " may not be indexed");
    }
    if (relation instanceof View) {
      throw error("views may not be indexed");
    }
    if (!(relation instanceof Table table)) {
      throw error("virtual tables may not be indexed");
    }
    names.requireFree(name);
    if (schema.relation(name) != null) {
      throw error("there is already a table named " + name);
    }
    if (schema.index(name) != null) {
      if (statement.ifNotExists()) {
        return nothing(session, database);
      }
      throw error("index " + name + " already exists");
    }
    CreateIndex program = new CreateIndex(session, database, statement, table);
    program.bind(IndexBuilder.build(statement, table, 0, statement.schemaSql()));
    return program;
  }

  /** In temp the table is looked for everywhere. */
  private static TursoException noTemporaryTable(Session session, String table) {
    return error(
        session.schemas().find(null, table) == null
            ? "no such table: " + table
            : "cannot create a TEMP index on non-TEMP table \"" + table + "\"");
  }

  private static boolean isTemporary(Session session, CreateIndexStatement statement) {
    Catalog.Located found =
        session.schemas().find(null, QualifiedName.of(statement.table().text()).name().text());
    return found != null && found.database() == SessionDatabases.TEMP;
  }

  /** The table as it will be with the index, bound; finds names that mean nothing. */
  private BoundTable bind(Index index) {
    Schema with = database().schema().with(index);
    Table indexed = with.table(table.name());
    if (indexed == null) {
      throw new TursoException(ErrorCode.INTERNAL);
    }
    return session.compiler().bindDefinition(databaseIndex, indexed, with.encoding());
  }

  @Override
  Schema change(Schema schema, SchemaWriter writer) {
    int root = writer.createIndexTree();
    Index index = IndexBuilder.build(statement, table, root, statement.schemaSql());
    SchemaFormat.requireOrder(pager(), index);
    writer.insert(new SchemaRow("index", index.name(), table.name(), root, statement.schemaSql()));
    EvaluatorBuilder expressions = session.compiler().expressions();
    ProgramFrames.runLive(
        session, live -> IndexFiller.fill(bind(index), index.name(), expressions, live, pager()));
    return schema.with(index);
  }
}
