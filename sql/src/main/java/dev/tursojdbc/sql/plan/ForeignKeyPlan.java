package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.schema.ParentKey;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What foreign keys ask for when one row of a table is inserted, updated or deleted.
 *
 * <p>Violations are counted, not searched: a row that comes or goes says by how much the number of
 * violations changes, and the counter must be zero at the end of the statement, or at the commit
 * for deferred keys.
 *
 * @param parents the table's own foreign keys, the newest first
 * @param children foreign keys of other tables, or its own, that refer to the table
 * @param single whether the statement changes this one row and nothing else, so that a violation
 *     can be told before anything is changed
 */
public record ForeignKeyPlan(
    List<ParentSearch> parents, List<ChildSearch> children, boolean single) {
  public ForeignKeyPlan {
    parents = List.copyOf(parents);
    children = List.copyOf(children);
  }

  public boolean isEmpty() {
    return parents.isEmpty() && children.isEmpty();
  }

  /**
   * How a child row finds its parent.
   *
   * @param parent null if there is no such table, so that no row has a parent
   * @param key where in the parent to look
   * @param order of the parent key's index, or null for the rowid
   * @param self whether parent and child are the same table, so that a row may be its own parent
   */
  public record ParentSearch(
      boolean deferred,
      int database,
      @Nullable Table parent,
      ParentKey key,
      @Nullable KeyOrder order,
      TextEncoding encoding,
      boolean self) {}

  /**
   * How a parent row finds its children.
   *
   * @param ofOld has a row for each child of {@code oldRow}, less that row itself
   * @param ofNew has a row for each child of {@code newRow}
   * @param oldRow source number of the row that goes
   * @param newRow source number of the row that comes
   * @param action what happens to the children of a row that goes; null for NO ACTION
   */
  public record ChildSearch(
      boolean deferred,
      @Nullable BoundQuery ofOld,
      @Nullable BoundQuery ofNew,
      int oldRow,
      int newRow,
      @Nullable Action action) {}

  /** What ON DELETE and ON UPDATE ask for. */
  public sealed interface Action {
    /** Source number of the parent row before the change. */
    int oldRow();

    /** Source number of the parent row after the change. */
    int newRow();

    /** Whether the key has changed at all; null: always. */
    @Nullable BoundExpression condition();
  }

  /**
   * RESTRICT: there must be no children.
   *
   * @param children has a row for each child
   */
  public record Restrict(
      int oldRow, int newRow, @Nullable BoundExpression condition, BoundQuery children)
      implements Action {}

  /**
   * CASCADE, SET NULL, SET DEFAULT: a change of the children, which may have actions of its own.
   *
   * <p>Tables may refer to each other in a circle, so the change is planned after this object is
   * made. Once the statement is planned it stays as it is.
   */
  public static final class Change implements Action {
    private final int oldRow;
    private final int newRow;
    private final @Nullable BoundExpression condition;
    private @Nullable ChangePlan plan;
    private SideEffects effects = SideEffects.NONE;

    Change(int oldRow, int newRow, @Nullable BoundExpression condition) {
      this.oldRow = oldRow;
      this.newRow = newRow;
      this.condition = condition;
    }

    void setPlan(ChangePlan changePlan, SideEffects sideEffects) {
      plan = changePlan;
      effects = sideEffects;
    }

    @Override
    public int oldRow() {
      return oldRow;
    }

    @Override
    public int newRow() {
      return newRow;
    }

    @Override
    public @Nullable BoundExpression condition() {
      return condition;
    }

    /** The change of the children. */
    public ChangePlan plan() {
      return Objects.requireNonNull(plan);
    }

    /** What that change sets off in turn. */
    public SideEffects effects() {
      return effects;
    }
  }
}
