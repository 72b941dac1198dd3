package dev.tursojdbc.sql;

import dev.tursojdbc.sql.alter.AlteredTable;
import dev.tursojdbc.sql.alter.TableRename;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.SchemaRow;

/** ALTER TABLE … RENAME TO. */
final class RenameTable extends SchemaRewrite {
  private static final String AUTOMATIC_INDEX = "sqlite_autoindex_";

  private final String newName;

  RenameTable(Session session, AlteredTable altered, String newName) {
    super(session, altered);
    this.newName = newName;
  }

  @Override
  String nameAfterwards() {
    return newName;
  }

  @Override
  void rewrite(SchemaWriter writer) {
    TableRename rename =
        new TableRename(context(), altered, newName, isLegacy(), session.settings().foreignKeys);
    rewrite(
        writer,
        row -> !row.type().equals("index") || Names.same(row.table(), table.name()),
        rename::text);
    writer.update(
        row -> Names.same(row.table(), table.name()) && !row.type().equals("view"), this::renamed);
    // AUTOINCREMENT goes on from where it was.
    new Bookkeeping(session, database()).rename("sqlite_sequence", "name", table.name(), newName);
    rewriteTemp(rename::text);
    if (changesTemp()) {
      tempWriter().update(this::isTemporaryTrigger, this::withTable);
    }
    reload(writer, "after rename");
    check("after rename", true);
  }

  private SchemaRow renamed(SchemaRow row) {
    String name = row.name();
    if (row.type().equals("table")) {
      name = newName;
    } else if (row.type().equals("index") && Names.startsWith(name, AUTOMATIC_INDEX)) {
      int number = Math.min(name.length(), AUTOMATIC_INDEX.length() + table.name().length());
      name = AUTOMATIC_INDEX + newName + name.substring(number);
    }
    return new SchemaRow(row.type(), name, newName, row.rootPage(), row.sql());
  }

  private SchemaRow withTable(SchemaRow row) {
    return new SchemaRow(row.type(), row.name(), newName, row.rootPage(), row.sql());
  }

  /** Whether a trigger in temp is on this table, and not on one of the same name elsewhere. */
  private boolean isTemporaryTrigger(SchemaRow row) {
    if (!row.type().equals("trigger") || !Names.same(row.table(), table.name())) {
      return false;
    }
    Catalog catalog = session.schemas();
    Relation relation = catalog.schema(databaseIndex).relation(table.name());
    return relation != null
        && catalog.triggersOf(databaseIndex, relation).stream()
            .anyMatch(trigger -> Names.same(trigger.trigger().name(), row.name()));
  }
}
