package dev.tursojdbc.sql;

import dev.tursojdbc.sql.alter.AlteredTable;
import dev.tursojdbc.sql.alter.StringQuotes;
import dev.tursojdbc.sql.alter.TableText;
import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.exec.ColumnRemoval;
import dev.tursojdbc.sql.exec.EvaluatorBuilder;
import dev.tursojdbc.sql.plan.BoundTable;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;

/** ALTER TABLE … DROP COLUMN: cuts it out of the table's text, and out of all rows. */
final class DropColumn extends SchemaRewrite {
  private final int column;

  private DropColumn(Session session, AlteredTable altered, int column) {
    super(session, altered);
    this.column = column;
  }

  static Program compile(Session session, AlteredTable altered, int column) {
    Table table = altered.table();
    Column dropped = table.column(column);
    if (dropped.primaryKeyNumber() > 0) {
      throw error("cannot drop PRIMARY KEY column: \"" + dropped.name() + "\"");
    }
    boolean unique =
        new TableText(table.sql())
            .statement().columns().get(column).constraints().stream()
                .anyMatch(ColumnConstraint.Unique.class::isInstance);
    if (unique) {
      throw error("cannot drop UNIQUE column: \"" + dropped.name() + "\"");
    }
    if (table.columnCount() == 1) {
      throw error("cannot drop column \"" + dropped.name() + "\": no other columns exist");
    }
    return new DropColumn(session, altered, column);
  }

  @Override
  void rewrite(SchemaWriter writer) {
    check("", true);
    BoundTable before = session.compiler().bind(databaseIndex, table, writer.encoding());
    StringQuotes quotes = new StringQuotes(context());
    rewrite(writer, row -> true, quotes::text);
    rewriteTemp(quotes::text);
    rewrite(
        writer,
        row -> row.type().equals("table") && Names.same(row.name(), table.name()),
        (database, row) -> new TableText(String.valueOf(row.sql())).withoutColumn(column));
    reload(writer, "after drop column");
    check("after drop column", false);
    if (!table.column(column).isVirtual()) {
      removeValues(before);
    }
  }

  private void removeValues(BoundTable before) {
    EvaluatorBuilder expressions = session.compiler().expressions();
    ProgramFrames.runLive(
        session, live -> new ColumnRemoval(before, column, expressions, live, pager()).run());
  }
}
