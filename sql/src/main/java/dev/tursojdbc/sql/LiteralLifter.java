package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.Assignment;
import dev.tursojdbc.sql.ast.BinaryOperator;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.UnaryOperator;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.parse.StatementShape;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.Index;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Statistics;
import dev.tursojdbc.sql.schema.Table;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Puts parameters in the place of literals, where that changes nothing but the plan's reach: where
 * a literal is merely compared or stored.
 *
 * <ul>
 *   <li>An operand of a comparison, a bound of BETWEEN or an element of an IN list, in a condition
 *       that AND and OR join to the WHERE of the statement itself; and only if the statement reads
 *       plain tables without indexes that are partial or on expressions and without generated
 *       columns, since those are matched with what is written.
 *   <li>A whole value of {@code INSERT … VALUES} or of an assignment of UPDATE.
 * </ul>
 *
 * <p>What is compared with a column of whose values there are samples stays, as the planner looks
 * at it. All others stay, too: result columns (which get their names from the text), ordinals,
 * patterns, limits (the planner looks at them), arguments of functions, whatever stands in a
 * subquery.
 */
final class LiteralLifter {
  private final StatementShape shape;
  private final Catalog catalog;
  private final List<LiftedLiterals.Slot> slots = new ArrayList<>();

  /** Names of the columns of whose values there are samples. */
  private final Set<String> sampled = new HashSet<>();

  private LiteralLifter(StatementShape shape, Catalog catalog) {
    this.shape = shape;
    this.catalog = catalog;
  }

  /** A statement with parameters, and which literals they stand for. */
  record Lifted(Statement statement, LiftedLiterals literals) {}

  /**
   * @param statement without parameters of its own
   * @param shape of the statement's text
   * @return null if no literal can be lifted
   */
  static @Nullable Lifted lift(Statement statement, StatementShape shape, Catalog catalog) {
    LiteralLifter lifter = new LiteralLifter(shape, catalog);
    Statement lifted = lifter.rewrite(statement);
    return lifter.slots.isEmpty()
        ? null
        : new Lifted(lifted, new LiftedLiterals(lifter.slots, shape.literalCount()));
  }

  private Statement rewrite(Statement statement) {
    if (statement instanceof SelectStatement select) {
      return select(select);
    }
    if (statement instanceof InsertStatement insert) {
      return insert(insert);
    }
    if (statement instanceof UpdateStatement update) {
      return update(update);
    }
    if (statement instanceof DeleteStatement delete) {
      return delete(delete);
    }
    return statement;
  }

  private Statement select(SelectStatement select) {
    if (select.with() != null
        || select.isCompound()
        || !(select.core() instanceof SelectCore.Select core)
        || core.from() == null
        || !arePlain(core.from())) {
      return select;
    }
    SelectCore.Select changed =
        new SelectCore.Select(
            core.number(),
            core.distinct(),
            core.columns(),
            core.from(),
            where(core.where()),
            core.groupBy(),
            core.having(),
            core.windows());
    return new SelectStatement(
        null, changed, select.compound(), select.orderBy(), select.limit(), select.span());
  }

  private Statement insert(InsertStatement insert) {
    SelectStatement source = insert.source();
    if (insert.with() != null
        || source == null
        || source.isCompound()
        || !(source.core() instanceof SelectCore.Values values)) {
      return insert;
    }
    List<List<Expression>> rows = new ArrayList<>(values.rows().size());
    for (List<Expression> row : values.rows()) {
      rows.add(operands(row));
    }
    SelectStatement changed =
        new SelectStatement(
            source.with(),
            new SelectCore.Values(values.number(), rows),
            source.compound(),
            source.orderBy(),
            source.limit(),
            source.span());
    return new InsertStatement(
        null,
        insert.action(),
        insert.table(),
        insert.alias(),
        insert.columns(),
        changed,
        insert.upserts(),
        insert.returning());
  }

  private Statement update(UpdateStatement update) {
    if (update.with() != null) {
      return update;
    }
    List<Assignment> assignments = new ArrayList<>(update.assignments().size());
    for (Assignment assignment : update.assignments()) {
      assignments.add(
          assignment.isRow()
              ? assignment
              : new Assignment(assignment.columns(), false, operand(assignment.value())));
    }
    boolean plain = isPlain(update.table()) && (update.from() == null || arePlain(update.from()));
    return new UpdateStatement(
        null,
        update.action(),
        update.table(),
        update.alias(),
        update.hint(),
        assignments,
        update.from(),
        plain ? where(update.where()) : update.where(),
        update.returning(),
        update.orderBy(),
        update.limit());
  }

