package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Assignment;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.ast.Upsert;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Binds the expressions and queries of a trigger, over the rows NEW and OLD that it has. */
final class TriggerBinder {
  private final BindingContext context;
  private final Binder binder;
  private final int database;
  private final List<Source> rows = new ArrayList<>();

  TriggerBinder(BindingContext context, Binder binder, int database) {
    this.context = context;
    this.binder = binder;
    this.database = database;
  }

  /** The table or view that a trigger names; null if there is none. */
  static Catalog.@Nullable Located locate(Catalog catalog, int database, QualifiedName name) {
    String schema = name.schema() == null ? null : name.schema().text();
    if (schema == null && database != Catalog.TEMP) {
      schema = catalog.name(database);
    }
    return catalog.find(schema, name.name().text());
  }

  void bind(CreateTriggerStatement trigger) {
    Catalog.Located target = locate(context.catalog(), database, trigger.table());
    if (target == null) {
      throw noSuchTable(trigger.table());
    }
    addRows(trigger, target);
    if (trigger.when() != null) {
      binder.expression(trigger.when(), Scope.of(rows).inTrigger());
    }
    for (Statement statement : trigger.body()) {
      if (statement instanceof SelectStatement select) {
        binder.query(select, Scope.of(rows).inTrigger());
      } else if (statement instanceof InsertStatement insert) {
        insert(insert);
      } else if (statement instanceof UpdateStatement update) {
        update(update);
      } else if (statement instanceof DeleteStatement delete) {
        delete(delete);
      }
    }
  }

  private void addRows(CreateTriggerStatement trigger, Catalog.Located target) {
    if (trigger.event() != CreateTriggerStatement.Event.DELETE) {
      rows.add(row(target, "new"));
    }
    if (trigger.event() != CreateTriggerStatement.Event.INSERT) {
      rows.add(row(target, "old"));
    }
  }

  private Source row(Catalog.Located target, String name) {
    Relation relation = target.relation();
    if (relation instanceof Table table) {
      return binder.qualifiedRow(table, context.catalog().name(target.database()), name);
    }
    if (relation instanceof View view) {
      Binder ofView = new Binder(context).within(target.database());
      return binder.registers(name, binder.columnsOf(ofView.query(view.query()), view.columns()));
    }
    throw TursoException.notSupported("virtual tables");
  }

  private static TursoException noSuchTable(QualifiedName name) {
    return new TursoException(
        ErrorCode.ERROR,
        "no such table: "
            + (name.schema() == null ? "" : name.schema().text() + ".")
            + name.name().text());
  }

  /** The scope of a statement that changes a table, be it a view. */
  private Scope scope(QualifiedName target, @Nullable Name alias, @Nullable FromClause from) {
    List<FromClause.Join> joins = new ArrayList<>();
    if (from != null) {
      joins.add(
          new FromClause.Join(
              FromClause.JoinType.COMMA, false, from.first(), null, List.<Name>of()));
      joins.addAll(from.joins());
    }
    Scope scope = Scope.of(rows).inTrigger();
    TableReference first = new TableReference.Table(target, alias, null);
    binder.from(List.of(), new FromClause(first, joins), scope);
    return scope;
  }

  private void insert(InsertStatement insert) {
    if (insert.source() != null) {
      binder.query(insert.source(), Scope.of(rows).inTrigger());
    }
    Catalog.Located found = locate(context.catalog(), database, insert.table());
    if (found != null && !insert.upserts().isEmpty()) {
      rows.add(row(found, "excluded"));
    }
    Scope scope = scope(insert.table(), insert.alias(), null);
    for (Upsert upsert : insert.upserts()) {
      expressions(upsert.target().stream().map(OrderingTerm::expression).toList(), scope);
      assignments(upsert.assignments(), scope);
      optional(upsert.where(), scope);
      optional(upsert.targetWhere(), scope);
    }
    rows.removeIf(row -> row.name().equals("excluded"));
  }

  private void update(UpdateStatement update) {
    Scope scope = scope(update.table(), update.alias(), update.from());
    assignments(update.assignments(), scope);
    optional(update.where(), scope);
    expressions(update.orderBy().stream().map(OrderingTerm::expression).toList(), scope);
  }

  private void delete(DeleteStatement delete) {
    Scope scope = scope(delete.table(), delete.alias(), null);
    optional(delete.where(), scope);
    expressions(delete.orderBy().stream().map(OrderingTerm::expression).toList(), scope);
  }

  private void assignments(List<Assignment> assignments, Scope scope) {
    for (Assignment assignment : assignments) {
      binder.rowExpression(assignment.value(), scope);
    }
  }

  private void expressions(List<Expression> expressions, Scope scope) {
    for (Expression expression : expressions) {
      binder.expression(expression, scope);
    }
  }

  private void optional(@Nullable Expression expression, Scope scope) {
    if (expression != null) {
      binder.expression(expression, scope);
    }
  }
}
