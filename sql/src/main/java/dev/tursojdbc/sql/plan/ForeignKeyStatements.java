package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Assignment;
import dev.tursojdbc.sql.ast.BinaryOperator;
import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.ForeignKeyClause;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.UnaryOperator;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Column;
import dev.tursojdbc.sql.schema.ParentKey;
import dev.tursojdbc.sql.schema.Table;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The statements that one foreign key needs, as if somebody had written them into a trigger on the
 * parent table:
 *
 * <pre>
 *   SELECT NULL FROM child WHERE old.key = child.column AND …
 *   UPDATE OR ABORT child SET column = new.key, … WHERE old.key = child.column AND …
 *   DELETE FROM child WHERE old.key = child.column AND …
 * </pre>
 *
 * <p>The parent's column stands on the left, so that its collation counts.
 */
final class ForeignKeyStatements {
  /** Names that no table can have. */
  private static final String OLD = "old\0";

  private static final String NEW = "new\0";

  private final Binder binder;
  private final ChangePlanner planner;
  private final Table parent;
  private final Table child;
  private final ParentKey key;
  private final QualifiedName childName;
  private final Source.OfRow oldRow;
  private final Source.OfRow newRow;

  ForeignKeyStatements(
      BindingContext context, Binder binder, BoundTable parent, Table child, ParentKey key) {
    this.binder = binder;
    this.parent = parent.table();
    this.child = child;
    this.key = key;
    this.childName = new QualifiedName(name(parent.databaseName()), name(child.name()));
    this.oldRow = binder.qualifiedRow(this.parent, parent.databaseName(), OLD);
    this.newRow = binder.qualifiedRow(this.parent, parent.databaseName(), NEW);
    this.planner =
        new ChangePlanner(
            context, binder, List.of(oldRow, newRow), ConflictAction.ABORT, true, true);
  }

  /** Source number of the parent row before the change. */
  int oldRow() {
    return oldRow.id();
  }

  /** Source number of the parent row after the change. */
  int newRow() {
    return newRow.id();
  }

  /** The children of the row that goes, perhaps without itself. */
  BoundQuery children(boolean withoutItself) {
    Expression condition = isChildOf(OLD);
    return scan(withoutItself ? and(condition, not(isOldRow())) : condition);
  }

  /** The children of the row that comes. */
  BoundQuery childrenOfNew() {
    return scan(isChildOf(NEW));
  }

  private BoundQuery scan(Expression condition) {
    List<ResultColumn> columns = List.of(RowKeys.of(new Expression.NullLiteral(Span.NONE), "NULL"));
    return binder.query(
        ScanQuery.of(
            null, columns, childName, null, null, null, condition, List.of(), List.of(), null),
        Scope.of(List.of(oldRow, newRow)));
  }

  /** Whether the parent's key is another one after the change. */
  BoundExpression keyChanges() {
    Expression same = null;
    for (int column : key.parentColumns()) {
      same =
          and(
              same,
              binary(BinaryOperator.IS, parentColumn(OLD, column), parentColumn(NEW, column)));
    }
    return binder.expression(not(Objects.requireNonNull(same)), Scope.of(List.of(oldRow, newRow)));
  }

  ChangePlan deleteChildren() {
    return planner.delete(
        new DeleteStatement(
            null, childName, null, null, isChildOf(OLD), List.of(), List.of(), null));
  }

  ChangePlan updateChildren(ForeignKeyClause.Action action) {
    List<Assignment> assignments = new ArrayList<>();
    for (int i = 0; i < key.childColumns().size(); i++) {
      Column column = child.column(key.childColumns().get(i));
      Expression value = value(action, column, key.parentColumns().get(i));
      assignments.add(new Assignment(List.of(name(column.name())), false, value));
    }
    return planner.update(
        new UpdateStatement(
            null,
            ConflictAction.ABORT,
            childName,
            null,
            null,
            assignments,
            null,
            isChildOf(OLD),
            List.of(),
            List.of(),
            null));
  }

  private Expression value(ForeignKeyClause.Action action, Column column, int parentColumn) {
    if (action == ForeignKeyClause.Action.CASCADE) {
      return parentColumn(NEW, parentColumn);
    }
    Expression byDefault = column.defaultValue();
    return action == ForeignKeyClause.Action.SET_DEFAULT && byDefault != null
        ? byDefault
        : new Expression.NullLiteral(Span.NONE);
  }

  private Expression isChildOf(String row) {
    Expression all = null;
    for (int i = 0; i < key.childColumns().size(); i++) {
      String column = child.column(key.childColumns().get(i)).name();
      all =
          and(
              all,
              binary(
                  BinaryOperator.EQUAL,
                  parentColumn(row, key.parentColumns().get(i)),
                  reference(child.name(), column)));
    }
    return Objects.requireNonNull(all);
  }

  /** Whether a row of the table is the one that goes; a table without rowids has its key. */
  private Expression isOldRow() {
    if (child.hasRowid()) {
      return binary(BinaryOperator.EQUAL, rowid(OLD), rowid(child.name()));
    }
    Expression same = null;
    for (int column : key.parentColumns()) {
      Expression existing = reference(child.name(), child.column(column).name());
      same = and(same, binary(BinaryOperator.IS, parentColumn(OLD, column), existing));
    }
    return Objects.requireNonNull(same);
  }

  private Expression rowid(String qualifier) {
    return ((ResultColumn.Of) RowKeys.of(child, qualifier).get(0)).expression();
  }

  private Expression parentColumn(String row, int column) {
    return reference(row, parent.column(column).name());
  }

  private static Expression reference(String qualifier, String column) {
    return new Expression.ColumnReference(null, name(qualifier), name(column), Span.NONE);
  }

  /** In brackets, so that it never turns into a string. */
  private static Name name(String text) {
    return new Name(text, Name.Quote.BRACKET, Span.NONE);
  }

  private static Expression and(@Nullable Expression left, Expression right) {
    return left == null ? right : binary(BinaryOperator.AND, left, right);
  }

  private static Expression binary(BinaryOperator operator, Expression left, Expression right) {
    return new Expression.Binary(operator, left, right, Span.NONE);
  }

  private static Expression not(Expression operand) {
    return new Expression.Unary(UnaryOperator.NOT, operand, Span.NONE);
  }
}
