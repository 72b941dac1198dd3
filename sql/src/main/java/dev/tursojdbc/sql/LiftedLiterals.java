package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.parse.StatementShape;
import dev.tursojdbc.storage.record.Register;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Which literals of a statement's shape are the parameters of its plan, and how a statement of that
 * shape sets them.
 */
final class LiftedLiterals {
  /** Literals of at most so many digits need no look at their size. */
  private static final int SAFE_DIGITS = 18;

  /**
   * One that is a parameter.
   *
   * @param literal its number in the shape
   * @param negated whether a minus before it is part of the value
   */
  record Slot(int literal, boolean negated) {}

  private final Slot[] slots;
  private final boolean[] lifted;
  private final boolean complete;

  LiftedLiterals(List<Slot> slots, int literalCount) {
    this.slots = slots.toArray(Slot[]::new);
    this.lifted = new boolean[literalCount];
    for (Slot slot : slots) {
      lifted[slot.literal()] = true;
    }
    this.complete = slots.size() == literalCount;
  }

  /** Whether no literal stayed in the statement, so that the shape alone names the plan. */
  boolean isComplete() {
    return complete;
  }

  /** The text that names the plan: the shape with all other literals as they are written. */
  String planText(StatementShape shape) {
    return shape.text(lifted);
  }

  int count() {
    return slots.length;
  }

  /** Gives the parameters the values that the literals have in a text. */
  void bind(String sql, StatementShape shape, Register[] parameters) {
    for (int i = 0; i < slots.length; i++) {
      Slot slot = slots[i];
      int start = shape.start(slot.literal());
      int end = shape.end(slot.literal());
      switch (shape.kind(slot.literal())) {
        case INTEGER -> setInteger(parameters[i], sql, start, end, slot.negated());
        case REAL ->
            setReal(parameters[i], Double.parseDouble(sql.substring(start, end)), slot.negated());
        case TEXT -> parameters[i].setText(text(sql, start, end));
      }
    }
  }

  private static void setInteger(Register target, String sql, int start, int end, boolean negated) {
    if (end - start <= SAFE_DIGITS) {
      long value = 0;
      for (int i = start; i < end; i++) {
        value = value * 10 + (sql.charAt(i) - '0');
      }
      target.setInteger(negated ? -value : value);
      return;
    }
    Expression.IntegerLiteral literal =
        new Expression.IntegerLiteral(sql.substring(start, end), Span.NONE);
    if (literal.isLong()) {
      target.setInteger(negated ? -literal.value() : literal.value());
    } else if (negated && literal.isMinimumMagnitude()) {
      target.setInteger(Long.MIN_VALUE);
    } else {
      setReal(target, Double.parseDouble(literal.text()), negated);
    }
  }

  private static void setReal(Register target, double value, boolean negated) {
    target.setReal(negated ? -value : value);
  }

  private static byte[] text(String sql, int start, int end) {
    String content = sql.substring(start + 1, end - 1);
    String value = content.indexOf('\'') < 0 ? content : content.replace("''", "'");
    return value.getBytes(StandardCharsets.UTF_8);
  }
}
