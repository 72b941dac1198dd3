package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Arithmetic;
import dev.tursojdbc.sql.value.Cast;
import dev.tursojdbc.sql.value.NumericValue;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;

/**
 * The value of an expression, if the planner can tell it: of a literal, with a sign before it or
 * not, and of a cast of what it can tell.
 */
final class KnownValue {
  private final TextEncoding encoding;

  /**
   * @param encoding of the database, which casts to BLOB show
   */
  KnownValue(TextEncoding encoding) {
    this.encoding = encoding;
  }

  /**
   * Reads the value as a column of this affinity would have it.
   *
   * @return whether it is known
   */
  boolean read(BoundExpression expression, Affinity affinity, Register target) {
    if (!read(expression, target)) {
      return false;
    }
    affinity.apply(target);
    return true;
  }

  private boolean read(BoundExpression expression, Register target) {
    if (expression instanceof Constant constant) {
      constant.copyTo(target);
      return true;
    }
    if (expression instanceof BoundValue.Collate collate) {
      return read(collate.operand(), target);
    }
    if (expression instanceof BoundValue.Unary unary) {
      return switch (unary.operator()) {
        case PLUS -> read(unary.operand(), target);
        case NEGATE -> negated(unary.operand(), target);
        case BIT_NOT -> false;
      };
    }
    if (expression instanceof BoundValue.Cast cast) {
      Register operand = new Register();
      if (read(cast.operand(), operand)) {
        Cast.cast(operand, cast.target(), encoding, target);
        return true;
      }
    }
    return false;
  }

  private boolean negated(BoundExpression operand, Register target) {
    Register value = new Register();
    if (!read(operand, value)) {
      return false;
    }
    if (encoding != TextEncoding.UTF8) {
      NumericValue.readUtf16(value, encoding);
    }
    Arithmetic.negate(value, target);
    return true;
  }
}
