package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateTriggerStatement.Event;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.ResultColumn;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.View;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * Plans INSERT, UPDATE and DELETE: which table, which rows, which values. Which rows is a query of
 * its own, planned like any other.
 *
 * <p>A statement in the body of a trigger is planned the same way, with the trigger's OLD and NEW
 * among the rows that its expressions can name.
 */
public final class ChangePlanner {
  private final BindingContext context;
  private final Binder binder;

  /** OLD and NEW in a trigger; empty elsewhere. */
  private final List<? extends Source> outerRows;

  /** What the statement that fired the trigger said; it goes before the body's own clauses. */
  private final @Nullable ConflictAction outerAction;

  private final boolean writableSchema;
  private final boolean foreignKeys;

  /**
   * @param outerRows OLD and NEW in a trigger; empty elsewhere
   * @param foreignKeys whether they are enforced, so that rows have to be looked at one by one
   */
  public ChangePlanner(
      BindingContext context,
      Binder binder,
      List<? extends Source> outerRows,
      @Nullable ConflictAction outerAction,
      boolean writableSchema,
      boolean foreignKeys) {
    this.context = context;
    this.binder = binder;
    this.outerRows = outerRows;
    this.outerAction = outerAction;
    this.writableSchema = writableSchema;
    this.foreignKeys = foreignKeys;
  }

  public ChangePlan.Insert insert(InsertStatement statement) {
    return new InsertPlanner(this, statement).plan();
  }

  public ChangePlan.Update update(UpdateStatement statement) {
    return new UpdatePlanner(this, statement).plan();
  }

  public ChangePlan.Delete delete(DeleteStatement statement) {
    return new DeletePlanner(this, statement).plan();
  }

  Binder binder() {
    return binder;
  }

  Catalog catalog() {
    return context.catalog();
  }

  /**
   * The table to change with all that its definition says, or a view with triggers for the event.
   *
   * @param changedColumns of an UPDATE
   */
  BoundTable target(QualifiedName name, Event event, List<String> changedColumns) {
    Catalog.Located found = TargetFinder.find(catalog(), name);
    if (found.relation() instanceof View view && isFired(found, event, changedColumns)) {
      return ViewBinder.bind(binder, catalog(), found.database(), view);
    }
    TargetFinder.requireTable(found, writableSchema);
    return TableBinder.bind(
        binder,
        context.collations(),
        found.database(),
        catalog().name(found.database()),
        (Table) found.relation(),
        catalog().schema(found.database()).encoding());
  }

  /**
   * The target with the DEFAULTs that rows may need: those of columns without a value, and those
   * that REPLACE puts in the place of NULL.
   *
   * @param hasNoValue of a column
   * @param mayChange of a column
   */
  BoundTable withDefaults(
      BoundTable target,
      @Nullable ConflictAction action,
      IntPredicate hasNoValue,
      IntPredicate mayChange) {
    Table table = target.table();
    return target.withDefaults(
        TableBinder.defaults(
            binder,
            table,
            i -> {
              ConflictAction notNull = table.column(i).notNull();
              return hasNoValue.test(i)
                  || (notNull != null
                      && mayChange.test(i)
                      && (action == null ? notNull : action) == ConflictAction.REPLACE);
            }));
  }

  private boolean isFired(Catalog.Located relation, Event event, List<String> changedColumns) {
    return !TriggerPlanner.find(
            catalog(), relation.database(), relation.relation().name(), event, changedColumns)
        .isEmpty();
  }

  /** Whether foreign keys or triggers have to do with each row that is deleted. */
  boolean deletesByRow(BoundTable target) {
    Table table = target.table();
    return target.view()
        || !TriggerPlanner.find(catalog(), target.database(), table.name(), Event.DELETE, List.of())
            .isEmpty()
        || (foreignKeys && ForeignKeyPlanner.concerns(catalog().schema(target.database()), table));
  }

  /** A scope of the trigger's rows and the given ones, the given ones first. */
  Scope scope(@Nullable With with, List<? extends Source> rows) {
    List<Source> all = new ArrayList<>(rows);
    all.addAll(outerRows);
    Scope scope = binder.scopeWith(with, all);
    return outerRows.isEmpty() ? scope : scope.inTrigger();
  }

  boolean isInTrigger() {
    return !outerRows.isEmpty();
  }

  /** The action that counts: a trigger's statement follows the one that fired the trigger. */
  @Nullable ConflictAction action(@Nullable ConflictAction own) {
    return outerAction == null ? own : outerAction;
  }

  /**
   * The clause RETURNING over a row of the table, which it knows by the table's own name only. It
   * is a trigger to SQLite, so RAISE may stand in it.
   */
  ChangePlan.@Nullable Returning returning(
      BoundTable target, @Nullable With with, List<dev.tursojdbc.sql.ast.ResultColumn> columns) {
    if (columns.isEmpty()) {
      return null;
    }
    if (columns.stream().anyMatch(dev.tursojdbc.sql.ast.ResultColumn.AllOf.class::isInstance)) {
      throw ChangeErrors.error("RETURNING may not use \"TABLE.*\" wildcards");
    }
    Source.OfRow row = binder.returnedRow(target.table(), target.databaseName());
    List<ResultColumn> bound = binder.resultColumns(columns, scope(with, List.of(row)).inTrigger());
    TargetReader reader = new TargetReader(target);
    Set<Integer> anew = new HashSet<>();
    for (int i = 0; i < bound.size(); i++) {
      if (reader.reads(bound.get(i).expression())) {
        anew.add(i);
      }
    }
    return new ChangePlan.Returning(row.id(), bound, anew);
  }
}
