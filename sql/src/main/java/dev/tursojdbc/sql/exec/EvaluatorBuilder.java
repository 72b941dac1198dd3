package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundCall;
import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Constant;
import dev.tursojdbc.sql.bind.References;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.Collation;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Compiles bound expressions to evaluators, over bindings that say where columns are.
 *
 * <p>An expression without columns that is more than a constant or a parameter is computed once per
 * run, unless a function in it must be called anew for each row.
 */
public final class EvaluatorBuilder implements BoundExpression.Visitor<Evaluator> {
  private final Bindings bindings;
  private final QueryFactory queries;

  /** Whether an expression that is kept once per run is around the one that is compiled. */
  private boolean insideConstant;

  EvaluatorBuilder(Bindings bindings, QueryFactory queries) {
    this.bindings = bindings;
    this.queries = queries;
  }

  Bindings bindings() {
    return bindings;
  }

  /** The same compiler over other bindings. */
  public EvaluatorBuilder over(Bindings others) {
    return new EvaluatorBuilder(others, queries);
  }

  public Evaluator build(BoundExpression expression) {
    Evaluator computed = bindings.computed(expression);
    if (computed != null) {
      return computed;
    }
    if (!insideConstant && isWorthKeeping(expression)) {
      insideConstant = true;
      Evaluator kept = new OncePerRun(expression.accept(this));
      insideConstant = false;
      return kept;
    }
    return expression.accept(this);
  }

  public Evaluator[] build(List<BoundExpression> expressions) {
    Evaluator[] evaluators = new Evaluator[expressions.size()];
    for (int i = 0; i < evaluators.length; i++) {
      evaluators[i] = build(expressions.get(i));
    }
    return evaluators;
  }

  private @Nullable Evaluator optional(@Nullable BoundExpression expression) {
    return expression == null ? null : build(expression);
  }

  private static boolean isWorthKeeping(BoundExpression expression) {
    if (expression.children().isEmpty() && !(expression instanceof BoundCall.Function)) {
      return false;
    }
    boolean[] constant = {true};
    References.walk(
        expression,
        e -> {
          if (e instanceof BoundExpression.Column
              || e instanceof BoundExpression.Computed
              || e instanceof BoundValue.NullIfUnmatched
              || e instanceof BoundCall.Raise
              || References.queryOf(e) != null
              || (e instanceof BoundCall.Function f && !f.function().isDeterministic())) {
            constant[0] = false;
          }
        });
    return constant[0];
  }

  @Override
  public Evaluator visit(Constant constant) {
    return new ConstantEvaluator(constant);
  }

  @Override
  public Evaluator visit(BoundExpression.Parameter parameter) {
    return new ParameterEvaluator(parameter.index());
  }

  @Override
  public Evaluator visit(BoundExpression.Column column) {
    return bindings.column(column);
  }

  @Override
  public Evaluator visit(BoundValue.Unary unary) {
    return UnaryEvaluator.of(unary.operator(), build(unary.operand()));
  }

  @Override
  public Evaluator visit(BoundCondition.Not not) {
    return new LogicalEvaluators.Not(build(not.operand()));
  }

  @Override
  public Evaluator visit(BoundValue.Arithmetic arithmetic) {
    return ArithmeticEvaluator.of(
        arithmetic.operator(), build(arithmetic.left()), build(arithmetic.right()));
  }

  @Override
  public Evaluator visit(BoundCondition.Comparison comparison) {
    return ComparisonEvaluator.of(
        comparison.operator(),
        build(comparison.left()),
        build(comparison.right()),
        comparison.conversion(),
        comparison.comparisonCollation());
  }

  @Override
  public Evaluator visit(BoundCondition.RowComparison comparison) {
    return new RowComparisonEvaluator(
        comparison.operator(),
        build(comparison.left()),
        build(comparison.right()),
        comparison.conversions().toArray(Affinity[]::new),
        comparison.collations().toArray(Collation[]::new));
  }

