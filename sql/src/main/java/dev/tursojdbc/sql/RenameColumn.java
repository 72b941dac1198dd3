package dev.tursojdbc.sql;

import dev.tursojdbc.sql.alter.AlteredTable;
import dev.tursojdbc.sql.alter.ColumnRename;
import dev.tursojdbc.sql.alter.StringQuotes;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.schema.Names;

/** ALTER TABLE … RENAME COLUMN. */
final class RenameColumn extends SchemaRewrite {
  private final int column;
  private final Name newName;

  RenameColumn(Session session, AlteredTable altered, int column, Name newName) {
    super(session, altered);
    this.column = column;
    this.newName = newName;
  }

  @Override
  void rewrite(SchemaWriter writer) {
    check("", true);
    StringQuotes quotes = new StringQuotes(context());
    rewrite(writer, row -> true, quotes::text);
    rewriteTemp(quotes::text);
    ColumnRename rename = new ColumnRename(context(), altered, column, newName);
    rewrite(
        writer,
        row -> !row.type().equals("index") || Names.same(row.table(), table.name()),
        rename::text);
    rewriteTemp(rename::text);
    if (databaseIndex == SessionDatabases.TEMP) {
      // SQLite goes through the views and triggers of temp once more, whichever the database: where
      // they name a column of a table in temp by its new name by now, it does not know that yet.
      rewrite(writer, SchemaRewrite::isViewOrTrigger, rename::text);
    }
    reload(writer, "after rename");
    check("after rename", false);
  }
}
