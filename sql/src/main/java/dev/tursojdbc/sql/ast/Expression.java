package dev.tursojdbc.sql.ast;

import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An expression as it was written.
 *
 * <p>Each knows its {@link #span}, without parentheses around the whole; a result column's default
 * name comes from {@link ResultColumn.Of#text}, which has them.
 */
public sealed interface Expression {
  Span span();

  <R> R accept(Visitor<R> visitor);

  /** The expressions it consists of, from left to right; see {@link Operands}. */
  default List<Expression> operands() {
    return accept(Operands.VISITOR);
  }

  /** Whether it is, or compares with, a query or a table. */
  default boolean readsRows() {
    return this instanceof InQuery
        || this instanceof InTable
        || this instanceof Exists
        || this instanceof Subquery;
  }

  /** Whether it calls a function by itself, be it that an operator does. */
  default boolean isCall() {
    if (this instanceof Binary binary) {
      return binary.operator() == BinaryOperator.EXTRACT_JSON
          || binary.operator() == BinaryOperator.EXTRACT_VALUE;
    }
    return this instanceof FunctionCall || this instanceof Like || this instanceof CurrentTime;
  }

  /** Whether a function is called in it. What is called inside of a query does not count. */
  default boolean hasCall() {
    return isCall()
        || !(this instanceof Raise) && operands().stream().anyMatch(Expression::hasCall);
  }

  /** Whether it is TRUE or FALSE, which read like names of columns. */
  default boolean isTruthLiteral() {
    return this instanceof ColumnReference reference
        && reference.table() == null
        && !reference.column().isQuoted()
        && (reference.column().text().equalsIgnoreCase("true")
            || reference.column().text().equalsIgnoreCase("false"));
  }

  /** {@code NULL}. */
  record NullLiteral(Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Digits, or {@code 0x} and hexadecimal digits.
   *
   * <p>A literal beyond 64 bits is a real. So is 9223372036854775808, unless a minus stands right
   * before it: see {@link #isMinimumMagnitude}. Hexadecimal wraps into the sign; with more than 16
   * significant digits it is an error, {@code hex literal too big: 0x…}.
   *
   * @param text as written, less the {@code _} between digits
   */
  record IntegerLiteral(String text, Span span) implements Expression {
    private static final String MINIMUM_MAGNITUDE = "9223372036854775808";

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    public boolean isHexadecimal() {
      return text.length() > 2 && (text.charAt(1) == 'x' || text.charAt(1) == 'X');
    }

    /** Whether {@link #value} can say it. */
    public boolean isLong() {
      String digits = significantDigits();
      if (isHexadecimal()) {
        return digits.length() <= 16;
      }
      int order = Integer.compare(digits.length(), MINIMUM_MAGNITUDE.length());
      return order < 0 || (order == 0 && digits.compareTo(MINIMUM_MAGNITUDE) < 0);
    }

    /** 9223372036854775808: an integer after a minus, a real otherwise. */
    public boolean isMinimumMagnitude() {
      return !isHexadecimal() && significantDigits().equals(MINIMUM_MAGNITUDE);
    }

    /** The value; only if {@link #isLong}. */
    public long value() {
      String digits = significantDigits();
      if (digits.isEmpty()) {
        return 0;
      }
      return isHexadecimal() ? Long.parseUnsignedLong(digits, 16) : Long.parseLong(digits);
    }

    private String significantDigits() {
      int begin = isHexadecimal() ? 2 : 0;
      while (begin < text.length() && text.charAt(begin) == '0') {
        begin++;
      }
      return text.substring(begin);
    }
  }

  /**
   * A number with a decimal point or an exponent.
   *
   * @param text as written, less the {@code _} between digits
   */
  record RealLiteral(String text, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code 'text'}, quotes removed. */
  record StringLiteral(String value, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code x'0aff'}.
   *
   * @param hex its digits, an even number
   */
  record BlobLiteral(String hex, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }

    public byte[] bytes() {
      return HexFormat.of().parseHex(hex);
    }
  }

  /** {@code CURRENT_TIME} and its like. */
  record CurrentTime(Kind kind, Span span) implements Expression {
    /** What of the current moment. */
    public enum Kind {
      CURRENT_DATE,
      CURRENT_TIME,
      CURRENT_TIMESTAMP
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code ?}, {@code ?7}, {@code :a}, {@code @a}, {@code $a}.
   *
   * @param spelling as written, with the leading character; the name that {@code
   *     sqlite3_bind_parameter_name} gives, except for a bare {@code ?}, which has none
   * @param number from 1; the same name has the same number
   */
  record Parameter(String spelling, int number, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code c}, {@code t.c} or {@code s.t.c}. Bare {@code TRUE}, {@code FALSE} and {@code rowid} are
   * such names too, and a name in double quotes may turn out to be a string.
   */
  record ColumnReference(@Nullable Name schema, @Nullable Name table, Name column, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An operator before its operand. */
  record Unary(UnaryOperator operator, Expression operand, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** An operator between two operands. {@code x IS NULL} is an {@link IsNull} instead. */
  record Binary(BinaryOperator operator, Expression left, Expression right, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code x ISNULL}, {@code x IS NULL}; negated: {@code NOTNULL}, {@code NOT NULL}, {@code IS NOT
   * NULL}.
   */
  record IsNull(Expression operand, boolean negated, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code operand [NOT] BETWEEN low AND high}. */
  record Between(Expression operand, Expression low, Expression high, boolean negated, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code operand [NOT] LIKE pattern [ESCAPE escape]}; a call of the function {@code like(pattern,
   * operand)}.
   */
  record Like(
      LikeOperator operator,
      Expression operand,
      Expression pattern,
      @Nullable Expression escape,
      boolean negated,
      Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code operand [NOT] IN (a, b, …)}; the list may be empty. */
  record InList(Expression operand, List<Expression> elements, boolean negated, Span span)
      implements Expression {
    public InList {
      elements = List.copyOf(elements);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code operand [NOT] IN (SELECT …)}. */
  record InQuery(Expression operand, SelectStatement query, boolean negated, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code operand [NOT] IN table} or {@code IN function(a, b)}; means IN (SELECT * FROM …). */
  record InTable(Expression operand, TableReference table, boolean negated, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code EXISTS (SELECT …)}. */
  record Exists(SelectStatement query, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code (SELECT …)}: a value, or a row value if it has several columns. */
  record Subquery(SelectStatement query, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code (a, b, …)}, two or more. */
  record RowValue(List<Expression> elements, Span span) implements Expression {
    public RowValue {
      elements = List.copyOf(elements);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code operand COLLATE collation}. */
  record Collate(Expression operand, Name collation, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code CAST(operand AS type)}.
   *
   * @param type its text, possibly empty
   */
  record Cast(Expression operand, String type, Span span) implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** {@code CASE [base] WHEN … THEN … [ELSE otherwise] END}. */
  record Case(
      @Nullable Expression base, List<When> branches, @Nullable Expression otherwise, Span span)
      implements Expression {
    public Case {
      branches = List.copyOf(branches);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One {@code WHEN condition THEN result}. */
  record When(Expression condition, Expression result) {}

  /**
   * {@code name([DISTINCT] arguments [ORDER BY …]) [FILTER (WHERE …)] [OVER …]}.
   *
   * @param star the arguments are {@code *}, as in {@code count(*)}; then there are no others
   */
  record FunctionCall(
      Name name,
      boolean distinct,
      boolean star,
      List<Expression> arguments,
      List<OrderingTerm> orderBy,
      @Nullable Expression filter,
      @Nullable WindowDefinition over,
      Span span)
      implements Expression {
    public FunctionCall {
      arguments = List.copyOf(arguments);
      orderBy = List.copyOf(orderBy);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * {@code RAISE(action, message)}.
   *
   * @param action IGNORE, ROLLBACK, ABORT or FAIL
   * @param message absent for IGNORE
   */
  record Raise(ConflictAction action, @Nullable Expression message, Span span)
      implements Expression {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** One answer for each kind of expression. */
  interface Visitor<R> {
    R visit(NullLiteral literal);

    R visit(IntegerLiteral literal);

    R visit(RealLiteral literal);

    R visit(StringLiteral literal);

    R visit(BlobLiteral literal);

    R visit(CurrentTime literal);

    R visit(Parameter parameter);

    R visit(ColumnReference reference);

    R visit(Unary unary);

    R visit(Binary binary);

    R visit(IsNull isNull);

    R visit(Between between);

    R visit(Like like);

    R visit(InList in);

    R visit(InQuery in);

    R visit(InTable in);

    R visit(Exists exists);

    R visit(Subquery subquery);

    R visit(RowValue rowValue);

    R visit(Collate collate);

    R visit(Cast cast);

    R visit(Case caseExpression);

    R visit(FunctionCall call);

    R visit(Raise raise);
  }
}
