package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.LikeOperator;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.WindowDefinition;
import dev.tursojdbc.sql.function.AggregateFunction;
import dev.tursojdbc.sql.function.FunctionFlag;
import dev.tursojdbc.sql.function.FunctionLookup;
import dev.tursojdbc.sql.function.InternalFunctions;
import dev.tursojdbc.sql.function.ScalarFunction;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.sql.function.WindowFunction;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Binds calls of functions: scalar, aggregate, and those that evaluate only what they need. */
final class FunctionBinder {
  private final ExpressionBinder expressions;
  private final Scope scope;
  private final FunctionLookup functions;

  FunctionBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
    this.scope = expressions.scope();
    this.functions = expressions.binder().context().functions();
  }

  BoundExpression bind(Expression.FunctionCall call) {
    String name = call.name().text();
    int count = call.arguments().size();
    if (scope.isDefault() && !(functions.find(name, count) instanceof ScalarFunction)) {
      throw BindErrors.error("unknown function: " + name + "()");
    }
    BoundExpression lazy =
        call.over() == null && !call.star() && !functions.hidesBuiltIn(name, count)
            ? lazy(name, call)
            : null;
    if (lazy != null) {
      return lazy;
    }
    if (call.over() != null) {
      return expressions.binder().listener == null
          ? new WindowBinder(expressions).bind(call, call.over())
          : told(call, call.over());
    }
    SqlFunction function = functions.find(name, count);
    if (expressions.binder().onlyNames() && !(function instanceof AggregateFunction)) {
      return unknown(call);
    }
    if (function == null) {
      return misused(notFound(name, count), call);
    }
    if (!functions.isSafeInSchema(function) && isFromSchema()) {
      return misused(BindErrors.error("unsafe use of " + name + "()"), call);
    }
    if (function instanceof WindowFunction) {
      return misused(BindErrors.error("misuse of window function " + name + "()"), call);
    }
    if (function instanceof AggregateFunction aggregate) {
      return aggregate(aggregate, call);
    }
    if (call.filter() != null) {
      return misused(
          BindErrors.error("FILTER may not be used with non-aggregate " + name + "()"), call);
    }
    if (!call.orderBy().isEmpty()) {
      return misused(
          BindErrors.error("ORDER BY may not be used with non-aggregate " + name + "()"), call);
    }
    return scalar(
        (ScalarFunction) function, arguments(function, expressions.values(call.arguments())), call);
  }

  /** Whether the call stands in a definition that comes with the file; those in temp do not. */
  private boolean isFromSchema() {
    return scope.restriction != null || scope.isDefault() || expressions.binder().home != null;
  }

  private BoundExpression misused(TursoException failure, Expression.FunctionCall call) {
    return misused(expressions.binder().at(call, failure), call.arguments());
  }

  /**
   * Of such a call SQLite looks no further than at the first argument: whether it is a name or a
   * call that means nothing itself.
   */
  BoundExpression misused(TursoException failure, List<Expression> arguments) {
    Expression first = arguments.isEmpty() ? null : arguments.get(0);
    boolean looksAtFirst =
        first instanceof Expression.ColumnReference || first instanceof Expression.FunctionCall;
    return expressions
        .binder()
        .misused(failure, () -> expressions.optional(looksAtFirst ? first : null));
  }

  /** Why a pattern operator cannot be called with so many arguments; null if it can be. */
  @Nullable TursoException unknown(LikeOperator operator, int count) {
    return functions.find(operator.functionName(), count) == null
        ? notFound(operator.name(), count)
        : null;
  }

  /** Where only names of tables and columns count, or go first, a function need not exist. */
  private BoundExpression unknown(Expression.FunctionCall call) {
    expressions.values(call.arguments());
    call.orderBy().forEach(term -> expressions.value(term.expression()));
    expressions.optional(call.filter());
    return Constant.NULL;
  }

  /**
   * Where only names of tables and columns count, neither the function nor the window need exist,
   * nor need either be allowed there. Named windows are bound where they are defined.
   */
  private BoundExpression told(Expression.FunctionCall call, WindowDefinition over) {
    Scope.Clause clause = scope.clause;
    scope.clause = Scope.Clause.RESULT;
    unknown(call);
    expressions.values(over.partitionBy());
    over.orderBy().forEach(term -> expressions.value(term.expression()));
    scope.clause = clause;
    return Constant.NULL;
  }

  /** Binds a call that an operator stands for. */
  BoundExpression call(String name, List<BoundExpression> arguments) {
    if (expressions.binder().onlyNames()) {
      return Constant.NULL;
    }
    SqlFunction function = find(name, arguments.size());
    if (!(function instanceof ScalarFunction scalar)) {
      throw BindErrors.misusedAggregate(name);
    }
    return scalar(scalar, arguments(function, arguments), null);
  }

  SqlFunction find(String name, int count) {
    SqlFunction function = functions.find(name, count);
    if (function != null) {
      return function;
    }
    throw notFound(name, count);
  }

  private TursoException notFound(String name, int count) {
    return BindErrors.error(
        functions.knows(name) || InternalFunctions.takesOther(name, count)
            ? "wrong number of arguments to function " + name + "()"
            : "no such function: " + name);
  }

  /** Arguments as the function is to see them: without subtypes of other queries' values. */
  private List<BoundExpression> arguments(SqlFunction function, List<BoundExpression> arguments) {
    return function.flags().contains(FunctionFlag.SUBTYPE)
        ? new Subtypes(expressions.binder()).withoutForeign(arguments)
        : arguments;
  }

  /**
   * @param call what was written; null if an operator was
   */
  private BoundExpression scalar(
      ScalarFunction function,
      List<BoundExpression> arguments,
      Expression.@Nullable FunctionCall call) {
    Restriction restriction = scope.restriction;
    if (restriction != null
        && !restriction.allowsNondeterministic()
        && !function.flags().contains(FunctionFlag.DETERMINISTIC)
        && !function.flags().contains(FunctionFlag.DETERMINISTIC_BUT_FOR_NOW)) {
      Binder binder = expressions.binder();
      TursoException failure =
          BindErrors.error("non-deterministic functions prohibited in " + restriction.place());
      return binder.misused(call == null ? failure : binder.at(call, failure), () -> {});
    }
    return new BoundCall.Function(
        function,
        arguments,
        collation(function, arguments),
        restriction == null || !function.flags().contains(FunctionFlag.DETERMINISTIC_BUT_FOR_NOW)
            ? null
            : restriction.placeOfUse());
  }

  private static Collation collation(SqlFunction function, List<BoundExpression> arguments) {
    Collation collation = collation(arguments);
    return function.flags().contains(FunctionFlag.NEEDS_COLLATION)
        ? UnknownCollation.required(collation)
        : collation;
  }

  static Collation collation(List<BoundExpression> arguments) {
    for (BoundExpression argument : arguments) {
      Collation collation = argument.collation();
      if (collation != null) {
        return collation;
      }
    }
    return Collation.BINARY;
  }

  private @Nullable BoundExpression lazy(String name, Expression.FunctionCall call) {
    int count = call.arguments().size();
    switch (name.toLowerCase(Locale.ROOT)) {
      case "coalesce" -> {
        if (count < 2) {
          return wrongCount(call);
        }
        return new BoundCall.Coalesce(expressions.values(call.arguments()), false);
      }
      case "ifnull" -> {
        if (count != 2) {
          return wrongCount(call);
        }
        return new BoundCall.Coalesce(expressions.values(call.arguments()), false);
      }
      case "iif", "if" -> {
        if (count < 2) {
          return wrongCount(call);
        }
        return conditional(expressions.values(call.arguments()));
      }
      case "likely", "unlikely" -> {
        if (count != 1) {
          return wrongCount(call);
        }
        return hinted(expressions.value(call.arguments().get(0)));
      }
      case "likelihood" -> {
        if (count != 2) {
          return wrongCount(call);
        }
        if (scope.isDefault()) {
          return hinted(expressions.value(call.arguments().get(0)));
        }
        if (!(call.arguments().get(1) instanceof Expression.RealLiteral probability)
            || Double.parseDouble(probability.text()) > 1.0) {
          expressions.value(call.arguments().get(0));
          throw expressions
              .binder()
              .at(
                  call,
                  BindErrors.error(
                      "second argument to likelihood() must be a constant between 0.0 and 1.0"));
        }
        return hinted(expressions.value(call.arguments().get(0)));
      }
      default -> {
        return null;
      }
    }
  }

  private BoundExpression wrongCount(Expression.FunctionCall call) {
    return misused(
        BindErrors.error("wrong number of arguments to function " + call.name().text() + "()"),
        call);
  }

  /** Whether the function only tells how likely its argument is. */
  static boolean isHint(String name) {
    return Names.same(name, "likely")
        || Names.same(name, "unlikely")
        || Names.same(name, "likelihood");
  }

  /** A hint on probability is not used, but like any function it takes a column's affinity away. */
  private static BoundExpression hinted(BoundExpression operand) {
    return operand.affinity() == Affinity.NONE
        ? operand
        : new BoundValue.Unary(UnaryOperator.PLUS, operand);
  }

  private static BoundExpression conditional(List<BoundExpression> arguments) {
    List<BoundCall.Branch> branches = new ArrayList<>();
    int next = 0;
    for (; next + 1 < arguments.size(); next += 2) {
      branches.add(
          new BoundCall.Branch(
              arguments.get(next), arguments.get(next + 1), Affinity.NONE, Collation.BINARY));
    }
    return new BoundCall.Case(null, branches, next < arguments.size() ? arguments.get(next) : null);
  }

  private BoundExpression aggregate(AggregateFunction function, Expression.FunctionCall call) {
    String name = call.name().text();
    if (!scope.clause.aggregates && expressions.binder().onlyNames()) {
      return unknown(call);
    }
    if (!scope.clause.aggregates) {
      return misused(BindErrors.error("misuse of aggregate function " + name + "()"), call);
    }
    if (call.star() && !Names.same(name, "count")) {
      return misused(
          BindErrors.error("wrong number of arguments to function " + name + "()"), call);
    }
    if (call.distinct() && call.arguments().size() != 1) {
      throw BindErrors.error("DISTINCT aggregates must have exactly one argument");
    }
    Scope.Clause clause = scope.clause;
    scope.clause = Scope.Clause.ROW;
    BoundExpression filter = expressions.optional(call.filter());
    List<OrderTerm> orderBy = orderBy(call.orderBy());
    List<BoundExpression> arguments = arguments(function, expressions.values(call.arguments()));
    scope.clause = clause;
    AggregateCall aggregate =
        new AggregateCall(
            function,
            call.star(),
            arguments,
            call.distinct(),
            filter,
            orderBy,
            call.distinct()
                ? UnknownCollation.required(collation(arguments))
                : collation(function, arguments));
    Scope owner = owner(aggregate);
    if (owner.aggregateSource < 0 || !owner.clause.computesAggregates()) {
      Binder binder = expressions.binder();
      return binder.refusedWhenRun(binder.at(call, BindErrors.misusedAggregate(name)));
    }
    int index = owner.aggregates.indexOf(aggregate);
    if (index < 0) {
      index = owner.aggregates.size();
      owner.aggregates.add(aggregate);
    }
    return new BoundExpression.Computed(owner.aggregateSource, index, explicitCollation(arguments));
  }

  static @Nullable Collation explicitCollation(List<BoundExpression> arguments) {
    for (BoundExpression argument : arguments) {
      Collation collation = argument.explicitCollation();
      if (collation != null) {
        return collation;
      }
    }
    return null;
  }

  List<OrderTerm> orderBy(List<OrderingTerm> terms) {
    List<OrderTerm> bound = new ArrayList<>(terms.size());
    for (OrderingTerm term : terms) {
      BoundExpression expression = expressions.value(term.expression());
      bound.add(
          new OrderTerm(
              expression,
              -1,
              term.isDescending(),
              term.nullsFirst(),
              Comparisons.collation(expression)));
    }
    return bound;
  }

  /** Whether its columns are values to SQLite: those of NEW, OLD, excluded and in RETURNING. */
  private static boolean isOfValues(Source source) {
    return source instanceof Source.OfRow && source.databaseName() == null;
  }

  /** The innermost scope whose columns the aggregate uses; this one if it uses none. */
  private Scope owner(AggregateCall call) {
    Set<Integer> sources = new HashSet<>();
    call.arguments().forEach(argument -> sources.addAll(References.sources(argument)));
    if (call.filter() != null) {
      sources.addAll(References.sources(call.filter()));
    }
    if (sources.isEmpty()) {
      return scope;
    }
    for (Scope place = scope; place != null; place = place.outer) {
      for (Scope.Entry entry : place.entries) {
        if (sources.contains(entry.source().id()) && !isOfValues(entry.source())) {
          return place;
        }
      }
    }
    return scope;
  }
}
