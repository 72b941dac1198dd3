package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.function.ScalarFunction;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A bound expression that is a call, or CASE: it has any number of operands, and of some kinds not
 * all are evaluated.
 */
public sealed interface BoundCall extends BoundExpression {
  /** CASE; with a base, each condition is a value that is compared with it. */
  record Case(
      @Nullable BoundExpression base, List<Branch> branches, @Nullable BoundExpression otherwise)
      implements BoundCall {
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
      implements BoundCall {
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
  record Coalesce(List<BoundExpression> arguments, boolean joined) implements BoundCall {
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
  record Raise(String action, @Nullable BoundExpression message) implements BoundCall {
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
}
