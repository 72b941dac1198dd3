package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TableConstraint;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.NameListener;
import dev.tursojdbc.sql.bind.Restriction;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.CheckConstraint;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.IndexBuilder;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableBuilder;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;

/**
 * Binds definitions as they stand, which finds those that name what does not exist, and tells what
 * the names in them mean.
 *
 * <p>As in SQLite a view is looked at whole; of an INSERT or UPDATE in a trigger the columns that
 * it writes need not exist.
 */
final class DefinitionBinder {
  private final BindingContext context;
  private final NameListener listener;

  /** Whether the queries of views and triggers are not looked at: legacy_alter_table. */
  private final boolean legacy;

  DefinitionBinder(BindingContext context, NameListener listener, boolean legacy) {
    this.context = context;
    this.listener = listener;
    this.legacy = legacy;
  }

  void bind(Definition definition) {
    new ForgottenExpressions(context).check(definition.statement());
    bindNames(definition);
  }

  /** As {@link #bind}, but without a look at what the parser has forgotten. */
  void bindNames(Definition definition) {
    Statement statement = definition.statement();
    if (statement instanceof CreateTableStatement create) {
      table(definition, create);
    } else if (statement instanceof CreateIndexStatement create) {
      index(definition, create);
    } else if (statement instanceof CreateViewStatement create) {
      if (!legacy) {
        binder(definition).query(create.query());
        tellOfCommonTables(definition);
      }
    } else if (statement instanceof CreateTriggerStatement create) {
      if (!legacy) {
        new TriggerBinder(context, binder(definition), definition.database()).bind(create);
        tellOfCommonTables(definition);
      }
    }
  }

  private void tellOfCommonTables(Definition definition) {
    if (listener != NameListener.NOBODY) {
      CommonTableNames.tell(
          () -> new Binder(context).within(definition.database()),
          listener,
          definition.statement());
    }
  }

  private Binder binder(Definition definition) {
    return new Binder(context).within(definition.database()).tell(listener);
  }

  private void table(Definition definition, CreateTableStatement create) {
    Table table = TableBuilder.build(create, 0, definition.text());
    Binder binder = binder(definition);
    Source.OfRow row =
        binder.row(table, context.catalog().name(definition.database()), table.name());
    for (CheckConstraint check : table.checks()) {
      binder.expression(check.condition(), scope(row, Restriction.CHECK));
    }
    for (Column column : table.columns()) {
      Expression generated = column.generated();
      if (generated != null) {
        binder.expression(generated, scope(row, Restriction.GENERATED_COLUMN));
      }
    }
    for (TableConstraint constraint : create.constraints()) {
      for (OrderingTerm term : keyTerms(constraint)) {
        binder.expression(asColumn(term.expression()), Scope.of(List.of(row)));
      }
    }
  }

  private static Scope scope(Source.OfRow row, Restriction restriction) {
    return Scope.of(List.of(row)).restrictedTo(restriction);
  }

  private static List<OrderingTerm> keyTerms(TableConstraint constraint) {
    if (constraint instanceof TableConstraint.PrimaryKey key) {
      return key.columns();
    }
    return constraint instanceof TableConstraint.Unique unique ? unique.columns() : List.of();
  }

  /** A string where a column is meant is its name. */
  private static Expression asColumn(Expression term) {
    if (term instanceof Expression.Collate collate) {
      return new Expression.Collate(
          asColumn(collate.operand()), collate.collation(), collate.span());
    }
    return term instanceof Expression.StringLiteral literal
        ? new Expression.ColumnReference(
            null,
            null,
            new Name(literal.value(), Name.Quote.SINGLE, literal.span()),
            literal.span())
        : term;
  }

  private void index(Definition definition, CreateIndexStatement create) {
    Table table = context.catalog().schema(definition.database()).table(create.table().text());
    if (table == null) {
      throw new TursoException(ErrorCode.ERROR, "no such table: " + create.table().text());
    }
    IndexBuilder.build(create, table, 0, definition.text());
    Binder binder = binder(definition);
    Source.OfRow row =
        binder.row(table, context.catalog().name(definition.database()), table.name());
    for (OrderingTerm term : create.terms()) {
      binder.expression(asColumn(term.expression()), scope(row, Restriction.INDEX_EXPRESSION));
    }
    if (create.where() != null) {
      binder.expression(create.where(), scope(row, Restriction.PARTIAL_INDEX));
    }
  }
}
