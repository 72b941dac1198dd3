package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.function.TableFunction;
import dev.tursojdbc.sql.function.TableFunctions;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.SchemaTable;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.storage.error.TursoException;
import org.jspecify.annotations.Nullable;

/** Finds the table that a statement changes, and refuses those that must not be changed. */
final class TargetFinder {
  private TargetFinder() {}

  static Catalog.Located find(Catalog catalog, QualifiedName name) {
    String database = name.schema() == null ? null : name.schema().text();
    Catalog.Located found = catalog.find(database, name.name().text());
    if (found == null) {
      TableFunction function = TableFunctions.find(name.name().text());
      if (function != null) {
        throw ChangeErrors.error("table " + function.name() + " may not be modified");
      }
      throw ChangeErrors.error(
          "no such table: " + (database == null ? "" : database + ".") + name.name().text());
    }
    return found;
  }

  /** The name of the target in the query for its rows, where it never means a table of WITH. */
  static QualifiedName inScan(QualifiedName name, @Nullable With with, BoundTable target) {
    return with == null || name.schema() != null
        ? name
        : new QualifiedName(
            new Name(target.databaseName(), Name.Quote.BRACKET, Span.NONE), name.name());
  }

  static void requireTable(Catalog.Located found, boolean writableSchema) {
    if (found.relation() instanceof View view) {
      throw ChangeErrors.error("cannot modify " + view.name() + " because it is a view");
    }
    if (!(found.relation() instanceof Table)) {
      throw TursoException.notSupported("virtual tables");
    }
    if (SchemaTable.is(found.relation()) && !writableSchema) {
      throw ChangeErrors.error("table " + found.relation().name() + " may not be modified");
    }
  }
}
