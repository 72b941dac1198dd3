package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.plan.TriggerPlan;
import org.jspecify.annotations.Nullable;

/** The triggers that are running when a change is made, the innermost first. */
record ActiveTriggers(TriggerPlan trigger, @Nullable ActiveTriggers outer) {

  /** Whether a trigger must not fire, because it is running already. */
  static boolean blocks(@Nullable ActiveTriggers active, TriggerPlan trigger) {
    if (trigger.isRecursive()) {
      return false;
    }
    for (ActiveTriggers each = active; each != null; each = each.outer) {
      if (each.trigger.isSameTrigger(trigger)) {
        return true;
      }
    }
    return false;
  }
}
