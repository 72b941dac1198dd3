package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaBuilder;
import dev.tursojdbc.sql.schema.SchemaRow;
import java.util.List;

/** CREATE VIEW. What the query says is looked at only when the view is used. */
final class CreateView extends SchemaChange {
  private final CreateViewStatement statement;

  private CreateView(Session session, int databaseIndex, CreateViewStatement statement) {
    super(session, databaseIndex);
    this.statement = statement;
  }

  static Program compile(
      Session session, CreateViewStatement statement, List<String> sourceDatabases) {
    DefinedNames names = new DefinedNames(session);
    String name = statement.view().name().text();
    int database = names.database(statement.view(), statement.temporary(), "table");
    names.requireFree(name);
    Schema schema = session.databases().get(database).schema();
    if (names.relationExists(schema, statement.view().name(), statement.ifNotExists())) {
      return nothing(session, database);
    }
    names.requireHome("view", statement.view().name().spelled(), database, sourceDatabases);
    return new CreateView(session, database, statement);
  }

  @Override
  Schema change(Schema schema, SchemaWriter writer) {
    String name = statement.view().name().text();
    SchemaRow row = new SchemaRow("view", name, name, 0, statement.schemaSql());
    writer.insert(row);
    return schema.with(SchemaBuilder.relation(row));
  }
}
