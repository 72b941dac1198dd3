package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.bind.OrderTerm;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.sql.value.Comparison;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.KeyOrder;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.List;

/**
 * The rows of two queries, both in the same order, joined by UNION ALL, UNION, INTERSECT or EXCEPT.
 *
 * <p>Where a row of the left is equal to one of the right in the order, UNION ALL puts out the left
 * one first, INTERSECT the left one, EXCEPT neither, and UNION the right one: the left one is
 * passed over. Of rows that are equal in all columns only the first is put out, but for UNION ALL.
 */
final class MergedRows extends Operator {
  private static final int NONE = Integer.MAX_VALUE;

  private final CompoundOperator kind;
  private final BuiltQuery left;
  private final BuiltQuery right;
  private final int[] orderColumns;
  private final KeyOrder order;
  private final Collation[] collations;
  private final Register[] leftRow;
  private final Register[] rightRow;
  private final Register[] row;
  private final boolean compares;
  private boolean hasLeft;
  private boolean hasRight;

  /** Whether the row that was put out is to be followed by the next one of its side. */
  private boolean takeLeft;

  private boolean takeRight;
  private boolean isFirst;

  /**
   * @param terms the order, of result columns
   * @param collations of all columns, by which rows are equal
   */
  MergedRows(
      CompoundOperator kind,
      BuiltQuery left,
      BuiltQuery right,
      List<OrderTerm> terms,
      List<Collation> collations) {
    this.kind = kind;
    this.left = left;
    this.right = right;
    this.orderColumns = terms.stream().mapToInt(OrderTerm::resultColumn).toArray();
    this.order = new KeyOrder(QueryBuilder.order(terms), TextEncoding.UTF8);
    this.collations = collations.toArray(Collation[]::new);
    this.leftRow = Registers.of(collations.size());
    this.rightRow = Registers.of(collations.size());
    this.row = Registers.of(collations.size());
    this.compares = kind != CompoundOperator.UNION_ALL;
  }

  /** The current row. */
  Register[] row() {
    return row;
  }

  @Override
  public void open(Frame frame) {
    frame.checkInterrupted();
    left.operator().open(frame);
    right.operator().open(frame);
    isFirst = true;
    takeLeft = true;
    takeRight = true;
    hasLeft = true;
    hasRight = true;
  }

  @Override
  public boolean next(Frame frame) {
    while (true) {
      if (takeLeft) {
        hasLeft = hasLeft && take(frame, left, leftRow);
        takeLeft = false;
      }
      if (takeRight) {
        hasRight = hasRight && take(frame, right, rightRow);
        takeRight = false;
      }
      int compared = compare();
      if (compared == NONE) {
        return false;
      }
      boolean isLeft = compared <= 0;
      takeLeft = isLeft;
      takeRight = !isLeft;
      if (isPutOut(compared) && put(isLeft ? leftRow : rightRow)) {
        return true;
      }
    }
  }

  /** Which side comes first: the left if not positive; {@link #NONE} if there is no more. */
  private int compare() {
    if (hasLeft && hasRight) {
      for (int i = 0; i < orderColumns.length; i++) {
        int column = orderColumns[i];
        int compared = order.compareValues(i, leftRow[column], rightRow[column]);
        if (compared != 0) {
          return compared < 0 ? -1 : 1;
        }
      }
      return 0;
    }
    if (hasLeft) {
      return kind == CompoundOperator.INTERSECT ? NONE : -1;
    }
    boolean rightCounts = kind == CompoundOperator.UNION || kind == CompoundOperator.UNION_ALL;
    return hasRight && rightCounts ? 1 : NONE;
  }

  private boolean isPutOut(int compared) {
    return switch (kind) {
      case UNION_ALL -> true;
      case UNION -> compared != 0;
      case INTERSECT -> compared == 0;
      case EXCEPT -> compared < 0;
    };
  }

  private static boolean take(Frame frame, BuiltQuery query, Register[] into) {
    if (!query.operator().next(frame)) {
      return false;
    }
    Evaluator[] columns = query.columns();
    for (int i = 0; i < into.length; i++) {
      columns[i].into(frame, into[i]);
    }
    return true;
  }

  /** Makes a row the current one. @return whether it is none that came just before */
  private boolean put(Register[] next) {
    if (compares && !isFirst && isSame(next)) {
      return false;
    }
    isFirst = false;
    for (int i = 0; i < row.length; i++) {
      row[i].set(next[i]);
    }
    return true;
  }

  private boolean isSame(Register[] next) {
    for (int i = 0; i < row.length; i++) {
      if (Comparison.compare(row[i], next[i], Affinity.NONE, collations[i]) != 0) {
        return false;
      }
    }
    return true;
  }
}
