package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundExpression.Column;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.ComparisonOperator;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.FromItem;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Puts a constant in the place of a column that a condition says is equal to it, where the column
 * is compared with something else: then a search need not wait for the column's loop.
 *
 * <pre>
 *   SELECT * FROM t, u WHERE t.a = 5 AND u.b = t.a
 *   SELECT * FROM t, u WHERE t.a = 5 AND u.b = 5
 * </pre>
 *
 * <p>Conditions of inner joins count as those of WHERE, unless there is a RIGHT JOIN; those of
 * outer joins do not. Only comparisons by BINARY say that a value is the same in every respect.
 * What a comparison converts its sides to stays as it was.
 */
final class ConstantPropagation {
  private final boolean hasRightJoin;
  private final Map<Column, BoundExpression> constants = new HashMap<>();
  private boolean changed;

  private ConstantPropagation(BoundQuery.Select query) {
    this.hasRightJoin = query.from().stream().anyMatch(item -> item.join().keepsRight());
  }

  static BoundQuery.Select propagate(BoundQuery.Select query) {
    if (!(query.where() instanceof BoundCondition.And) && query.from().size() < 2) {
      return query;
    }
    BoundQuery.Select result = query;
    while (true) {
      ConstantPropagation pass = new ConstantPropagation(result);
      BoundQuery.Select next = pass.pass(result);
      if (!pass.changed) {
        return result;
      }
      result = next;
    }
  }

  private BoundQuery.Select pass(BoundQuery.Select query) {
    find(query.where());
    for (FromItem item : query.from()) {
      if (counts(item)) {
        find(item.condition());
      }
    }
    if (constants.isEmpty()) {
      return query;
    }
    BoundExpression where = replaced(query.where());
    List<FromItem> from = new ArrayList<>(query.from().size());
    for (FromItem item : query.from()) {
      from.add(
          counts(item)
              ? new FromItem(item.source(), item.join(), replaced(item.condition()))
              : item);
    }
    return query.withFrom(from, where);
  }

  private boolean counts(FromItem item) {
    return !hasRightJoin
        && item.condition() != null
        && (item.join() == JoinKind.INNER || item.join() == JoinKind.CROSS);
  }

  private void find(@Nullable BoundExpression condition) {
    for (BoundExpression term : Conjunction.terms(condition)) {
      if (term instanceof BoundCondition.Comparison comparison
          && comparison.operator() == ComparisonOperator.EQUAL
          && comparison.comparisonCollation() == Collation.BINARY) {
        add(comparison.right(), comparison.left());
        add(comparison.left(), comparison.right());
      }
    }
  }

  private void add(BoundExpression side, BoundExpression other) {
    if (side instanceof Column column && isConstant(other)) {
      constants.putIfAbsent(column, other);
    }
  }

  private static boolean isConstant(BoundExpression expression) {
    return (expression instanceof Constant || expression instanceof BoundExpression.Parameter)
        && expression.affinity() == Affinity.NONE;
  }

  private @Nullable BoundExpression replaced(@Nullable BoundExpression condition) {
    List<BoundExpression> terms = new ArrayList<>();
    boolean same = true;
    for (BoundExpression term : Conjunction.terms(condition)) {
      BoundExpression other =
          term instanceof BoundCondition.Comparison comparison ? replaced(comparison) : term;
      same &= other == term;
      terms.add(other);
    }
    changed |= !same;
    return same ? condition : Conjunction.of(terms);
  }

  private BoundExpression replaced(BoundCondition.Comparison comparison) {
    BoundExpression left = comparison.left();
    BoundExpression right = comparison.right();
    if (isConstant(left) || isConstant(right)) {
      return comparison;
    }
    BoundExpression newLeft = constant(left, comparison.conversion());
    // One side stays, so that the other can be searched for.
    BoundExpression newRight = newLeft == left ? constant(right, comparison.conversion()) : right;
    return newLeft == left && newRight == right
        ? comparison
        : comparison.withChildren(List.of(newLeft, newRight));
  }

  /** What stands for a side: a number is no text, unless the comparison makes it one. */
  private BoundExpression constant(BoundExpression side, Affinity conversion) {
    BoundExpression constant = side instanceof Column ? constants.get(side) : null;
    if (constant == null) {
      return side;
    }
    boolean isText = constant instanceof Constant c && c.type() == StorageClass.TEXT;
    return side.affinity() != Affinity.TEXT || isText || conversion == Affinity.TEXT
        ? constant
        : side;
  }
}
