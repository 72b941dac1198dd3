package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement.Time;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.StatementException;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.parse.ParsedStatement;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaBuilder;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.sql.schema.VirtualTable;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;
import java.util.Locale;

/** CREATE TRIGGER. What the body says is looked at only when the trigger fires. */
final class CreateTrigger extends SchemaChange {
  private final CreateTriggerStatement statement;
  private final String tableDatabase;

  private CreateTrigger(
      Session session, int databaseIndex, CreateTriggerStatement statement, String tableDatabase) {
    super(session, databaseIndex);
    this.statement = statement;
    this.tableDatabase = tableDatabase;
  }

  static Program compile(
      Session session, CreateTriggerStatement statement, ParsedStatement parsed) {
    int database = database(session, statement);
    Catalog.Located found = find(session, statement, database);
    if (isThere(session, statement, database, found.relation())) {
      return nothing(session, database);
    }
    requireAsRead(statement, database);
    if (!parsed.parameterNames().isEmpty()) {
      throw error("trigger cannot use variables");
    }
    String name = statement.trigger().name().text();
    new DefinedNames(session).requireHome("trigger", name, database, parsed.sourceDatabases());
    return new CreateTrigger(
        session, database, statement, session.schemas().name(found.database()));
  }

  /** Refuses what SQLite refuses while it reads the statement. */
  static void requireAsRead(Session session, CreateTriggerStatement statement) {
    int database = database(session, statement);
    Relation relation = find(session, statement, database).relation();
    if (!isThere(session, statement, database, relation)) {
      requireAsRead(statement, database);
    }
  }

  /**
   * Whether there is nothing to be done, as the trigger is there already.
   *
   * @throws TursoException if something in the head, up to WHEN, is wrong
   */
  private static boolean isThere(
      Session session, CreateTriggerStatement statement, int database, Relation relation) {
    if (relation instanceof VirtualTable) {
      throw error("cannot create triggers on virtual tables");
    }
    String name = statement.trigger().name().text();
    new DefinedNames(session).requireFree(name);
    if (session.databases().get(database).schema().trigger(name) != null) {
      if (statement.ifNotExists()) {
        return true;
      }
      Name trigger = statement.trigger().name();
      throw StatementException.at(
          trigger.span(), "trigger " + trigger.spelled() + " already exists");
    }
    requireFit(statement, relation);
    return false;
  }

  private static void requireAsRead(CreateTriggerStatement statement, int database) {
    for (Statement step : statement.body()) {
      if (hasReturning(step)) {
        throw error("cannot use RETURNING in a trigger");
      }
      if (database != SessionDatabases.TEMP && changesNamedDatabase(step)) {
        throw error(
            "qualified table names are not allowed on INSERT, UPDATE, and DELETE statements within"
                + " triggers");
      }
    }
  }

  /** The database that the trigger goes to: temp, if its table is there. */
  private static int database(Session session, CreateTriggerStatement statement) {
    Name schema = statement.trigger().schema();
    if (statement.temporary()) {
      if (schema != null) {
        throw error("temporary trigger may not have qualified name");
      }
      return SessionDatabases.TEMP;
    }
    int database = new DefinedNames(session).database(statement.trigger(), false, "trigger");
    if (schema == null) {
      Catalog.Located found =
          session
              .schemas()
              .find(DefinedNames.schemaOf(statement.table()), statement.table().name().text());
      if (found != null && found.database() == SessionDatabases.TEMP) {
        return SessionDatabases.TEMP;
      }
    }
    return database;
  }

  /** The table or view, which must be in the trigger's database unless that is temp. */
  private static Catalog.Located find(
      Session session, CreateTriggerStatement statement, int database) {
    String wanted = DefinedNames.schemaOf(statement.table());
    String table = statement.table().name().text();
    if (database != SessionDatabases.TEMP) {
      String home = session.schemas().name(database);
      if (wanted != null) {
        new DefinedNames(session)
            .requireHome(
                "trigger", statement.trigger().name().spelled(), database, List.of(wanted));
      }
      wanted = home;
    }
    Catalog.Located found = session.schemas().find(wanted, table);
    if (found == null) {
      throw error("no such table: " + (wanted == null ? "" : wanted + ".") + table);
    }
    return found;
  }

  /** INSTEAD OF is for views, and views are for INSTEAD OF. */
  private static void requireFit(CreateTriggerStatement statement, Relation relation) {
    if (Names.startsWith(relation.name(), "sqlite_")) {
      throw error("cannot create trigger on system table");
    }
    boolean instead = statement.time() == Time.INSTEAD_OF;
    boolean view = relation instanceof View;
    if (view && !instead) {
      throw error(
          "cannot create "
              + statement.time().name().toUpperCase(Locale.ROOT)
              + " trigger on view: "
              + statement.table().name().text());
    }
    if (!view && instead) {
      throw error("cannot create INSTEAD OF trigger on table: " + statement.table().name().text());
    }
  }

  /** Whether the table to change has a database before it; a trigger of temp may reach out. */
  private static boolean changesNamedDatabase(Statement statement) {
    QualifiedName table = null;
    if (statement instanceof InsertStatement insert) {
      table = insert.table();
    } else if (statement instanceof UpdateStatement update) {
      table = update.table();
    } else if (statement instanceof DeleteStatement delete) {
      table = delete.table();
    }
    return table != null && table.schema() != null;
  }

  private static boolean hasReturning(Statement statement) {
    return (statement instanceof InsertStatement insert && !insert.returning().isEmpty())
        || (statement instanceof UpdateStatement update && !update.returning().isEmpty())
        || (statement instanceof DeleteStatement delete && !delete.returning().isEmpty());
  }

  @Override
  Schema change(Schema schema, SchemaWriter writer) {
    SchemaRow row =
        new SchemaRow(
            "trigger",
            statement.trigger().name().text(),
            statement.table().name().text(),
            0,
            statement.schemaSql());
    writer.insert(row);
    return schema.with(SchemaBuilder.trigger(row).onTableOf(tableDatabase));
  }
}
