package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.function.ScalarFunction;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * An expression whose names are resolved: columns are numbers, functions are definitions,
 * comparisons know affinity and collation.
 *
 * <p>Immutable; two expressions are equal if they compute the same from the same columns in the
 * same way, which is what matching GROUP BY terms and index expressions needs. Whatever a query
 * inside an expression refers to outside of itself, it names like anything else does: by source and
 * column.
 */
public sealed interface BoundExpression permits Constant, BoundExpression.Node {

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

  /** All but {@link Constant}. */
  sealed interface Node extends BoundExpression {}

  /** One that has no operands. */
  sealed interface Leaf extends Node {
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
  sealed interface OneOperand extends Node {
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
  sealed interface TwoOperands extends Node {
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

  /** Minus, complement, or plus. */
  record Unary(UnaryOperator operator, BoundExpression operand) implements OneOperand {
    @Override
    public Unary withOperand(BoundExpression newOperand) {
      return new Unary(operator, newOperand);
    }

    @Override
    public @Nullable Collation collation() {
      return operator == UnaryOperator.PLUS ? operand.collation() : operand.explicitCollation();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Logical negation. */
  record Not(BoundExpression operand) implements OneOperand {
    @Override
    public Not withOperand(BoundExpression newOperand) {
      return new Not(newOperand);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Arithmetic, bits and concatenation. */
  record Arithmetic(ArithmeticOperator operator, BoundExpression left, BoundExpression right)
      implements TwoOperands {
    @Override
    public Arithmetic withOperands(BoundExpression newLeft, BoundExpression newRight) {
      return new Arithmetic(operator, newLeft, newRight);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * Two values compared.
   *
   * @param conversion what both sides are converted to before; see {@link Affinity#ofComparison}
   * @param comparisonCollation for texts
   */
  record Comparison(
      ComparisonOperator operator,
      BoundExpression left,
      BoundExpression right,
      Affinity conversion,
      Collation comparisonCollation)
      implements TwoOperands {
    @Override
    public Comparison withOperands(BoundExpression newLeft, BoundExpression newRight) {
      return new Comparison(operator, newLeft, newRight, conversion, comparisonCollation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Two row values compared, from left to right. */
  record RowComparison(
      ComparisonOperator operator,
      List<BoundExpression> left,
      List<BoundExpression> right,
      List<Affinity> conversions,
      List<Collation> collations)
      implements Node {
    public RowComparison {
      left = List.copyOf(left);
      right = List.copyOf(right);
      conversions = List.copyOf(conversions);
      collations = List.copyOf(collations);
    }

    @Override
    public List<BoundExpression> children() {
      List<BoundExpression> children = new ArrayList<>(left);
      children.addAll(right);
      return children;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      int count = left.size();
      return new RowComparison(
          operator,
          children.subList(0, count),
          children.subList(count, children.size()),
          conversions,
          collations);
    }

    /** The comparison of one pair of elements. */
    public Comparison element(int index) {
      return new Comparison(
          operator,
          left.get(index),
          right.get(index),
          conversions.get(index),
          collations.get(index));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Conjunction; the right side is not evaluated if the left one is false. */
  record And(BoundExpression left, BoundExpression right) implements TwoOperands {
    @Override
    public And withOperands(BoundExpression newLeft, BoundExpression newRight) {
      return new And(newLeft, newRight);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Disjunction; the right side is not evaluated if the left one is true. */
  record Or(BoundExpression left, BoundExpression right) implements TwoOperands {
    @Override
    public Or withOperands(BoundExpression newLeft, BoundExpression newRight) {
      return new Or(newLeft, newRight);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** IS NULL, or NOT NULL if negated. */
  record IsNull(BoundExpression operand, boolean negated) implements OneOperand {
    @Override
    public IsNull withOperand(BoundExpression newOperand) {
      return new IsNull(newOperand, negated);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** IS [NOT] TRUE, IS [NOT] FALSE. */
  record IsTruth(BoundExpression operand, boolean truth, boolean negated) implements OneOperand {
    @Override
    public IsTruth withOperand(BoundExpression newOperand) {
      return new IsTruth(newOperand, truth, negated);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** operand &gt;= low AND operand &lt;= high, with the operand evaluated once. */
  record Between(
      BoundExpression operand,
      BoundExpression low,
      BoundExpression high,
      Affinity lowConversion,
      Affinity highConversion,
      Collation lowCollation,
      Collation highCollation)
      implements Node {
    @Override
    public List<BoundExpression> children() {
      return List.of(operand, low, high);
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new Between(
          children.get(0),
          children.get(1),
          children.get(2),
          lowConversion,
          highConversion,
          lowCollation,
          highCollation);
    }

    public Comparison lowComparison() {
      return new Comparison(
          ComparisonOperator.GREATER_OR_EQUAL, operand, low, lowConversion, lowCollation);
    }

    public Comparison highComparison() {
      return new Comparison(
          ComparisonOperator.LESS_OR_EQUAL, operand, high, highConversion, highCollation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * operand IN (elements).
   *
   * @param conversion the operand's affinity; elements have none of their own here
   */
  record InList(
      BoundExpression operand,
      List<BoundExpression> elements,
      Affinity conversion,
      Collation comparisonCollation)
      implements Node {
    public InList {
      elements = List.copyOf(elements);
    }

    @Override
    public List<BoundExpression> children() {
      List<BoundExpression> children = new ArrayList<>(elements.size() + 1);
      children.add(operand);
      children.addAll(elements);
      return children;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new InList(
          children.get(0), children.subList(1, children.size()), conversion, comparisonCollation);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** operands IN (query), with as many columns as operands. */
  record InQuery(
      List<BoundExpression> operands,
      BoundQuery query,
      List<Affinity> conversions,
      List<Collation> collations)
      implements Node {
    public InQuery {
      operands = List.copyOf(operands);
      conversions = List.copyOf(conversions);
      collations = List.copyOf(collations);
    }

    @Override
    public List<BoundExpression> children() {
      return operands;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new InQuery(children, query, conversions, collations);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** Whether the query has a row. */
  record Exists(BoundQuery query) implements Leaf {
    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** A column of the first row of a query, NULL if there is none; column 0 of a scalar subquery. */
  record SubqueryColumn(BoundQuery query, int column) implements Leaf {
    @Override
    public Affinity affinity() {
      BoundQuery last =
          query instanceof BoundQuery.Compound compound
              ? compound.terms().get(compound.terms().size() - 1).query()
              : query;
      return last.columns().get(column).expression().affinity();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A row value; stands only where rows are compared or assigned, never where a value is needed.
   */
  record Row(List<BoundExpression> elements) implements Node {
    public Row {
      elements = List.copyOf(elements);
    }

    @Override
    public List<BoundExpression> children() {
      return elements;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new Row(children);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** CASE; with a base, each condition is a value that is compared with it. */
  record Case(
      @Nullable BoundExpression base, List<Branch> branches, @Nullable BoundExpression otherwise)
      implements Node {
    public Case {
      branches = List.copyOf(branches);
    }

    @Override
    public List<BoundExpression> children() {
      List<BoundExpression> children = new ArrayList<>();
      if (base != null) {
        children.add(base);
      }
      for (Branch branch : branches) {
        children.add(branch.condition);
        children.add(branch.result);
      }
      if (otherwise != null) {
        children.add(otherwise);
      }
      return children;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      int next = 0;
      BoundExpression newBase = base == null ? null : children.get(next++);
      List<Branch> newBranches = new ArrayList<>(branches.size());
      for (Branch branch : branches) {
        newBranches.add(
            new Branch(
                children.get(next), children.get(next + 1), branch.conversion, branch.collation));
        next += 2;
      }
      return new Case(newBase, newBranches, otherwise == null ? null : children.get(next));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * WHEN condition THEN result.
   *
   * @param conversion of the comparison with the base; NONE if there is no base
   * @param collation of that comparison; BINARY if there is no base
   */
  record Branch(
      BoundExpression condition,
      BoundExpression result,
      Affinity conversion,
      Collation collation) {}

  /** CAST to an affinity. */
  record Cast(BoundExpression operand, Affinity target) implements OneOperand {
    @Override
    public Cast withOperand(BoundExpression newOperand) {
      return new Cast(newOperand, target);
    }

    @Override
    public Affinity affinity() {
      return target;
    }

    @Override
    public @Nullable Collation collation() {
      return operand.collation();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** operand COLLATE collation. */
  record Collate(BoundExpression operand, Collation explicitCollation) implements OneOperand {
    @Override
    public Collate withOperand(BoundExpression newOperand) {
      return new Collate(newOperand, explicitCollation);
    }

    @Override
    public Affinity affinity() {
      return operand.affinity();
    }

    @Override
    public @Nullable Collation collation() {
      return explicitCollation;
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * A call of a scalar function.
   *
   * <p>Two calls are equal wherever they stand: an index on an expression serves a query.
   *
   * @param argumentCollation what a function that compares texts (min, nullif …) uses
   * @param place "an index" and the like, where a function that can ask for the time must not; else
   *     null
   */
  record Function(
      ScalarFunction function,
      List<BoundExpression> arguments,
      Collation argumentCollation,
      @Nullable String place)
      implements Node {
    public Function {
      arguments = List.copyOf(arguments);
    }

    @Override
    public boolean equals(@Nullable Object other) {
      return other instanceof Function call
          && function.equals(call.function)
          && arguments.equals(call.arguments)
          && argumentCollation.equals(call.argumentCollation);
    }

    @Override
    public int hashCode() {
      return Objects.hash(function, arguments, argumentCollation);
    }

    @Override
    public List<BoundExpression> children() {
      return arguments;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new Function(function, children, argumentCollation, place);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /**
   * The first argument that is not NULL; those behind it are not evaluated.
   *
   * @param joined whether it stands for columns that USING made one; then it has affinity and
   *     collation of the first
   */
  record Coalesce(List<BoundExpression> arguments, boolean joined) implements Node {
    public Coalesce {
      arguments = List.copyOf(arguments);
    }

    @Override
    public List<BoundExpression> children() {
      return arguments;
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new Coalesce(children, joined);
    }

    @Override
    public Affinity affinity() {
      return joined ? arguments.get(0).affinity() : Affinity.NONE;
    }

    @Override
    public @Nullable Collation collation() {
      return joined ? arguments.get(0).collation() : explicitCollation();
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** RAISE in a trigger: IGNORE, ROLLBACK, ABORT or FAIL. */
  record Raise(String action, @Nullable BoundExpression message) implements Node {
    @Override
    public List<BoundExpression> children() {
      return message == null ? List.of() : List.of(message);
    }

    @Override
    public BoundExpression withChildren(List<BoundExpression> children) {
      return new Raise(action, message == null ? null : children.get(0));
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** NULL while the source stands on the null row of an outer join, else the operand. */
  record NullIfUnmatched(int source, BoundExpression operand) implements OneOperand {
    @Override
    public NullIfUnmatched withOperand(BoundExpression newOperand) {
      return new NullIfUnmatched(source, newOperand);
    }

    @Override
    public Affinity affinity() {
      return operand.affinity();
    }

    @Override
    public @Nullable Collation collation() {
      return operand.collation();
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

    R visit(Unary unary);

    R visit(Not not);

    R visit(Arithmetic arithmetic);

    R visit(Comparison comparison);

    R visit(RowComparison rowComparison);

    R visit(And and);

    R visit(Or or);

    R visit(IsNull isNull);

    R visit(IsTruth isTruth);

    R visit(Between between);

    R visit(InList inList);

    R visit(InQuery inQuery);

    R visit(Exists exists);

    R visit(SubqueryColumn subqueryColumn);

    R visit(Row row);

    R visit(Case caseExpression);

    R visit(Cast cast);

    R visit(Collate collate);

    R visit(Function function);

    R visit(Coalesce coalesce);

    R visit(Raise raise);

    R visit(NullIfUnmatched nullIfUnmatched);

    R visit(Computed computed);
  }
}
