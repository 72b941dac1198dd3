package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.ForeignKeyClause;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.schema.ForeignKey;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.ParentKey;
import dev.tursojdbc.sql.schema.Relation;
import dev.tursojdbc.sql.schema.Schema;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.KeyOrder;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Finds out which foreign keys a change has to do with, and plans what they ask for, down to the
 * changes that ON DELETE and ON UPDATE make in turn.
 *
 * <p>A foreign key and its parent are always in the same database.
 */
public final class ForeignKeyPlanner {
  private final BindingContext context;
  private final Binder binder;

  /** Whether all foreign keys count as deferred: PRAGMA defer_foreign_keys. */
  private final boolean defersAll;

  /** In DROP TABLE: a foreign key that does not fit its parent is passed over. */
  private final boolean ignoresMismatches;

  private final @Nullable SideEffectPlanner effects;
  private final IdentityHashMap<ForeignKey, ForeignKeyPlan.Change> deletes =
      new IdentityHashMap<>();
  private final IdentityHashMap<ForeignKey, ForeignKeyPlan.Change> updates =
      new IdentityHashMap<>();

  /** For {@link #checks} alone. */
  public ForeignKeyPlanner(BindingContext context, Binder binder) {
    this(context, binder, false, false, null);
  }

  /**
   * @param effects plans what the changes of ON DELETE and ON UPDATE set off
   */
  ForeignKeyPlanner(
      BindingContext context,
      Binder binder,
      boolean defersAll,
      boolean ignoresMismatches,
      @Nullable SideEffectPlanner effects) {
    this.context = context;
    this.binder = binder;
    this.defersAll = defersAll;
    this.ignoresMismatches = ignoresMismatches;
    this.effects = effects;
  }

  /** Whether each row of the table has to be looked at before it goes. */
  static boolean concerns(Schema schema, Table table) {
    return !table.foreignKeys().isEmpty() || !schema.referencesTo(table.name()).isEmpty();
  }

  /**
   * What foreign keys ask of a statement.
   *
   * @param alone whether nothing else sets it off, and it fires no triggers
   */
  ForeignKeyPlans plan(ChangePlan plan, boolean alone) {
    BoundTable table = plan.target();
    if (plan instanceof ChangePlan.Insert insert) {
      ForeignKeyPlan replaced = insert.mayReplace() ? change(table, true, false, null) : null;
      ForeignKeyPlan upsert = upsert(insert);
      boolean single =
          alone
              && insert.returning() == null
              && insert.query() == null
              && insert.rows().size() == 1
              && replaced == null
              && upsert == null
              && !defersAll;
      return new ForeignKeyPlans(change(table, false, true, null, single), replaced, upsert);
    }
    if (plan instanceof ChangePlan.Update update) {
      ForeignKeyPlan replaced = update.mayReplace() ? change(table, true, false, null) : null;
      ChangedColumns changed = ChangedColumns.of(table, update.assignments());
      return new ForeignKeyPlans(change(table, true, true, changed), replaced, null);
    }
    return new ForeignKeyPlans(change(table, true, false, null), null, null);
  }

  private @Nullable ForeignKeyPlan upsert(ChangePlan.Insert insert) {
    List<ChangePlan.ColumnAssignment> assignments = new ArrayList<>();
    insert.upserts().forEach(clause -> assignments.addAll(clause.assignments()));
    return assignments.isEmpty()
        ? null
        : change(insert.target(), true, true, ChangedColumns.of(insert.target(), assignments));
  }

  private @Nullable ForeignKeyPlan change(
      BoundTable table, boolean hasOld, boolean hasNew, @Nullable ChangedColumns changed) {
    return change(table, hasOld, hasNew, changed, false);
  }

  /**
   * @param hasOld whether a row goes
   * @param hasNew whether a row comes
   * @param changed the columns of an UPDATE, else null
   */
  private @Nullable ForeignKeyPlan change(
      BoundTable table,
      boolean hasOld,
      boolean hasNew,
      @Nullable ChangedColumns changed,
      boolean single) {
    if (changed != null && !touches(table, changed)) {
      return null;
    }
    ForeignKeyPlan plan =
        new ForeignKeyPlan(
            parents(table, changed), children(table, hasOld, hasNew, changed, single), single);
    if (changed != null) {
      requireMatchingParentKeys(table.table(), schema(table));
    }
    return plan.isEmpty() ? null : plan;
  }

  /** Whether an UPDATE has to do with any foreign key. */
  private boolean touches(BoundTable table, ChangedColumns changed) {
    return table.table().foreignKeys().stream().anyMatch(key -> changed.containsAny(key.columns()))
        || schema(table).referencesTo(table.table().name()).stream()
            .anyMatch(reference -> changed.touchesParent(table.table(), reference.key()));
  }

  /**
   * An UPDATE that has to do with one requires all that name its table to fit. Of several that do
   * not, SQLite tells the last one.
   */
  private void requireMatchingParentKeys(Table parent, Schema schema) {
    Schema.Reference misfit = null;
    for (Schema.Reference reference : schema.referencesTo(parent.name())) {
      if (ParentKey.find(parent, reference.key()) == null) {
        misfit = reference;
      }
    }
    if (misfit != null) {
      refuseMismatch(misfit.child(), misfit.key().clause().table().text());
    }
  }

  private Schema schema(BoundTable table) {
    return context.catalog().schema(table.database());
  }

