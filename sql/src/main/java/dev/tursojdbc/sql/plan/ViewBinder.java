package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.SourceColumn;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Binds a view that INSTEAD OF triggers let be changed: its columns, and nothing else. */
final class ViewBinder {
  private ViewBinder() {}

  static BoundTable bind(Binder binder, Catalog catalog, int database, View view) {
    String databaseName = catalog.name(database);
    BoundQuery rows = binder.query(allRows(databaseName, view));
    List<Column> columns = new ArrayList<>();
    for (SourceColumn column : binder.columnsOf(rows, List.of())) {
      columns.add(
          new Column(
              column.name(),
              column.declaredType(),
              column.affinity(),
              column.collation().name(),
              null,
              null,
              null,
              null,
              Column.Generation.NONE,
              0,
              columns.size()));
    }
    Table table = Table.ofView(view, columns);
    return new BoundTable(
        database,
        databaseName,
        table,
        catalog.schema(database).encoding(),
        true,
        binder.row(table, databaseName, view.name()),
        Collections.nCopies(columns.size(), null),
        Collections.nCopies(columns.size(), null),
        List.of(),
        List.of(),
        List.of());
  }

  private static SelectStatement allRows(String databaseName, View view) {
    QualifiedName name = new QualifiedName(Name.of(databaseName), Name.of(view.name()));
    return new SelectStatement(
        null,
        new SelectCore.Select(
            0,
            false,
            List.of(new ResultColumn.All(Span.NONE)),
            new FromClause(new TableReference.Table(name, null, null), List.of()),
            null,
            List.of(),
            null,
            List.of()),
        List.of(),
        List.of(),
        null,
        Span.NONE);
  }
}
