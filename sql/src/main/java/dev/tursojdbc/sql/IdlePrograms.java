package dev.tursojdbc.sql;

import dev.tursojdbc.storage.record.Register;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Programs of a session that no query uses just now, so that preparing a statement again need not
 * build one. They hold little: what is large they let go when a run ends. Each plan has one place,
 * which it shares with others; who comes later stays.
 */
final class IdlePrograms {
  private static final int PLACES = 32;

  /** A program with the registers that it reads its parameters from. */
  static final class Idle {
    private final PlanCache.Plan plan;
    private final Program program;
    private final Register[] parameters;

    Idle(PlanCache.Plan plan, Program program, Register[] parameters) {
      this.plan = plan;
      this.program = program;
      this.parameters = parameters;
    }

    PlanCache.Plan plan() {
      return plan;
    }

    Program program() {
      return program;
    }

    Register[] parameters() {
      return parameters;
    }
  }

  private final @Nullable Idle[] places = new Idle[PLACES];

  /** The program of a plan, which belongs to the caller from now on; null if there is none. */
  @SuppressWarnings("ReferenceEquality") // A plan is one object for all who share it.
  @Nullable Idle take(PlanCache.Plan plan) {
    int place = placeOf(plan);
    Idle idle = places[place];
    if (idle == null || idle.plan() != plan) {
      return null;
    }
    places[place] = null;
    for (Register parameter : idle.parameters()) {
      parameter.setNull();
    }
    return idle;
  }

  /** Keeps a program that has ended. */
  void offer(Idle program) {
    places[placeOf(program.plan())] = program;
  }

  void clear() {
    Arrays.fill(places, null);
  }

  private static int placeOf(PlanCache.Plan plan) {
    int hash = System.identityHashCode(plan);
    return (hash ^ hash >>> 8) & PLACES - 1;
  }
}
