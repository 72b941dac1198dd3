package dev.tursojdbc.sql;

import dev.tursojdbc.sql.alter.AlteredTable;
import dev.tursojdbc.sql.ast.AlterTableStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.StatementException;
import dev.tursojdbc.sql.parse.Identifiers;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.storage.error.TursoException;

/** ALTER TABLE: finds the table and refuses what cannot be altered. */
final class AlterTable implements AlterTableStatement.ChangeVisitor<Program> {
  private final Session session;
  private final int database;
  private final Relation relation;

  private AlterTable(Session session, int database, Relation relation) {
    this.session = session;
    this.database = database;
    this.relation = relation;
  }

  static Program compile(Session session, AlterTableStatement statement) {
    Catalog.Located found =
        session
            .schemas()
            .find(DefinedNames.schemaOf(statement.table()), statement.table().name().text());
    if (found == null) {
      throw SchemaChange.error("no such table: " + DefinedNames.display(statement.table()));
    }
    return statement.change().accept(new AlterTable(session, found.database(), found.relation()));
  }

  private void requireAlterable() {
    if (Names.startsWith(relation.name(), "sqlite_")) {
      throw SchemaChange.error("table " + relation.name() + " may not be altered");
    }
  }

  /**
   * The table.
   *
   * @param action what cannot be done to a view
   */
  private AlteredTable table(String action) {
    requireAlterable();
    if (relation instanceof Table table) {
      return new AlteredTable(database, session.databases().get(database).name(), table);
    }
    String kind = relation instanceof View ? "view" : "virtual table";
    throw SchemaChange.error("cannot " + action + " " + kind + " \"" + relation.name() + "\"");
  }

  private static int column(AlteredTable altered, Name name) {
    int index = altered.table().columnIndex(name.text());
    if (index < 0) {
      throw StatementException.at(name.span(), "no such column: \"" + written(name) + "\"");
    }
    return index;
  }

  /** A name as it was written, with its quotes. */
  private static String written(Name name) {
    return switch (name.quote()) {
      case NONE -> name.text();
      case DOUBLE -> Identifiers.quote(name.text());
      case BRACKET -> "[" + name.text() + "]";
      case BACKTICK -> "`" + name.text().replace("`", "``") + "`";
      case SINGLE -> "'" + name.text().replace("'", "''") + "'";
    };
  }

  @Override
  public Program visit(AlterTableStatement.RenameTable rename) {
    String newName = rename.newName().text();
    Schema schema = session.schemas().schema(database);
    if (schema.relation(newName) != null || schema.index(newName) != null) {
      throw SchemaChange.error(
          "there is already another table or index with this name: " + newName);
    }
    requireAlterable();
    new DefinedNames(session).requireFree(newName);
    if (relation instanceof View) {
      throw SchemaChange.error("view " + relation.name() + " may not be altered");
    }
    if (!(relation instanceof Table table)) {
      throw TursoException.notSupported("virtual tables");
    }
    // The definitions in temp are looked at, too.
    session.databases().openTemp();
    String databaseName = session.databases().get(database).name();
    return new RenameTable(session, new AlteredTable(database, databaseName, table), newName);
  }

  @Override
  public Program visit(AlterTableStatement.RenameColumn rename) {
    AlteredTable altered = table("rename columns of");
    session.databases().openTemp();
    return new RenameColumn(session, altered, column(altered, rename.column()), rename.newName());
  }

  @Override
  public Program visit(AlterTableStatement.AddColumn add) {
    if (relation instanceof View) {
      throw SchemaChange.error("Cannot add a column to a view");
    }
    if (!(relation instanceof Table table)) {
      throw SchemaChange.error("virtual tables may not be altered");
    }
    requireAlterable();
    String databaseName = session.databases().get(database).name();
    return AddColumn.compile(session, new AlteredTable(database, databaseName, table), add);
  }

  @Override
  public Program visit(AlterTableStatement.DropColumn drop) {
    AlteredTable altered = table("drop column from");
    session.databases().openTemp();
    return DropColumn.compile(session, altered, column(altered, drop.column()));
  }

  @Override
  public Program visit(AlterTableStatement.AddCheck add) {
    return AlterConstraint.addCheck(session, constrained(), add);
  }

  @Override
  public Program visit(AlterTableStatement.DropConstraint drop) {
    return AlterConstraint.drop(session, constrained(), drop.constraint().text());
  }

  @Override
  public Program visit(AlterTableStatement.SetNotNull set) {
    AlteredTable altered = constrained();
    return AlterConstraint.setNotNull(session, altered, constrained(altered, set.column()), set);
  }

  @Override
  public Program visit(AlterTableStatement.DropNotNull drop) {
    AlteredTable altered = constrained();
    return AlterConstraint.dropNotNull(session, altered, constrained(altered, drop.column()));
  }

  private AlteredTable constrained() {
    return table("edit constraints of");
  }

  private static int constrained(AlteredTable altered, Name name) {
    int index = altered.table().columnIndex(name.text());
    if (index < 0) {
      throw SchemaChange.error("no such column: " + name.text());
    }
    return index;
  }
}
