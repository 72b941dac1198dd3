package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.NameListener;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.SchemaRow;

/** Whether what a definition names exists. */
public final class DefinitionCheck {
  private static final NameListener NOBODY =
      new NameListener() {
        @Override
        public void table(Name written, Catalog.Located found) {
          // Only failures count.
        }

        @Override
        public void column(Expression.ColumnReference written, Source source, int column) {
          // Only failures count.
        }

        @Override
        public void qualifier(Name written, Source source) {
          // Only failures count.
        }

        @Override
        public void string(Name written) {
          // Only failures count.
        }
      };

  private final BindingContext context;
  private final boolean legacy;

  /**
   * @param legacy whether the queries of views and triggers are not looked at
   */
  public DefinitionCheck(BindingContext context, boolean legacy) {
    this.context = context;
    this.legacy = legacy;
  }

  /**
   * Checks a row.
   *
   * @throws dev.tursojdbc.storage.error.TursoException if something is missing
   */
  public void check(int database, SchemaRow row) {
    if (!Definition.isWritten(row)) {
      return;
    }
    Definition definition = Definition.of(database, row);
    if (!definition.isVirtualTable()) {
      new DefinitionBinder(context, NOBODY, legacy).bind(definition);
    }
  }

  /** Whether a row is one that ALTER TABLE looks at. */
  public static boolean appliesTo(SchemaRow row) {
    return Definition.isWritten(row);
  }
}
