package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.function.FunctionContext;
import dev.tursojdbc.sql.function.FunctionFlag;
import dev.tursojdbc.sql.function.ScalarFunction;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Keeps subtypes inside of the query that computes them.
 *
 * <p>A value's subtype, such as "this text is JSON", passes through CASE, coalesce() and so on to
 * the function that looks at it. It does not pass from one query to another, be the other flattened
 * or not:
 *
 * <pre>
 *   json_array(json('[1]'))                            is [[1]]
 *   json_array((SELECT json('[1]')))                   is ["[1]"]
 *   SELECT json_array(x) FROM (SELECT json('[1]') x)   is ["[1]"]
 * </pre>
 *
 * Rows know nothing of this: the few functions that look at subtypes get arguments in which values
 * of other queries go through a function that takes their subtypes away.
 */
public final class Subtypes {
  private final Binder binder;

  Subtypes(Binder binder) {
    this.binder = binder;
  }

  /**
   * Whether the value of an expression may have a subtype. Then it must be computed where it is
   * needed: what an index has of it is without.
   */
  public static boolean mayBear(BoundExpression expression) {
    return expression instanceof BoundCall.Function function
            && function.function().flags().contains(FunctionFlag.RESULT_SUBTYPE)
        || passesOn(expression) && expression.children().stream().anyMatch(Subtypes::mayBear);
  }

  List<BoundExpression> withoutForeign(List<BoundExpression> arguments) {
    List<BoundExpression> result = new ArrayList<>(arguments.size());
    for (BoundExpression argument : arguments) {
      result.add(withoutForeign(argument));
    }
    return result;
  }

  private BoundExpression withoutForeign(BoundExpression expression) {
    if (isForeign(expression)) {
      return new BoundCall.Function(Without.INSTANCE, List.of(expression), Collation.BINARY, null);
    }
    return passesOn(expression)
        ? expression.withChildren(withoutForeign(expression.children()))
        : expression;
  }

  private boolean isForeign(BoundExpression expression) {
    return expression instanceof BoundValue.SubqueryColumn
        || expression instanceof BoundExpression.Column column
            && (binder.source(column.source()) instanceof Source.OfQuery
                || binder.source(column.source()) instanceof Source.OfRecursion);
  }

  /** Whether the value of an expression is the value of one of its operands. */
  private static boolean passesOn(BoundExpression expression) {
    return expression instanceof BoundCall.Case
        || expression instanceof BoundCall.Coalesce
        || expression instanceof BoundValue.Collate
        || expression instanceof BoundValue.Cast
        || expression instanceof BoundValue.Unary
        || expression instanceof BoundCall.Function function
            && function.function().flags().contains(FunctionFlag.NEEDS_COLLATION);
  }

  /** The function that takes subtypes away. */
  private static final class Without implements ScalarFunction {
    static final Without INSTANCE = new Without();

    @Override
    public String name() {
      return "without_subtype";
    }

    @Override
    public int argumentCount() {
      return 1;
    }

    @Override
    public Set<FunctionFlag> flags() {
      return Set.of(FunctionFlag.DETERMINISTIC, FunctionFlag.INNOCUOUS);
    }

    @Override
    public boolean isDeterministic() {
      return true;
    }

    @Override
    public void call(FunctionContext context, Register[] arguments, Register result) {
      result.set(arguments[0]);
      result.subtype = 0;
    }
  }
}
