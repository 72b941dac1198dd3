package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression whose names are resolved: columns are numbers, functions are definitions,
 * comparisons know affinity and collation.
 *
 * <p>Immutable; two expressions are equal if they compute the same from the same columns in the
 * same way, which is what matching GROUP BY terms and index expressions needs. Whatever a query
 * inside an expression refers to outside of itself, it names like anything else does: by source and
 * column.
 *
 * <p>The kinds that operators and calls make are {@link BoundCondition}, {@link BoundValue} and
 * {@link BoundCall}.
 */
public sealed interface BoundExpression
    permits Constant,
        BoundExpression.Leaf,
        BoundExpression.OneOperand,
        BoundExpression.TwoOperands,
        BoundCondition,
        BoundValue,
        BoundCall {
  /** As sqlite3ExprAffinity: NONE for all that is no column, CAST or query. */
  default Affinity affinity() {
    return Affinity.NONE;
  }

  /** The operands, from left to right; queries are none. */
  List<BoundExpression> children();

  /** The same over other operands, as many as {@link #children()}. */
  BoundExpression withChildren(List<BoundExpression> children);

  <R> R accept(Visitor<R> visitor);

  /** The collation of a COLLATE in here, the leftmost if there are several. */
  default @Nullable Collation explicitCollation() {
    for (BoundExpression child : children()) {
      Collation collation = child.explicitCollation();
      if (collation != null) {
        return collation;
      }
    }
    return null;
  }

  /** The collation that a comparison uses if this side decides; null if it says nothing. */
  default @Nullable Collation collation() {
    return explicitCollation();
  }

  /** One that has no operands. */
  sealed interface Leaf extends BoundExpression
      permits Parameter, Column, Computed, BoundValue.SubqueryColumn, BoundCondition.Exists {
    @Override
    default List<BoundExpression> children() {
      return List.of();
    }

    @Override
    default BoundExpression withChildren(List<BoundExpression> children) {
      return this;
    }
  }

  /** One that makes a value of another. */
  sealed interface OneOperand extends BoundExpression
      permits BoundValue.Unary,
          BoundValue.Cast,
          BoundValue.Collate,
          BoundValue.NullIfUnmatched,
          BoundCondition.Not,
          BoundCondition.IsNull,
          BoundCondition.IsTruth {
    BoundExpression operand();

    /** The same of another value. */
    OneOperand withOperand(BoundExpression newOperand);

    @Override
    default List<BoundExpression> children() {
      return List.of(operand());
    }

    @Override
    default BoundExpression withChildren(List<BoundExpression> children) {
      return withOperand(children.get(0));
    }
  }

  /** One that makes a value of two others. */
  sealed interface TwoOperands extends BoundExpression
      permits BoundValue.Arithmetic,
          BoundCondition.Comparison,
          BoundCondition.And,
          BoundCondition.Or {
    BoundExpression left();

    BoundExpression right();

    /** The same of other values. */
    TwoOperands withOperands(BoundExpression newLeft, BoundExpression newRight);

    @Override
    default List<BoundExpression> children() {
      return List.of(left(), right());
    }

    @Override
    default BoundExpression withChildren(List<BoundExpression> children) {
      return withOperands(children.get(0), children.get(1));
    }
  }

  /** The value of a parameter; the index counts from 0. */
  record Parameter(int index) implements Leaf {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A column of a source; {@link #ROWID} is the rowid, under whatever name it was written.
   *
   * @param source number of the source in the statement
   * @param name for people
   */
  record Column(int source, int column, Affinity affinity, Collation collation, String name)
      implements Leaf {
    /** The column index of the rowid and of its alias. */
    public static final int ROWID = -1;

    public boolean isRowid() {
      return column == ROWID;
    }

    /** The rowid is the same under all its names. */
    @Override
    public boolean equals(Object object) {
      return object instanceof Column other && source == other.source && column == other.column;
    }

    @Override
    public int hashCode() {
      return 31 * source + column;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A value that an operator computes for each row: the result of an aggregate or a window
   * function, or a group key.
   *
   * @param source number under which the query knows its aggregates or window functions
   * @param explicitCollation of a COLLATE in the arguments
   */
  record Computed(int source, int index, @Nullable Collation explicitCollation) implements Leaf {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One answer for each kind of expression. */
  interface Visitor<R> {
    R visit(Constant constant);

    R visit(Parameter parameter);

    R visit(Column column);

    R visit(BoundValue.Unary unary);

    R visit(BoundCondition.Not not);

    R visit(BoundValue.Arithmetic arithmetic);

    R visit(BoundCondition.Comparison comparison);

    R visit(BoundCondition.RowComparison rowComparison);

    R visit(BoundCondition.And and);

    R visit(BoundCondition.Or or);

    R visit(BoundCondition.IsNull isNull);

    R visit(BoundCondition.IsTruth isTruth);

    R visit(BoundCondition.Between between);

    R visit(BoundCondition.InList inList);

    R visit(BoundCondition.InQuery inQuery);

    R visit(BoundCondition.Exists exists);

    R visit(BoundValue.SubqueryColumn subqueryColumn);

    R visit(BoundValue.Row row);

    R visit(BoundCall.Case caseExpression);

    R visit(BoundValue.Cast cast);

    R visit(BoundValue.Collate collate);

    R visit(BoundCall.Function function);

    R visit(BoundCall.Coalesce coalesce);

    R visit(BoundCall.Raise raise);

    R visit(BoundValue.NullIfUnmatched nullIfUnmatched);

    R visit(Computed computed);
  }
}
