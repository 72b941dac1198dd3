package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.SchemaBuilder;
import dev.tursojdbc.sql.schema.SchemaFormat;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableBuilder;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * CREATE TABLE: a tree for the table, one for each index that its constraints need, and their rows
 * in sqlite_schema.
 */
final class CreateTable extends SchemaChange {
  static final String SEQUENCE_TABLE = "sqlite_sequence";
  private static final String SEQUENCE_SQL = "CREATE TABLE sqlite_sequence(name,seq)";

  private final CreateTableStatement statement;
  private final String sql;

  private CreateTable(
      Session session, int databaseIndex, CreateTableStatement statement, String sql) {
    super(session, databaseIndex);
    this.statement = statement;
    this.sql = sql;
  }

  /** Refuses what SQLite refuses while it reads the statement. */
  static void requireAsRead(Session session, CreateTableStatement statement) {
    if (!exists(session, statement, database(session, statement))) {
      TableBuilder.build(statement, 0, statement.schemaSql());
    }
  }

  private static int database(Session session, CreateTableStatement statement) {
    return new DefinedNames(session).database(statement.table(), statement.temporary(), "table");
  }

  /** Whether there is nothing to be done, as the table is there already. */
  private static boolean exists(Session session, CreateTableStatement statement, int database) {
    DefinedNames names = new DefinedNames(session);
    Name name = statement.table().name();
    names.requireFree(name.text());
    Schema schema = session.databases().get(database).schema();
    return names.relationExists(schema, name, statement.ifNotExists());
  }

  static Program compile(Session session, CreateTableStatement statement, Register[] parameters) {
    int database = database(session, statement);
    if (exists(session, statement, database)) {
      return nothing(session, database);
    }
    Schema schema = session.databases().get(database).schema();
    if (statement.asSelect() != null) {
      return CreateTableAsSelect.compile(session, database, statement, parameters);
    }
    // Finds what is wrong with the definition before anything is written.
    Table table = TableBuilder.build(statement, 0, statement.schemaSql());
    requireCollations(session, table);
    session.compiler().bindDefinition(database, table, schema.encoding());
    return new CreateTable(session, database, statement, statement.schemaSql());
  }

  /** A column whose texts nobody can compare may come with a file, but is not made. */
  private static void requireCollations(Session session, Table table) {
    Binder binder = new Binder(session.compiler().bindingContext());
    table.columns().forEach(column -> binder.collation(column.collation()));
  }

  @Override
  Schema change(Schema schema, SchemaWriter writer) {
    Table table = create(statement, sql, writer);
    Schema changed = schema.with(table);
    if (table.isAutoincrement() && schema.table(SEQUENCE_TABLE) == null) {
      changed = changed.with(createSequenceTable(writer));
    }
    return changed;
  }

  /** Makes the trees of a table and writes its rows. */
  static Table create(CreateTableStatement statement, String sql, SchemaWriter writer) {
    boolean withoutRowid = statement.options().withoutRowid();
    int root = withoutRowid ? writer.createIndexTree() : writer.createTableTree();
    Table table = TableBuilder.build(statement, root, sql);
    for (Index index : table.indexes()) {
      SchemaFormat.requireOrder(writer.pages(), index);
    }
    writer.insert(new SchemaRow("table", table.name(), table.name(), root, sql));
    for (Index index : inOrderOfCreation(table)) {
      int indexRoot = writer.createIndexTree();
      writer.insert(new SchemaRow("index", index.name(), table.name(), indexRoot, null));
      table = SchemaBuilder.withAutomaticIndexRoot(table, index.name(), indexRoot);
    }
    return table;
  }

  /** The automatic indexes that have a tree of their own, by the number in their names. */
  private static List<Index> inOrderOfCreation(Table table) {
    List<Index> indexes = new ArrayList<>();
    for (Index index : table.indexes()) {
      if (index.rootPage() == 0) {
        indexes.add(index);
      }
    }
    indexes.sort(Comparator.comparingInt(CreateTable::number));
    return indexes;
  }

  private static int number(Index automatic) {
    String name = automatic.name();
    return Integer.parseInt(name.substring(name.lastIndexOf('_') + 1));
  }

  static Table createSequenceTable(SchemaWriter writer) {
    int root = writer.createTableTree();
    SchemaRow row = new SchemaRow("table", SEQUENCE_TABLE, SEQUENCE_TABLE, root, SEQUENCE_SQL);
    writer.insert(row);
    return (Table) SchemaBuilder.relation(row);
  }
}
