package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A bound expression that an operator or a query makes a value of, or of several a row. */
public sealed interface BoundValue extends BoundExpression {
  /** A column of the first row of a query, NULL if there is none; column 0 of a scalar subquery. */
  record SubqueryColumn(BoundQuery query, int column) implements BoundValue, BoundExpression.Leaf {
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
  record Row(List<BoundExpression> elements) implements BoundValue {
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

  /** Minus, complement, or plus. */
  record Unary(UnaryOperator operator, BoundExpression operand)
      implements BoundValue, BoundExpression.OneOperand {
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

  /** Arithmetic, bits and concatenation. */
  record Arithmetic(ArithmeticOperator operator, BoundExpression left, BoundExpression right)
      implements BoundValue, BoundExpression.TwoOperands {
    @Override
    public Arithmetic withOperands(BoundExpression newLeft, BoundExpression newRight) {
      return new Arithmetic(operator, newLeft, newRight);
    }

    @Override
    public <R> R accept(Visitor<R> visitor) {
      return visitor.visit(this);
    }
  }

  /** CAST to an affinity. */
  record Cast(BoundExpression operand, Affinity target)
      implements BoundValue, BoundExpression.OneOperand {
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
  record Collate(BoundExpression operand, Collation explicitCollation)
      implements BoundValue, BoundExpression.OneOperand {
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

  /** NULL while the source stands on the null row of an outer join, else the operand. */
  record NullIfUnmatched(int source, BoundExpression operand)
      implements BoundValue, BoundExpression.OneOperand {
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
}