  @Override
  public Evaluator visit(BoundCondition.And and) {
    return new LogicalEvaluators.And(build(and.left()), build(and.right()));
  }

  @Override
  public Evaluator visit(BoundCondition.Or or) {
    return new LogicalEvaluators.Or(build(or.left()), build(or.right()));
  }

  @Override
  public Evaluator visit(BoundCondition.IsNull isNull) {
    return new LogicalEvaluators.IsNull(build(isNull.operand()), isNull.negated());
  }

  @Override
  public Evaluator visit(BoundCondition.IsTruth isTruth) {
    return new LogicalEvaluators.IsTruth(
        build(isTruth.operand()), isTruth.truth(), isTruth.negated());
  }

  @Override
  public Evaluator visit(BoundCondition.Between between) {
    return new BetweenEvaluator(
        between, build(between.operand()), build(between.low()), build(between.high()));
  }

  @Override
  public Evaluator visit(BoundCondition.InList in) {
    return new InListEvaluator(
        build(in.operand()), build(in.elements()), in.conversion(), in.comparisonCollation());
  }

  @Override
  public Evaluator visit(BoundCondition.InQuery in) {
    return queries.in(in, this);
  }

  @Override
  public Evaluator visit(BoundCondition.Exists exists) {
    return queries.exists(exists.query(), this);
  }

  @Override
  public Evaluator visit(BoundValue.SubqueryColumn column) {
    return queries.column(column.query(), column.column(), this);
  }

  @Override
  public Evaluator visit(BoundValue.Row row) {
    throw new IllegalStateException("a row value is not evaluated as one value");
  }

  @Override
  public Evaluator visit(BoundCall.Case caseExpression) {
    int count = caseExpression.branches().size();
    Evaluator base = optional(caseExpression.base());
    Evaluator[] conditions = new Evaluator[count];
    Evaluator[] results = new Evaluator[count];
    Affinity[] conversions = new Affinity[count];
    Collation[] collations = new Collation[count];
    for (int i = 0; i < count; i++) {
      BoundCall.Branch branch = caseExpression.branches().get(i);
      conditions[i] = build(branch.condition());
      results[i] = build(branch.result());
      conversions[i] = branch.conversion();
      collations[i] = branch.collation();
    }
    return new CaseEvaluator(
        base, conditions, results, conversions, collations, optional(caseExpression.otherwise()));
  }

  @Override
  public Evaluator visit(BoundValue.Cast cast) {
    return new CastEvaluator(build(cast.operand()), cast.target());
  }

  @Override
  public Evaluator visit(BoundValue.Collate collate) {
    return build(collate.operand());
  }

  @Override
  public Evaluator visit(BoundCall.Function function) {
    Evaluator[] arguments = build(function.arguments());
    FunctionEvaluator call =
        new FunctionEvaluator(function.function(), arguments, function.argumentCollation());
    String place = function.place();
    return place == null
        ? PatternEvaluator.of(function, arguments, call)
        : new RestrictedCallEvaluator(call, function.function().name(), place);
  }

  @Override
  public Evaluator visit(BoundCall.Coalesce coalesce) {
    return new CoalesceEvaluator(build(coalesce.arguments()));
  }

  @Override
  public Evaluator visit(BoundCall.Raise raise) {
    return new RaiseEvaluator(raise.action(), optional(raise.message()));
  }

  @Override
  public Evaluator visit(BoundValue.NullIfUnmatched nullIfUnmatched) {
    int source = nullIfUnmatched.source();
    if (bindings.row(source) instanceof NullableRow row) {
      return new UnmatchedEvaluator(row, build(nullIfUnmatched.operand()));
    }
    throw new IllegalStateException("source " + source + " has no row that can be NULL");
  }

  @Override
  public Evaluator visit(BoundExpression.Computed computed) {
    throw new IllegalStateException(
        "nothing computes value " + computed.index() + " of source " + computed.source());
  }
}
