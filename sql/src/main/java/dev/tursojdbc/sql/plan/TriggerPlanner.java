package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement.Event;
import dev.tursojdbc.sql.ast.CreateTriggerStatement.Time;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Trigger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds the triggers that a change fires, and plans their bodies, down to the triggers that these
 * fire in turn.
 *
 * <p>Each trigger is planned once for each conflict action that it is fired with, because that goes
 * before the actions of its statements.
 */
final class TriggerPlanner {
  private final BindingContext context;
  private final Binder binder;
  private final SideEffectPlanner.Rules rules;
  private final SideEffectPlanner effects;
  private final IdentityHashMap<Trigger, Rows> rowsOf = new IdentityHashMap<>();
  private final IdentityHashMap<Trigger, Map<String, TriggerPlan>> planned =
      new IdentityHashMap<>();

  /** OLD and NEW of a trigger; the same in all of its plans. */
  private record Rows(Source.OfRow oldRow, Source.OfRow newRow) {
    /** Those that the event has. */
    List<Source> of(Event event) {
      return switch (event) {
        case INSERT -> List.of(newRow);
        case UPDATE -> List.of(newRow, oldRow);
        case DELETE -> List.of(oldRow);
      };
    }
  }

  TriggerPlanner(
      BindingContext context,
      Binder binder,
      SideEffectPlanner.Rules rules,
      SideEffectPlanner effects) {
    this.context = context;
    this.binder = binder;
    this.rules = rules;
    this.effects = effects;
  }

  /** The triggers on a table or view that an event fires, in their order. */
  static List<Catalog.LocatedTrigger> find(
      Catalog catalog, int database, String relation, Event event, List<String> changedColumns) {
    Relation found = catalog.schema(database).relation(relation);
    if (found == null || Names.startsWith(found.name(), "sqlite_")) {
      return List.of();
    }
    return catalog.triggersOf(database, found).stream()
        .filter(located -> isFired(located.trigger().definition(), event, changedColumns))
        .toList();
  }

  private static boolean isFired(
      CreateTriggerStatement definition, Event event, List<String> changedColumns) {
    return definition.event() == event
        && (definition.updateOf().isEmpty()
            || definition.updateOf().stream()
                .anyMatch(
                    name ->
                        changedColumns.stream().anyMatch(each -> Names.same(each, name.text()))));
  }

  TriggerPlans plan(ChangePlan plan) {
    RowTriggers replaced =
        rules.recursiveTriggers() && !plan.target().view() && plan.mayReplace()
            ? triggers(plan.target(), Event.DELETE, List.of(), ConflictAction.REPLACE)
            : RowTriggers.NONE;
    if (plan instanceof ChangePlan.Insert insert) {
      return new TriggerPlans(
          triggers(plan.target(), Event.INSERT, List.of(), plan.action()),
          replaced,
          insert.upserts().stream().map(clause -> upsert(plan.target(), clause)).toList());
    }
    if (plan instanceof ChangePlan.Update update) {
      return new TriggerPlans(
          triggers(plan.target(), Event.UPDATE, names(update.assignments()), plan.action()),
          replaced,
          List.of());
    }
    return new TriggerPlans(
        triggers(plan.target(), Event.DELETE, List.of(), null), RowTriggers.NONE, List.of());
  }

  private RowTriggers upsert(BoundTable target, ChangePlan.UpsertClause clause) {
    return clause.isDoNothing()
        ? RowTriggers.NONE
        : triggers(target, Event.UPDATE, names(clause.assignments()), ConflictAction.ABORT);
  }

  private static List<String> names(List<ChangePlan.ColumnAssignment> assignments) {
    return assignments.stream().map(ChangePlan.ColumnAssignment::name).toList();
  }

  private RowTriggers triggers(
      BoundTable target,
      Event event,
      List<String> changedColumns,
      @Nullable ConflictAction action) {
    List<TriggerPlan> before = new ArrayList<>();
    List<TriggerPlan> after = new ArrayList<>();
    List<Catalog.LocatedTrigger> found =
        find(context.catalog(), target.database(), target.table().name(), event, changedColumns);
    for (Catalog.LocatedTrigger trigger : found) {
      List<TriggerPlan> place =
          trigger.trigger().definition().time() == Time.AFTER ? after : before;
      place.add(plan(target, trigger, action));
    }
    if (before.isEmpty() && after.isEmpty()) {
      return RowTriggers.NONE;
    }
    return new RowTriggers(before, after, leading(target, found));
  }

