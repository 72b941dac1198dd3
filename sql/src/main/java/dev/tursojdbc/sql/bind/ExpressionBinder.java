package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.value.Affinity;
import dev.tursojdbc.storage.error.TursoException;
import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.StorageClass;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Binds expressions in one scope: one method for each kind of written expression.
 *
 * <p>A row value, be it written or a query of several columns, comes out as {@link BoundValue.Row};
 * {@link #value} refuses it where one value is needed.
 */
final class ExpressionBinder implements Expression.Visitor<BoundExpression> {
  private final Binder binder;
  private final Scope scope;

  ExpressionBinder(Binder binder, Scope scope) {
    this.binder = binder;
    this.scope = scope;
  }

  Binder binder() {
    return binder;
  }

  Scope scope() {
    return scope;
  }

  /** Binds what may be a row value. */
  BoundExpression any(Expression expression) {
    return binder.bind(expression, this);
  }

  /** Binds what must be one value. */
  BoundExpression value(Expression expression) {
    BoundExpression bound = binder.bind(expression, this);
    return bound instanceof BoundValue.Row row ? binder.refusedWhenRun(notOneValue(row)) : bound;
  }

  private TursoException at(Expression expression, String message) {
    return binder.at(expression, BindErrors.error(message));
  }

  @Nullable BoundExpression optional(@Nullable Expression expression) {
    return expression == null ? null : value(expression);
  }

  List<BoundExpression> values(List<Expression> expressions) {
    List<BoundExpression> bound = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      bound.add(value(expression));
    }
    return bound;
  }

  static TursoException notOneValue(BoundValue.Row row) {
    if (row.elements().get(0) instanceof BoundValue.SubqueryColumn column
        && column.query().columns().size() == row.elements().size()) {
      return BindErrors.subqueryColumns(row.elements().size(), 1);
    }
    return BindErrors.rowValueMisused();
  }

  @Override
  public BoundExpression visit(Expression.NullLiteral literal) {
    return Constant.NULL;
  }

  @Override
  public BoundExpression visit(Expression.IntegerLiteral literal) {
    if (literal.isLong()) {
      return Constant.ofInteger(literal.value());
    }
    if (literal.isHexadecimal() && binder.onlyNames()) {
      return Constant.NULL;
    }
    if (literal.isHexadecimal()) {
      throw at(literal, "hex literal too big: " + literal.text());
    }
    return Constant.ofReal(Double.parseDouble(literal.text()));
  }

  @Override
  public BoundExpression visit(Expression.RealLiteral literal) {
    return Constant.ofReal(Double.parseDouble(literal.text()));
  }

  @Override
  public BoundExpression visit(Expression.StringLiteral literal) {
    return Constant.ofText(literal.value());
  }

  @Override
  public BoundExpression visit(Expression.BlobLiteral literal) {
    return Constant.ofBlob(literal.bytes());
  }

  @Override
  public BoundExpression visit(Expression.CurrentTime literal) {
    return new FunctionBinder(this).call(literal.kind().name().toLowerCase(Locale.ROOT), List.of());
  }

  @Override
  public BoundExpression visit(Expression.Parameter parameter) {
    if (scope.restriction != null) {
      throw at(parameter, "parameters prohibited in " + scope.restriction.place());
    }
    // SQLite reads a parameter in the text of a trigger, or of a DEFAULT, as NULL.
    return scope.inTrigger || scope.isDefault()
        ? Constant.NULL
        : new BoundExpression.Parameter(parameter.number() - 1);
  }

  @Override
  public BoundExpression visit(Expression.ColumnReference reference) {
    BoundExpression found = binder.names().resolve(reference, scope);
    if (reference.table() != null
        && scope.restriction != null
        && !scope.restriction.allowsQualifiedNames()) {
      throw at(reference, "the \".\" operator prohibited in " + scope.restriction.place());
    }
    return found;
  }

  @Override
  public BoundExpression visit(Expression.Unary unary) {
    if (unary.operand() instanceof Expression.IntegerLiteral literal
        && unary.operator() == dev.tursojdbc.sql.ast.UnaryOperator.NEGATE
        && literal.isMinimumMagnitude()) {
      return Constant.ofInteger(Long.MIN_VALUE);
    }
    if (unary.operand() instanceof Expression.IntegerLiteral literal
        && unary.operator() == dev.tursojdbc.sql.ast.UnaryOperator.NEGATE
        && literal.isHexadecimal()
        && literal.isLong()
        && literal.value() == Long.MIN_VALUE) {
      throw at(literal, "hex literal too big: -" + literal.text());
    }
    if (unary.operand() instanceof Expression.IntegerLiteral literal
        && unary.operator() == dev.tursojdbc.sql.ast.UnaryOperator.NEGATE
        && literal.isHexadecimal()
        && (!literal.isLong() || literal.value() == Long.MIN_VALUE)) {
      throw at(literal, "hex literal too big: -" + literal.text());
    }
    BoundExpression operand = value(unary.operand());
    return switch (unary.operator()) {
      case NOT -> new BoundCondition.Not(operand);
      case BIT_NOT -> new BoundValue.Unary(UnaryOperator.BIT_NOT, operand);
      case NEGATE -> negated(operand);
      case PLUS -> new BoundValue.Unary(UnaryOperator.PLUS, operand);
    };
  }

  private static BoundExpression negated(BoundExpression operand) {
    if (operand instanceof Constant constant) {
      if (constant.isInteger() && constant.integer() != Long.MIN_VALUE) {
        return Constant.ofInteger(-constant.integer());
      }
      if (constant.type() == StorageClass.REAL) {
        return Constant.ofReal(-constant.real());
      }
    }
    return new BoundValue.Unary(UnaryOperator.NEGATE, operand);
  }

  @Override
  public BoundExpression visit(Expression.Binary binary) {
    return switch (binary.operator()) {
      case OR -> new BoundCondition.Or(value(binary.left()), value(binary.right()));
      case AND -> conjunction(binary);
      case EQUAL -> comparison(ComparisonOperator.EQUAL, binary);
      case NOT_EQUAL -> comparison(ComparisonOperator.NOT_EQUAL, binary);
      case IS -> is(binary, false);
      case IS_NOT -> is(binary, true);
      case LESS -> comparison(ComparisonOperator.LESS, binary);
      case LESS_OR_EQUAL -> comparison(ComparisonOperator.LESS_OR_EQUAL, binary);
      case GREATER -> comparison(ComparisonOperator.GREATER, binary);
      case GREATER_OR_EQUAL -> comparison(ComparisonOperator.GREATER_OR_EQUAL, binary);
      case BIT_AND -> arithmetic(ArithmeticOperator.BIT_AND, binary);
      case BIT_OR -> arithmetic(ArithmeticOperator.BIT_OR, binary);
      case SHIFT_LEFT -> arithmetic(ArithmeticOperator.SHIFT_LEFT, binary);
      case SHIFT_RIGHT -> arithmetic(ArithmeticOperator.SHIFT_RIGHT, binary);
      case ADD -> arithmetic(ArithmeticOperator.ADD, binary);
      case SUBTRACT -> arithmetic(ArithmeticOperator.SUBTRACT, binary);
      case MULTIPLY -> arithmetic(ArithmeticOperator.MULTIPLY, binary);
      case DIVIDE -> arithmetic(ArithmeticOperator.DIVIDE, binary);
      case REMAINDER -> arithmetic(ArithmeticOperator.REMAINDER, binary);
      case CONCATENATE -> arithmetic(ArithmeticOperator.CONCATENATE, binary);
      case EXTRACT_JSON, EXTRACT_VALUE ->
          new FunctionBinder(this)
              .call(
                  binary.operator().symbol(), List.of(value(binary.left()), value(binary.right())));
    };
  }

  /** A conjunction with 0 is 0: what else is in it is forgotten, even what means nothing. */
  private BoundExpression conjunction(Expression.Binary binary) {
    if (binder.listener == null && FalseConjunction.is(binary)) {
      return Constant.ZERO;
    }
    return new BoundCondition.And(value(binary.left()), value(binary.right()));
  }

  private BoundExpression arithmetic(ArithmeticOperator operator, Expression.Binary binary) {
    return new BoundValue.Arithmetic(operator, value(binary.left()), value(binary.right()));
  }

  private BoundExpression comparison(ComparisonOperator operator, Expression.Binary binary) {
    requireSameSize(binary.left(), binary.right());
    return Comparisons.of(operator, any(binary.left()), any(binary.right()));
  }

  /** Row values of different sizes are refused before anybody looks at what they consist of. */
  private static void requireSameSize(Expression left, Expression right) {
    int size = size(left);
    int other = size(right);
    if (size > 0 && other > 0 && size != other) {
      throw BindErrors.rowValueMisused();
    }
  }

  /** How many values an expression has; 0 if only its meaning tells. */
  private static int size(Expression expression) {
    if (expression instanceof Expression.RowValue row) {
      return row.elements().size();
    }
    if (!(expression instanceof Expression.Subquery subquery)) {
      return 1;
    }
    if (subquery.query().core() instanceof SelectCore.Values values) {
      return values.rows().get(0).size();
    }
    SelectCore.Select select = (SelectCore.Select) subquery.query().core();
    boolean plain =
        select.columns().stream().allMatch(dev.tursojdbc.sql.ast.ResultColumn.Of.class::isInstance);
    return plain ? select.columns().size() : 0;
  }

  /**
   * IS TRUE and IS FALSE are tests of their own, whatever COLLATE stands behind, unless a column
   * has such a name.
   */
  private BoundExpression is(Expression.Binary binary, boolean negated) {
    if (!withoutCollation(binary.right()).isTruthLiteral()) {
      requireSameSize(binary.left(), binary.right());
    }
    // Whether a name on the right is TRUE or FALSE is looked at first.
    BoundExpression word =
        withoutCollation(binary.right()) instanceof Expression.ColumnReference name
            ? any(name)
            : null;
    BoundExpression left = any(binary.left());
    BoundExpression right = any(binary.right());
    if (word instanceof Constant truth) {
      if (left instanceof BoundValue.Row row) {
        throw notOneValue(row);
      }
      if (truth.isInteger()) {
        return new BoundCondition.IsTruth(left, truth.integer() != 0, negated);
      }
    }
    ComparisonOperator operator = negated ? ComparisonOperator.IS_NOT : ComparisonOperator.IS;
    return Comparisons.of(operator, left, right);
  }

  private static Expression withoutCollation(Expression expression) {
    return expression instanceof Expression.Collate collate
        ? withoutCollation(collate.operand())
        : expression;
  }

  @Override
  public BoundExpression visit(Expression.IsNull isNull) {
    return new BoundCondition.IsNull(value(isNull.operand()), isNull.negated());
  }

  @Override
  public BoundExpression visit(Expression.Between between) {
    requireSameSize(between.operand(), between.low());
    requireSameSize(between.operand(), between.high());
    BoundExpression bound =
        Comparisons.between(any(between.operand()), any(between.low()), any(between.high()));
    return negatedIf(between.negated(), bound);
  }

  private static BoundExpression negatedIf(boolean negated, BoundExpression expression) {
    return negated ? new BoundCondition.Not(expression) : expression;
  }

  @Override
  public BoundExpression visit(Expression.Like like) {
    FunctionBinder functions = new FunctionBinder(this);
    TursoException unknown = functions.unknown(like.operator(), like.escape() == null ? 2 : 3);
    if (unknown != null && !binder.onlyNames()) {
      return functions.misused(unknown, List.of(like.pattern()));
    }
    List<BoundExpression> arguments = new ArrayList<>(3);
    arguments.add(value(like.pattern()));
    arguments.add(value(like.operand()));
    if (like.escape() != null) {
      arguments.add(value(like.escape()));
    }
    return negatedIf(like.negated(), functions.call(like.operator().functionName(), arguments));
  }

  @Override
  public BoundExpression visit(Expression.InList in) {
    if (in.elements().isEmpty()) {
      // SQLite has forgotten any other operand by then, be it one that means nothing.
      if (in.operand().hasCall()) {
        any(in.operand());
      }
      // Nothing is in an empty list, not even NULL.
      return in.negated() ? Constant.ONE : Constant.ZERO;
    }
    if (in.operand() instanceof Expression.RowValue) {
      // SQLite makes a query of the list.
      refuseSubquery();
    }
    BoundExpression operand = any(in.operand());
    if (operand instanceof BoundValue.Row row) {
      return negatedIf(in.negated(), rowInList(row, in));
    }
    Collation collation = operand.collation();
    Affinity conversion = operand.affinity();
    return negatedIf(
        in.negated(),
        new BoundCondition.InList(
            operand,
            values(in.elements()),
            conversion == Affinity.NONE ? Affinity.BLOB : conversion,
            collation == null ? Collation.BINARY : UnknownCollation.required(collation)));
  }

  /** A list of row values is a VALUES query. A query's row is compared with no such list. */
  private BoundExpression rowInList(BoundValue.Row row, Expression.InList in) {
    if (binder.onlyNames()) {
      in.elements().forEach(this::any);
      return Constant.NULL;
    }
    int size = row.elements().size();
    if (!(in.operand() instanceof Expression.RowValue)) {
      throw in.elements().size() == 1 && in.elements().get(0) instanceof Expression.RowValue
          ? BindErrors.rowValueMisused()
          : notOneValue(row);
    }
    List<List<BoundExpression>> rows = new ArrayList<>();
    for (Expression element : in.elements()) {
      BoundExpression bound = any(element);
      if (!(bound instanceof BoundValue.Row elements) || elements.elements().size() != size) {
        throw BindErrors.rowValueMisused();
      }
      rows.add(elements.elements());
    }
    List<ResultColumn> columns = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      columns.add(new ResultColumn("column" + (i + 1), null, rows.get(0).get(i), null, null));
    }
    return Comparisons.inQuery(
        row.elements(), new BoundQuery.Values(0, false, rows, columns, List.of(), null, null));
  }

  @Override
  public BoundExpression visit(Expression.InQuery in) {
    BoundQuery query = subquery(in.query());
    return negatedIf(in.negated(), inQuery(any(in.operand()), query));
  }

  @Override
  public BoundExpression visit(Expression.InTable in) {
    BoundExpression operand = any(in.operand());
    refuseSubquery();
    return negatedIf(in.negated(), inQuery(operand, binder.wholeTable(in.table(), scope)));
  }

  private BoundExpression inQuery(BoundExpression operand, BoundQuery query) {
    List<BoundExpression> operands =
        operand instanceof BoundValue.Row row ? row.elements() : List.of(operand);
    if (query.columns().size() != operands.size()) {
      return binder.refusedWhenRun(
          BindErrors.subqueryColumns(query.columns().size(), operands.size()));
    }
    return Comparisons.inQuery(operands, query);
  }

  @Override
  public BoundExpression visit(Expression.Exists exists) {
    refuseSubquery();
    return new BoundCondition.Exists(binder.existence(exists.query(), scope).forExistence());
  }

  @Override
  public BoundExpression visit(Expression.Subquery subquery) {
    BoundQuery query = subquery(subquery.query());
    if (query instanceof BoundQuery.Compound compound) {
      query = compound.firstRow();
    }
    int count = query.columns().size();
    if (count == 1) {
      return new BoundValue.SubqueryColumn(query, 0);
    }
    List<BoundExpression> elements = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      elements.add(new BoundValue.SubqueryColumn(query, i));
    }
    return new BoundValue.Row(elements);
  }

  private BoundQuery subquery(SelectStatement query) {
    refuseSubquery();
    return binder.query(query, scope);
  }

  private void refuseSubquery() {
    if (scope.restriction != null) {
      throw BindErrors.error("subqueries prohibited in " + scope.restriction.place());
    }
  }

  @Override
  public BoundExpression visit(Expression.RowValue rowValue) {
    return new BoundValue.Row(values(rowValue.elements()));
  }

  @Override
  public BoundExpression visit(Expression.Collate collate) {
    Collation known = binder.context().collations().find(collate.collation().text());
    boolean late =
        binder.onlyNames()
            || scope.restriction == Restriction.CHECK
            || scope.restriction == Restriction.GENERATED_COLUMN;
    return new BoundValue.Collate(
        value(collate.operand()),
        known == null ? new UnknownCollation(collate.collation().text(), late) : known);
  }

  @Override
  public BoundExpression visit(Expression.Cast cast) {
    return new BoundValue.Cast(value(cast.operand()), Affinity.ofType(cast.type()));
  }

  @Override
  public BoundExpression visit(Expression.Case caseExpression) {
    BoundExpression base = caseExpression.base() == null ? null : any(caseExpression.base());
    if (base instanceof BoundValue.Row row) {
      return caseOfRow(row, caseExpression);
    }
    List<BoundCall.Branch> branches = new ArrayList<>();
    for (Expression.When when : caseExpression.branches()) {
      BoundExpression condition = value(when.condition());
      BoundExpression result = value(when.result());
      branches.add(
          base == null
              ? new BoundCall.Branch(condition, result, Affinity.NONE, Collation.BINARY)
              : new BoundCall.Branch(
                  condition,
                  result,
                  Affinity.ofComparison(base.affinity(), condition.affinity()),
                  Comparisons.collation(base, condition)));
    }
    return new BoundCall.Case(base, branches, optional(caseExpression.otherwise()));
  }

  private BoundExpression caseOfRow(BoundValue.Row base, Expression.Case caseExpression) {
    List<BoundCall.Branch> branches = new ArrayList<>();
    for (Expression.When when : caseExpression.branches()) {
      BoundExpression equal = Comparisons.of(ComparisonOperator.EQUAL, base, any(when.condition()));
      branches.add(
          new BoundCall.Branch(equal, value(when.result()), Affinity.NONE, Collation.BINARY));
    }
    return new BoundCall.Case(null, branches, optional(caseExpression.otherwise()));
  }

  @Override
  public BoundExpression visit(Expression.FunctionCall call) {
    return new FunctionBinder(this).bind(call);
  }

  @Override
  public BoundExpression visit(Expression.Raise raise) {
    BoundExpression message = optional(raise.message());
    if (!scope.inTrigger && !binder.onlyNames()) {
      return binder.refusedWhenRun(
          BindErrors.error("RAISE() may only be used within a trigger-program"));
    }
    return new BoundCall.Raise(raise.action().name(), message);
  }
}
