package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.value.Arithmetic;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.StorageClass;
import dev.tursojdbc.storage.record.ValueOrder;

/**
 * {@code RANGE x PRECEDING} and {@code x FOLLOWING}: the bound lies where the value of ORDER BY, of
 * which there is one, is so much away from the current row's.
 *
 * <p>Values that are no numbers have no distance: nothing is added to them. NULL is then equal to
 * NULL, and smaller than all else; or greater, where the order has it so.
 */
final class WindowRangeBound extends WindowBound {
  private enum Test {
    GREATER_OR_EQUAL,
    GREATER,
    LESS_OR_EQUAL,
    LESS
  }

  private final WindowRows rows;
  private final WindowRows.Cursor cursor;
  private final WindowRows.Cursor currentRow;
  private final int column;
  private final OrderTerm term;
  private final WindowDistance distance;
  private final boolean end;
  private final boolean preceding;
  private final Register here = new Register();
  private final Register there = new Register();
  private int bound;

  WindowRangeBound(
      WindowRows rows,
      int column,
      OrderTerm term,
      WindowDistance distance,
      boolean end,
      boolean preceding) {
    this.rows = rows;
    this.cursor = rows.cursor();
    this.currentRow = rows.cursor();
    this.column = column;
    this.term = term;
    this.distance = distance;
    this.end = end;
    this.preceding = preceding;
  }

  @Override
  void beginPartition(Frame frame) {
    cursor.reset();
    currentRow.reset();
    bound = 0;
  }

  @Override
  int locate(Frame frame, int current) {
    currentRow.moveTo(current);
    while (rows.has(frame, bound) && !isAtBound()) {
      bound++;
    }
    return bound;
  }

  private boolean isAtBound() {
    cursor.moveTo(bound);
    cursor.read(column, there);
    currentRow.read(column, here);
    if (preceding) {
      return test(there, here, end ? Test.GREATER : Test.GREATER_OR_EQUAL);
    }
    return end ? !test(here, there, Test.GREATER_OR_EQUAL) : test(here, there, Test.LESS_OR_EQUAL);
  }

  /** Compares the first value and the distance with the second one, in the order's direction. */
  private boolean test(Register first, Register second, Test ascending) {
    boolean descending = term.descending();
    Test test = descending ? mirrored(ascending) : ascending;
    if (term.nullsLarge()) {
      if (first.isNull()) {
        return switch (test) {
          case GREATER_OR_EQUAL -> true;
          case GREATER -> !second.isNull();
          case LESS_OR_EQUAL -> second.isNull();
          case LESS -> false;
        };
      }
      if (second.isNull()) {
        return test == Test.LESS || test == Test.LESS_OR_EQUAL;
      }
    }
    if (first.type == StorageClass.INTEGER || first.type == StorageClass.REAL) {
      // So that a sum which is not exact cannot be on the wrong side of the value itself.
      boolean onlyGrows = descending ? test == Test.LESS_OR_EQUAL : test == Test.GREATER_OR_EQUAL;
      if (onlyGrows && !second.isNull() && holds(test, first, second)) {
        return true;
      }
      if (descending) {
        Arithmetic.subtract(first, distance.value(), first);
      } else {
        Arithmetic.add(first, distance.value(), first);
      }
    }
    return holds(test, first, second);
  }

  private static Test mirrored(Test test) {
    return switch (test) {
      case GREATER_OR_EQUAL -> Test.LESS_OR_EQUAL;
      case GREATER -> Test.LESS;
      case LESS_OR_EQUAL -> Test.GREATER_OR_EQUAL;
      case LESS -> Test.GREATER;
    };
  }

  private boolean holds(Test test, Register left, Register right) {
    int order = ValueOrder.compare(left, right, term.collation());
    return switch (test) {
      case GREATER_OR_EQUAL -> order >= 0;
      case GREATER -> order > 0;
      case LESS_OR_EQUAL -> order <= 0;
      case LESS -> order < 0;
    };
  }
}
