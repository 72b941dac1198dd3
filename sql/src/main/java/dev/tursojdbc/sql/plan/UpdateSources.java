package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What stands in the FROM of an UPDATE. The table that is changed may be joined with itself only
 * under another name: one of the two must have an alias that the other has not.
 */
final class UpdateSources implements TableReference.Visitor<Boolean> {
  private final UpdateStatement statement;
  private final Catalog catalog;
  private final Catalog.Located target;

  private UpdateSources(UpdateStatement statement, Catalog catalog) {
    this.statement = statement;
    this.catalog = catalog;
    this.target = Objects.requireNonNull(find(catalog, statement.table()));
  }

  /** Refuses an UPDATE whose target stands in its FROM again. */
  static void requireOthers(UpdateStatement statement, Catalog catalog) {
    FromClause from = Objects.requireNonNull(statement.from());
    UpdateSources sources = new UpdateSources(statement, catalog);
    if (sources.hasTarget(from)) {
      String name =
          statement.alias() == null ? sources.target.relation().name() : statement.alias().text();
      throw ChangeErrors.error("target object/alias may not appear in FROM clause: " + name);
    }
  }

  private static Catalog.@Nullable Located find(Catalog catalog, QualifiedName name) {
    return catalog.find(name.schema() == null ? null : name.schema().text(), name.name().text());
  }

  private boolean hasTarget(FromClause from) {
    return from.first().accept(this)
        || from.joins().stream().anyMatch(join -> join.table().accept(this));
  }

  @Override
  public Boolean visit(TableReference.Table table) {
    return !isCommonTable(table.name())
        && target.equals(find(catalog, table.name()))
        && sameAlias(table);
  }

  private boolean sameAlias(TableReference.Table table) {
    return statement.alias() == null || table.alias() == null
        ? statement.alias() == null && table.alias() == null
        : Names.same(statement.alias().text(), table.alias().text());
  }

  private boolean isCommonTable(QualifiedName name) {
    With with = statement.with();
    return with != null
        && name.schema() == null
        && with.tables().stream()
            .anyMatch(table -> Names.same(table.name().text(), name.name().text()));
  }

  @Override
  public Boolean visit(TableReference.TableFunction function) {
    return false;
  }

  @Override
  public Boolean visit(TableReference.Derived derived) {
    return false;
  }

  @Override
  public Boolean visit(TableReference.Group group) {
    return hasTarget(group.from());
  }
}
