package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Expression;
import java.util.List;

/**
 * Rows of VALUES that SQLite computes while it still reads the statement, as nothing that they mean
 * can depend on anything else: the second row and those that follow it, as long as all consist of
 * literals and operators. Such a row with more or fewer terms than the first is refused at once.
 *
 * <p>Where the first row has a CAST, whose affinity counts for the whole column, or anything else
 * than literals and operators, all rows wait until their names are resolved.
 */
final class ConstantRows {
  private static final ConstantRows FIRST = new ConstantRows(true);
  private static final ConstantRows OTHER = new ConstantRows(false);

  /** Whether it is the first row, which may have anything in it that has a meaning by itself. */
  private final boolean isFirst;

  private ConstantRows(boolean isFirst) {
    this.isFirst = isFirst;
  }

  /** Whether a row is refused as soon as it is read. */
  static boolean differ(List<List<Expression>> rows) {
    List<Expression> first = rows.get(0);
    if (areOfOneSize(rows)
        || !FIRST.areConstant(first)
        || first.stream().anyMatch(ConstantRows::hasAffinity)) {
      return false;
    }
    for (List<Expression> row : rows.subList(1, rows.size())) {
      if (!OTHER.areConstant(row)) {
        return false;
      }
      if (row.size() != first.size()) {
        return true;
      }
    }
    return false;
  }

  /** Nearly always. */
  static boolean areOfOneSize(List<List<Expression>> rows) {
    int size = rows.get(0).size();
    return rows.stream().allMatch(row -> row.size() == size);
  }

  private static boolean hasAffinity(Expression expression) {
    return expression instanceof Expression.Collate collate
        ? hasAffinity(collate.operand())
        : expression instanceof Expression.Cast;
  }

  private boolean areConstant(List<Expression> expressions) {
    return expressions.stream().allMatch(this::isConstant);
  }

  private boolean isConstant(Expression expression) {
    return mayStand(expression) && areConstant(expression.operands());
  }

  private boolean mayStand(Expression expression) {
    if (expression instanceof Expression.ColumnReference) {
      return expression.isTruthLiteral();
    }
    if (expression instanceof Expression.CurrentTime || expression instanceof Expression.Like) {
      return isFirst;
    }
    if (expression instanceof Expression.RowValue) {
      return !isFirst;
    }
    return !expression.readsRows()
        && !(expression instanceof Expression.FunctionCall)
        && !(expression instanceof Expression.Raise);
  }
}
