package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.function.FunctionTypes;
import dev.tursojdbc.sql.function.SqlFunction;
import dev.tursojdbc.sql.function.ValueType;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Forecasts the {@link ValueType} of a query's columns from the expressions, without looking at a
 * row. Columns of tables are taken to keep what their types promise.
 */
public final class ExpressionTypes {
  /** Queries within queries are looked into so deep: each may name those in it many times. */
  private static final int MAX_DEPTH = 8;

  /** Null for expressions that are of no query. */
  private final @Nullable BoundQuery query;

  private final int depth;
  private final @Nullable ValueType[] known;
  private final Map<Integer, ExpressionTypes> derived = new HashMap<>();

  private ExpressionTypes(@Nullable BoundQuery query, int columns, int depth) {
    this.query = query;
    this.depth = depth;
    this.known = new ValueType[columns];
  }

  /** The types of a query's columns. */
  public static List<ValueType> of(BoundQuery query) {
    ExpressionTypes types = new ExpressionTypes(query, query.columns().size(), 0);
    List<ValueType> all = new ArrayList<>(types.known.length);
    for (int i = 0; i < types.known.length; i++) {
      all.add(types.of(i));
    }
    return all;
  }

  /** The type of an expression that is of no query, such as one in RETURNING. */
  public static ValueType of(ResultColumn column) {
    return new ExpressionTypes(null, 0, 0).of(column.expression());
  }

  private ExpressionTypes within(BoundQuery inner) {
    return new ExpressionTypes(inner, inner.columns().size(), depth + 1);
  }

  private ValueType of(int column) {
    ValueType type = known[column];
    if (type == null) {
      type = query == null || depth > MAX_DEPTH ? ValueType.ANY : forecast(query, column);
      known[column] = type;
    }
    return type;
  }

  private ValueType forecast(BoundQuery query, int column) {
    if (query instanceof BoundQuery.Compound compound) {
      ValueType type = within(compound.first()).of(column);
      for (BoundQuery.Term term : compound.terms()) {
        type = type.or(within(term.query()).of(column));
      }
      return type;
    }
    if (query instanceof BoundQuery.Values values) {
      return values.rows().stream()
          .map(row -> of(row.get(column)))
          .reduce(ValueType.NULL, ValueType::or);
    }
    if (query instanceof BoundQuery.Recursive recursive) {
      return within(recursive.initial()).of(column);
    }
    return of(query.columns().get(column).expression());
  }

  private ValueType of(BoundExpression expression) {
    if (expression instanceof Constant constant) {
      return ofConstant(constant);
    }
    if (expression instanceof BoundExpression.Column column) {
      return ofColumn(column);
    }
    if (expression instanceof BoundValue.Unary unary) {
      return ofUnary(unary);
    }
    if (expression instanceof BoundValue.Arithmetic arithmetic) {
      return ofArithmetic(arithmetic);
    }
    if (expression instanceof BoundCall.Case choice) {
      ValueType type = choice.otherwise() == null ? ValueType.NULL : of(choice.otherwise());
      for (BoundCall.Branch branch : choice.branches()) {
        type = type.or(of(branch.result()));
      }
      return type;
    }
    if (expression instanceof BoundCall.Coalesce coalesce) {
      return coalesce.arguments().stream().map(this::of).reduce(ValueType.NULL, ValueType::or);
    }
    if (expression instanceof BoundCall.Function call) {
      return ofCall(call.function(), call.arguments());
    }
    if (expression instanceof BoundExpression.Computed computed) {
      return ofComputed(computed);
    }
    if (expression instanceof BoundValue.SubqueryColumn subquery) {
      return within(subquery.query()).of(subquery.column());
    }
    if (expression instanceof BoundValue.Cast cast) {
      return ofAffinity(cast.target());
    }
    if (expression instanceof BoundValue.Collate collate) {
      return of(collate.operand());
    }
    if (expression instanceof BoundValue.NullIfUnmatched unmatched) {
      return of(unmatched.operand());
    }
    return expression instanceof BoundCondition ? ValueType.INTEGER : ValueType.ANY;
  }

  private static ValueType ofConstant(Constant constant) {
    return switch (constant.type()) {
      case StorageClass.INTEGER ->
          constant.integer() == (int) constant.integer() ? ValueType.INTEGER : ValueType.BIGINT;
      case StorageClass.REAL -> ValueType.DOUBLE;
      case StorageClass.TEXT -> ValueType.TEXT;
      case StorageClass.BLOB -> ValueType.BLOB;
      default -> ValueType.NULL;
    };
  }

  private ValueType ofColumn(BoundExpression.Column column) {
    if (column.isRowid()) {
      return ValueType.BIGINT;
    }
    ExpressionTypes types = derived.get(column.source());
    if (types == null) {
      BoundQuery inner = queryBehind(column.source());
      if (inner == null) {
        return ofAffinity(column.affinity());
      }
      types = within(inner);
      derived.put(column.source(), types);
    }
    return types.of(column.column());
  }

  /** The query in the FROM clause that has the number; null if that is a table, or further out. */
  private @Nullable BoundQuery queryBehind(int source) {
    if (query instanceof BoundQuery.Select select) {
      for (FromItem item : select.from()) {
        if (item.source().id() == source && item.source() instanceof Source.OfQuery found) {
          return found.query();
        }
      }
    }
    return null;
  }

  private static ValueType ofAffinity(Affinity affinity) {
    return switch (affinity) {
      case INTEGER -> ValueType.BIGINT;
      case REAL -> ValueType.DOUBLE;
      case NUMERIC -> ValueType.NUMERIC;
      case TEXT -> ValueType.TEXT;
      case BLOB, NONE -> ValueType.ANY;
    };
  }

  private ValueType ofUnary(BoundValue.Unary unary) {
    ValueType operand = of(unary.operand());
    return switch (unary.operator()) {
      case PLUS -> operand;
      case BIT_NOT -> ValueType.BIGINT;
      case NEGATE -> operand == ValueType.INTEGER ? operand : operand.with(operand);
    };
  }

  private ValueType ofArithmetic(BoundValue.Arithmetic arithmetic) {
    return switch (arithmetic.operator()) {
      case CONCATENATE -> ValueType.TEXT;
      case BIT_AND, BIT_OR, SHIFT_LEFT, SHIFT_RIGHT -> ValueType.BIGINT;
      case ADD, SUBTRACT, MULTIPLY, DIVIDE, REMAINDER ->
          of(arithmetic.left()).with(of(arithmetic.right()));
    };
  }

  private ValueType ofCall(SqlFunction function, List<BoundExpression> arguments) {
    return FunctionTypes.of(function, arguments.stream().map(this::of).toList());
  }

  private ValueType ofComputed(BoundExpression.Computed computed) {
    if (query instanceof BoundQuery.Select select) {
      int index = computed.index();
      if (computed.source() == select.aggregateSource() && index < select.aggregates().size()) {
        AggregateCall call = select.aggregates().get(index);
        return ofCall(call.function(), call.arguments());
      }
      if (computed.source() == select.windowSource() && index < select.windows().size()) {
        WindowCall call = select.windows().get(index);
        return ofCall(call.function(), call.arguments());
      }
    }
    return ValueType.ANY;
  }
}
