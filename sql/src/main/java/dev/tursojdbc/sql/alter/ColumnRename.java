package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Assignment;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.ast.Upsert;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.NameListener;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.SchemaRow;
import java.util.List;

/** RENAME COLUMN in the texts of definitions: each name that means the column is replaced. */
public final class ColumnRename {
  private final BindingContext context;
  private final AlteredTable table;
  private final int column;
  private final String oldName;
  private final NewName newName;

  /**
   * @param newName as written; where it was quoted it is so everywhere
   */
  public ColumnRename(BindingContext context, AlteredTable table, int column, Name newName) {
    this.context = context;
    this.table = table;
    this.column = column;
    this.oldName = table.table().column(column).name();
    this.newName = new NewName(newName.text(), newName.isQuoted());
  }

  /** The text of a row afterwards. */
  public String text(int database, SchemaRow row) {
    Definition definition = Definition.of(database, row);
    if (definition.isVirtualTable()) {
      return definition.text();
    }
    Uses uses = new Uses(definition);
    new DefinitionBinder(context, uses, false).bind(definition);
    uses.addWritten();
    return uses.edits.apply();
  }

  /** The places where the column is named in one text. */
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

    private void replaceSame(List<Name> names) {
      for (Name name : names) {
        if (Names.same(name.text(), oldName)) {
          replace(name);
        }
      }
    }

    /** Those that no expression has. */
    void addWritten() {
      Statement statement = definition.statement();
      if (statement instanceof CreateTableStatement create) {
        addWritten(create);
      } else if (statement instanceof CreateTriggerStatement create) {
        addWritten(create);
      }
    }

    private void addWritten(CreateTableStatement create) {
      boolean own = table.is(definition.database(), create.table().name().text());
      if (own) {
        replace(create.columns().get(column).name());
      }
      for (ForeignKeys.Written key : ForeignKeys.of(create)) {
        if (own) {
          replaceSame(key.columns());
        }
        if (Names.same(key.clause().table().text(), table.name())) {
          replaceSame(key.clause().columns());
        }
      }
    }

    private void addWritten(CreateTriggerStatement create) {
      if (isTable(create.table())) {
        replaceSame(create.updateOf());
      }
      for (Statement statement : create.body()) {
        if (statement instanceof InsertStatement insert && isTable(insert.table())) {
          replaceSame(insert.columns());
          for (Upsert upsert : insert.upserts()) {
            replaceAssigned(upsert.assignments());
          }
        } else if (statement instanceof UpdateStatement update && isTable(update.table())) {
          replaceAssigned(update.assignments());
        }
      }
    }

    private boolean isTable(QualifiedName name) {
      Catalog.Located found = TriggerBinder.locate(context.catalog(), definition.database(), name);
      return found != null && table.is(found);
    }

    private void replaceAssigned(List<Assignment> assignments) {
      assignments.forEach(assignment -> replaceSame(assignment.columns()));
    }

    @Override
    public void table(Name written, Catalog.Located found) {
      // Keeps its name.
    }

    @Override
    public void column(Expression.ColumnReference written, Source source, int found) {
      int position = found == BoundExpression.Column.ROWID ? source.rowidColumn() : found;
      if (position == column && table.isSource(source)) {
        replace(written.column());
      }
    }

    @Override
    public void qualifier(Name written, Source source) {
      // Keeps its name.
    }

    @Override
    public void string(Name written) {
      // It stays one.
    }
  }
}
