package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.UnaryOperator;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.value.Affinity;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The default of a column in records that lack it, because they were written before ADD COLUMN.
 *
 * <p>It is a value as it stands in the definition: a literal, perhaps with a sign or a CAST. ADD
 * COLUMN refuses all others where there are rows. No statement computes it, so it is never an
 * error: what would be one elsewhere has a value here. A hexadecimal number that is too long is its
 * text, and -0x8000000000000000 does not fit an integer and is a real. A number with a point or an
 * exponent is its text, too, if the column wants text.
 */
public final class StoredDefault {
  private StoredDefault() {}

  /** Whether a default is a value as it stands. */
  public static boolean isValue(Expression expression) {
    if (expression instanceof Expression.Unary unary) {
      return isSign(unary.operator()) && isValue(unary.operand());
    }
    if (expression instanceof Expression.Cast cast) {
      return isValue(cast.operand());
    }
    if (expression instanceof Expression.ColumnReference reference) {
      return !reference.column().isQuoted()
          && (Names.same(reference.column().text(), "true")
              || Names.same(reference.column().text(), "false"));
    }
    return expression instanceof Expression.NullLiteral
        || expression instanceof Expression.IntegerLiteral
        || expression instanceof Expression.RealLiteral
        || expression instanceof Expression.StringLiteral
        || expression instanceof Expression.BlobLiteral;
  }

  private static boolean isSign(UnaryOperator operator) {
    return operator == UnaryOperator.NEGATE || operator == UnaryOperator.PLUS;
  }

  /** The value, before the column's affinity; NULL where the default is none as it stands. */
  static Expression of(Column column) {
    Expression expression = Objects.requireNonNull(column.defaultValue());
    if (!isValue(expression)) {
      return new Expression.NullLiteral(expression.span());
    }
    String number = column.affinity() == Affinity.TEXT ? spelling(expression) : null;
    return number == null
        ? value(expression)
        : new Expression.StringLiteral(number, expression.span());
  }

  private static @Nullable String spelling(Expression expression) {
    if (expression instanceof Expression.RealLiteral literal) {
      return literal.text();
    }
    if (expression instanceof Expression.Unary unary
        && unary.operator() == UnaryOperator.NEGATE
        && unary.operand() instanceof Expression.RealLiteral literal) {
      return "-" + literal.text();
    }
    return null;
  }

  private static Expression value(Expression expression) {
    if (expression instanceof Expression.Cast cast) {
      return new Expression.Cast(value(cast.operand()), cast.type(), cast.span());
    }
    if (expression instanceof Expression.IntegerLiteral literal) {
      return isTooLong(literal)
          ? new Expression.StringLiteral(literal.text(), literal.span())
          : literal;
    }
    if (!(expression instanceof Expression.Unary unary)) {
      return expression;
    }
    if (unary.operator() == UnaryOperator.PLUS) {
      return value(unary.operand());
    }
    if (unary.operand() instanceof Expression.IntegerLiteral literal
        && literal.isHexadecimal()
        && literal.isLong()
        && literal.value() == Long.MIN_VALUE) {
      return new Expression.RealLiteral("9223372036854775808.0", literal.span());
    }
    return new Expression.Unary(unary.operator(), value(unary.operand()), unary.span());
  }

  private static boolean isTooLong(Expression.IntegerLiteral literal) {
    return literal.isHexadecimal() && !literal.isLong();
  }
}
