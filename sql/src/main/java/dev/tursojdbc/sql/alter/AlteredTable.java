package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Table;

/** The table that a statement alters, as it was before, and how others are told from it. */
public record AlteredTable(int database, String databaseName, Table table) {
  String name() {
    return table.name();
  }

  boolean is(int otherDatabase, String otherName) {
    return otherDatabase == database && Names.same(otherName, table.name());
  }

  boolean is(Catalog.Located found) {
    Relation relation = found.relation();
    return is(found.database(), relation.name());
  }

  /** Whether a source of columns is this table, or a row of it. */
  boolean isSource(Source source) {
    if (source instanceof Source.OfTable of) {
      return is(of.database(), of.table().name());
    }
    return source instanceof Source.OfRow row
        && Names.same(row.table().name(), table.name())
        && row.columns().stream()
            .allMatch(
                column ->
                    column.origin() != null
                        && Names.same(column.origin().database(), databaseName));
  }
}
