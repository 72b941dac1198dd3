package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.schema.Trigger;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A trigger as it runs in one statement: its OLD and NEW, WHEN and body, with the conflict action
 * of whatever fires it in place of the body's own.
 *
 * <p>Triggers may fire each other in a circle, so the body is planned after this object is made.
 * Once the statement is planned it stays as it is.
 */
public final class TriggerPlan {
  private final int database;
  private final Trigger trigger;
  private final boolean recursive;
  private final int oldRow;
  private final int newRow;
  private @Nullable BoundExpression condition;
  private List<Step> steps = List.of();

  /** A statement of the body. */
  public sealed interface Step {}

  /** INSERT, UPDATE or DELETE. */
  public record Change(ChangePlan plan, SideEffects effects) implements Step {}

  /** SELECT, whose rows nobody sees. */
  public record Query(BoundQuery query) implements Step {}

  /**
   * @param database that the trigger is in
   * @param recursive whether it may fire while it is running
   * @param oldRow source number of OLD
   * @param newRow source number of NEW
   */
  TriggerPlan(int database, Trigger trigger, boolean recursive, int oldRow, int newRow) {
    this.database = database;
    this.trigger = trigger;
    this.recursive = recursive;
    this.oldRow = oldRow;
    this.newRow = newRow;
  }

  void setBody(@Nullable BoundExpression when, List<Step> body) {
    condition = when;
    steps = List.copyOf(body);
  }

  public boolean isRecursive() {
    return recursive;
  }

  /** Whether both are the same trigger, perhaps with other conflict actions. */
  public boolean isSameTrigger(TriggerPlan other) {
    return database == other.database && trigger.name().equals(other.trigger.name());
  }

  public int oldRow() {
    return oldRow;
  }

  public int newRow() {
    return newRow;
  }

  /** WHEN, or null. */
  public @Nullable BoundExpression condition() {
    return condition;
  }

  public List<Step> steps() {
    return steps;
  }
}
