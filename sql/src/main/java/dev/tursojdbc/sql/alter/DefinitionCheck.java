package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.NameListener;
import dev.tursojdbc.sql.schema.SchemaRow;

/** Whether what a definition names exists. */
public final class DefinitionCheck {
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
    if (Definition.isWritten(row)) {
      Definition definition = Definition.of(database, row);
      if (!definition.isVirtualTable()) {
        binder().bind(definition);
      }
    }
  }

  /**
   * Checks the row of a table as it is read with the schema.
   *
   * @throws dev.tursojdbc.storage.error.TursoException if something is missing
   */
  public void checkTable(int database, SchemaRow row) {
    if (Definition.isWritten(row)) {
      Definition definition = Definition.of(database, row);
      if (!definition.isVirtualTable()) {
        binder().bindNames(definition);
      }
    }
  }

  private DefinitionBinder binder() {
    return new DefinitionBinder(context, NameListener.NOBODY, legacy);
  }

  /** Whether a row is one that ALTER TABLE looks at. */
  public static boolean appliesTo(SchemaRow row) {
    return Definition.isWritten(row);
  }
}
