package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateVirtualTableStatement;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.NameListener;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.SchemaRow;

/** RENAME TO in the texts of definitions: each name that means the table is replaced. */
public final class TableRename {
  private final BindingContext context;
  private final AlteredTable table;
  private final NewName newName;
  private final boolean legacy;
  private final boolean foreignKeys;

  /**
   * @param legacy whether views, triggers and conditions are left alone
   * @param foreignKeys whether REFERENCES in other tables follow even so
   */
  public TableRename(
      BindingContext context,
      AlteredTable table,
      String newName,
      boolean legacy,
      boolean foreignKeys) {
    this.context = context;
    this.table = table;
    this.newName = new NewName(newName, true);
    this.legacy = legacy;
    this.foreignKeys = foreignKeys;
  }

  /** The text of a row afterwards. */
  public String text(int database, SchemaRow row) {
    Definition definition = Definition.of(database, row);
    Uses uses = new Uses(definition);
    new DefinitionBinder(context, uses, legacy).bind(definition);
    uses.addWritten();
    return uses.edits.apply();
  }

  /** The places where the table is named in one text. */
  private final class Uses implements NameListener {
    private final Definition definition;
    private final TextEdits edits;

    Uses(Definition definition) {
      this.definition = definition;
      this.edits = new TextEdits(definition.text());
    }

    private void replace(Name written) {
      newName.replace(written, definition.text(), edits);
    }

    /** Those that no expression has. */
    void addWritten() {
      Statement statement = definition.statement();
      int database = definition.database();
      if (statement instanceof CreateTableStatement create) {
        if (table.is(database, create.table().name().text())) {
          replace(create.table().name());
        }
        if (!legacy || foreignKeys) {
          for (ForeignKeys.Written key : ForeignKeys.of(create)) {
            if (Names.same(key.clause().table().text(), table.name())) {
              replace(key.clause().table());
            }
          }
        }
      } else if (statement instanceof CreateVirtualTableStatement create) {
        if (table.is(database, create.table().name().text())) {
          replace(create.table().name());
        }
      } else if (statement instanceof CreateIndexStatement create) {
        replace(create.table());
      } else if (statement instanceof CreateTriggerStatement create) {
        Catalog.Located target = TriggerBinder.locate(context.catalog(), database, create.table());
        if (target != null && table.is(target)) {
          replace(create.table().name());
        }
        if (!legacy) {
          create.body().forEach(this::addTarget);
        }
      }
    }

    /** SQLite does not ask in which database the table is that a trigger writes. */
    private void addTarget(Statement step) {
      if (step instanceof InsertStatement insert) {
        addSame(insert.table().name());
      } else if (step instanceof UpdateStatement update) {
        addSame(update.table().name());
      } else if (step instanceof DeleteStatement delete) {
        addSame(delete.table().name());
      }
    }

    private void addSame(Name name) {
      if (Names.same(name.text(), table.name())) {
        replace(name);
      }
    }

    @Override
    public void table(Name written, Catalog.Located found) {
      if (table.is(found)) {
        replace(written);
      }
    }

    @Override
    public void column(Expression.ColumnReference written, Source source, int column) {
      if (written.table() != null) {
        qualifier(written.table(), source);
      }
    }

    @Override
    public void qualifier(Name written, Source source) {
      if (!legacy
          && !source.needsQualifier()
          && Names.same(written.text(), table.name())
          && !(source instanceof Source.OfTable of && of.alias() != null)
          && table.isSource(source)) {
        replace(written);
      }
    }

    @Override
    public void string(Name written) {
      // It stays one.
    }
  }
}