  private Statement delete(DeleteStatement delete) {
    if (delete.with() != null || !isPlain(delete.table())) {
      return delete;
    }
    return new DeleteStatement(
        null,
        delete.table(),
        delete.alias(),
        delete.hint(),
        where(delete.where()),
        delete.returning(),
        delete.orderBy(),
        delete.limit());
  }

  private boolean arePlain(FromClause from) {
    return isPlain(from.first()) && from.joins().stream().allMatch(join -> isPlain(join.table()));
  }

  private boolean isPlain(TableReference reference) {
    return reference instanceof TableReference.Table table && isPlain(table.name());
  }

  private boolean isPlain(QualifiedName name) {
    String database = name.schema() == null ? null : name.schema().text();
    Catalog.Located located = catalog.find(database, name.name().text());
    if (located == null
        || !(located.relation() instanceof Table table)
        || table.hasGeneratedColumns()
        || table.indexes().stream().anyMatch(LiteralLifter::isMatchedByText)) {
      return false;
    }
    noteSampled(table, catalog.schema(located.database()).statistics());
    return true;
  }

  private void noteSampled(Table table, Statistics statistics) {
    for (Index index : table.indexes()) {
      if (statistics.samples(index.name()) != null) {
        for (int i = 0; i < index.keyColumnCount(); i++) {
          int column = index.column(i).column();
          if (column >= 0) {
            sampled.add(Names.key(table.column(column).name()));
          }
        }
      }
    }
  }

  private static boolean isMatchedByText(Index index) {
    return index.isPartial() || index.isOnExpressions();
  }

  private @Nullable Expression where(@Nullable Expression where) {
    return where == null ? null : condition(where);
  }

  private Expression condition(Expression condition) {
    if (condition instanceof Expression.Binary binary) {
      return switch (binary.operator()) {
        case AND, OR -> binary(binary, condition(binary.left()), condition(binary.right()));
        case EQUAL, NOT_EQUAL, LESS, LESS_OR_EQUAL, GREATER, GREATER_OR_EQUAL -> comparison(binary);
        default -> binary;
      };
    }
    if (condition instanceof Expression.Between between && isNoLiteral(between.operand())) {
      Expression low = operand(between.low());
      return new Expression.Between(
          between.operand(), low, operand(between.high()), between.negated(), between.span());
    }
    if (condition instanceof Expression.InList in && isNoLiteral(in.operand())) {
      return new Expression.InList(in.operand(), operands(in.elements()), in.negated(), in.span());
    }
    return condition;
  }

  private Expression comparison(Expression.Binary comparison) {
    if (isNoLiteral(comparison.left())) {
      return binary(comparison, comparison.left(), operand(comparison.right()));
    }
    return isNoLiteral(comparison.right())
        ? binary(comparison, operand(comparison.left()), comparison.right())
        : comparison;
  }

  private static Expression binary(Expression.Binary old, Expression left, Expression right) {
    BinaryOperator operator = old.operator();
    return new Expression.Binary(operator, left, right, old.span());
  }

  /** What a literal is compared with. Between two literals there is nothing to win. */
  private boolean isNoLiteral(Expression expression) {
    return expression instanceof Expression.ColumnReference column && !isSampled(column)
        || expression instanceof Expression.FunctionCall
        || expression instanceof Expression.Binary
        || expression instanceof Expression.Collate
        || expression instanceof Expression.Cast
        || expression instanceof Expression.Subquery;
  }

  private boolean isSampled(Expression.ColumnReference column) {
    return !sampled.isEmpty() && sampled.contains(Names.key(column.column().text()));
  }

  private List<Expression> operands(List<Expression> expressions) {
    List<Expression> changed = new ArrayList<>(expressions.size());
    for (Expression expression : expressions) {
      changed.add(operand(expression));
    }
    return changed;
  }

  /** A parameter, if this is a literal; with a minus before it, that is part of the value. */
  private Expression operand(Expression expression) {
    if (expression instanceof Expression.Unary unary
        && unary.operator() == UnaryOperator.NEGATE
        && !(unary.operand() instanceof Expression.StringLiteral)) {
      return lifted(expression, unary.operand(), true);
    }
    return lifted(expression, expression, false);
  }

  private Expression lifted(Expression whole, Expression literal, boolean negated) {
    if (!(literal instanceof Expression.IntegerLiteral)
        && !(literal instanceof Expression.RealLiteral)
        && !(literal instanceof Expression.StringLiteral)) {
      return whole;
    }
    int index = shape.literalAt(literal.span().start());
    if (index < 0) {
      return whole;
    }
    slots.add(new LiftedLiterals.Slot(index, negated));
    return new Expression.Parameter("?", slots.size(), whole.span());
  }
}