  private static int leading(BoundTable target, List<Catalog.LocatedTrigger> found) {
    return target.database() == Catalog.TEMP
        ? 0
        : (int)
            found.stream()
                .filter(trigger -> trigger.database() == Catalog.TEMP)
                .filter(trigger -> trigger.trigger().definition().time() == Time.AFTER)
                .count();
  }

  private TriggerPlan plan(
      BoundTable target, Catalog.LocatedTrigger located, @Nullable ConflictAction action) {
    Trigger trigger = located.trigger();
    Map<String, TriggerPlan> known = planned.computeIfAbsent(trigger, t -> new HashMap<>());
    String key = String.valueOf(action);
    TriggerPlan plan = known.get(key);
    if (plan == null) {
      Rows rows = rowsOf.computeIfAbsent(trigger, t -> rows(target));
      plan =
          new TriggerPlan(
              located.database(),
              trigger,
              rules.recursiveTriggers(),
              rows.oldRow().id(),
              rows.newRow().id());
      known.put(key, plan);
      planBody(plan, located, rows.of(trigger.definition().event()), action);
    }
    return plan;
  }

  private Rows rows(BoundTable target) {
    return new Rows(
        binder.namedRow(target.table(), target.databaseName(), "old"),
        binder.namedRow(target.table(), target.databaseName(), "new"));
  }

  private void planBody(
      TriggerPlan plan,
      Catalog.LocatedTrigger located,
      List<Source> rows,
      @Nullable ConflictAction action) {
    CreateTriggerStatement definition = located.trigger().definition();
    // What a trigger names without a database is in its own, but temp's look everywhere.
    String home =
        located.database() == Catalog.TEMP ? null : context.catalog().name(located.database());
    ChangePlanner planner =
        new ChangePlanner(
            context, binder, rows, action, rules.writableSchema(), rules.foreignKeys());
    binder.inTrigger(
        home,
        () -> {
          BoundExpression when =
              definition.when() == null
                  ? null
                  : binder.expression(definition.when(), planner.scope(null, List.of()));
          List<TriggerPlan.Step> body = new ArrayList<>();
          for (Statement statement : definition.body()) {
            if (statement instanceof SelectStatement select) {
              body.add(
                  new TriggerPlan.Query(
                      binder.query(unordered(select), planner.scope(null, List.of()))));
            } else {
              ChangePlan change = change(planner, statement, home);
              body.add(new TriggerPlan.Change(change, effects.ofNested(change)));
            }
          }
          plan.setBody(when, body);
        });
  }

  /** Nobody sees the rows of a trigger's query, so SQLite forgets what orders them. */
  private static SelectStatement unordered(SelectStatement select) {
    return select.orderBy().isEmpty() || select.isCompound()
        ? select
        : new SelectStatement(
            select.with(),
            select.core(),
            select.compound(),
            List.of(),
            select.limit(),
            select.span());
  }

  private static ChangePlan change(
      ChangePlanner planner, Statement statement, @Nullable String home) {
    if (statement instanceof InsertStatement insert) {
      return planner.insert(
          new InsertStatement(
              insert.with(),
              insert.action(),
              in(home, insert.table()),
              insert.alias(),
              insert.columns(),
              insert.source(),
              insert.upserts(),
              insert.returning()));
    }
    if (statement instanceof UpdateStatement update) {
      return planner.update(
          new UpdateStatement(
              update.with(),
              update.action(),
              in(home, update.table()),
              update.alias(),
              update.hint(),
              update.assignments(),
              update.from(),
              update.where(),
              update.returning(),
              update.orderBy(),
              update.limit()));
    }
    DeleteStatement delete = (DeleteStatement) Objects.requireNonNull(statement);
    return planner.delete(
        new DeleteStatement(
            delete.with(),
            in(home, delete.table()),
            delete.alias(),
            delete.hint(),
            delete.where(),
            delete.returning(),
            delete.orderBy(),
            delete.limit()));
  }

  private static QualifiedName in(@Nullable String home, QualifiedName name) {
    return home == null ? name : new QualifiedName(Name.of(home), name.name());
  }
}