  /** How the rows of a table find their parents, for each foreign key; tables may be missing. */
  public List<ForeignKeyPlan.ParentSearch> checks(BoundTable table) {
    List<ForeignKeyPlan.ParentSearch> searches = new ArrayList<>();
    for (ForeignKey key : table.table().foreignKeys()) {
      String name = key.clause().table().text();
      searches.add(
          schema(table).relation(name) == null
              ? withoutParent(table, key)
              : Objects.requireNonNull(parent(table, key, name, false)));
    }
    return searches;
  }

  private static ForeignKeyPlan.ParentSearch withoutParent(BoundTable table, ForeignKey key) {
    return new ForeignKeyPlan.ParentSearch(
        key.clause().deferred(),
        table.database(),
        null,
        new ParentKey(null, List.of(), key.columns()),
        null,
        table.encoding(),
        false);
  }

  private List<ForeignKeyPlan.ParentSearch> parents(
      BoundTable table, @Nullable ChangedColumns changed) {
    List<ForeignKeyPlan.ParentSearch> searches = new ArrayList<>();
    for (ForeignKey key : table.table().foreignKeys()) {
      String name = key.clause().table().text();
      boolean self = Names.same(name, table.table().name());
      if (changed == null || self || changed.containsAny(key.columns())) {
        ForeignKeyPlan.ParentSearch search = parent(table, key, name, self);
        if (search != null) {
          searches.add(search);
        }
      }
    }
    return searches;
  }

  private ForeignKeyPlan.@Nullable ParentSearch parent(
      BoundTable table, ForeignKey key, String name, boolean self) {
    Relation relation = schema(table).relation(name);
    if (relation == null) {
      if (!ignoresMismatches) {
        throw ChangeErrors.error("no such table: " + table.databaseName() + "." + name);
      }
      return withoutParent(table, key);
    }
    Table parent = relation instanceof Table found ? found : null;
    ParentKey parentKey = parent == null ? null : ParentKey.find(parent, key);
    if (parentKey == null) {
      refuseMismatch(table.table(), name);
      return null;
    }
    Index index = parentKey.index();
    KeyOrder order =
        index == null ? null : TableBinder.keyOrder(index, context.collations(), table.encoding());
    return new ForeignKeyPlan.ParentSearch(
        key.clause().deferred(),
        table.database(),
        parent,
        parentKey,
        order,
        table.encoding(),
        self);
  }

  private void refuseMismatch(Table child, String parent) {
    if (!ignoresMismatches) {
      throw ChangeErrors.error(
          "foreign key mismatch - \"" + child.name() + "\" referencing \"" + parent + "\"");
    }
  }

  private List<ForeignKeyPlan.ChildSearch> children(
      BoundTable parent,
      boolean hasOld,
      boolean hasNew,
      @Nullable ChangedColumns changed,
      boolean single) {
    List<ForeignKeyPlan.ChildSearch> searches = new ArrayList<>();
    for (Schema.Reference reference : schema(parent).referencesTo(parent.table().name())) {
      ForeignKey key = reference.key();
      // One row more in a parent table can neither break nor mend an immediate key.
      boolean matters = !single || key.clause().deferred();
      if (matters && (changed == null || changed.touchesParent(parent.table(), key))) {
        ParentKey parentKey = ParentKey.find(parent.table(), key);
        if (parentKey == null) {
          refuseMismatch(reference.child(), key.clause().table().text());
        } else {
          searches.add(search(parent, reference, parentKey, hasOld, hasNew, changed != null));
        }
      }
    }
    return searches;
  }

  private ForeignKeyPlan.ChildSearch search(
      BoundTable parent,
      Schema.Reference reference,
      ParentKey parentKey,
      boolean hasOld,
      boolean hasNew,
      boolean updates) {
    ForeignKeyStatements old = statements(parent, reference.child(), parentKey);
    ForeignKeyStatements added = statements(parent, reference.child(), parentKey);
    boolean self = Names.same(reference.child().name(), parent.table().name());
    return new ForeignKeyPlan.ChildSearch(
        reference.key().clause().deferred(),
        hasOld ? old.children(self) : null,
        hasNew ? added.childrenOfNew() : null,
        old.oldRow(),
        added.newRow(),
        hasOld ? action(parent, reference, parentKey, updates) : null);
  }

  private ForeignKeyStatements statements(BoundTable parent, Table child, ParentKey key) {
    return new ForeignKeyStatements(context, binder, parent, child, key);
  }

  private ForeignKeyPlan.@Nullable Action action(
      BoundTable parent, Schema.Reference reference, ParentKey parentKey, boolean update) {
    ForeignKey key = reference.key();
    ForeignKeyClause.Action action = update ? key.clause().onUpdate() : key.clause().onDelete();
    if (action == ForeignKeyClause.Action.NO_ACTION
        || (action == ForeignKeyClause.Action.RESTRICT && defersAll)) {
      return null;
    }
    ForeignKeyStatements statements = statements(parent, reference.child(), parentKey);
    if (action == ForeignKeyClause.Action.RESTRICT) {
      return new ForeignKeyPlan.Restrict(
          statements.oldRow(),
          statements.newRow(),
          update ? statements.keyChanges() : null,
          statements.children(false));
    }
    IdentityHashMap<ForeignKey, ForeignKeyPlan.Change> known = update ? updates : deletes;
    ForeignKeyPlan.Change change = known.get(key);
    if (change == null) {
      change =
          new ForeignKeyPlan.Change(
              statements.oldRow(), statements.newRow(), update ? statements.keyChanges() : null);
      known.put(key, change);
      ChangePlan plan =
          action == ForeignKeyClause.Action.CASCADE && !update
              ? statements.deleteChildren()
              : statements.updateChildren(action);
      change.setPlan(plan, Objects.requireNonNull(effects).ofNested(plan));
    }
    return change;
  }
}
