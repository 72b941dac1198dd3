package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.ForeignKeyClause;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.TableConstraint;
import dev.tursojdbc.sql.ast.UnaryOperator;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Builds CREATE TABLE: columns, their constraints and the table's.
 *
 * <p>{@code CONSTRAINT name} names all that follows it up to the next comma, as in SQLite, where it
 * is a constraint of its own that only sets the name. The comma between the last column and the
 * first constraint of the table does not count.
 */
abstract class SchemaBuilder extends ChangeBuilder {
  private @Nullable Name constraintName;

  /** What CONSTRAINT said last in the last column: it names the table's first constraint, too. */
  private @Nullable Name lastColumnsName;

  private boolean withoutRowid;
  private boolean strict;

  SchemaBuilder(TokenBuffer tokens) {
    super(tokens);
  }

  /** What stands among constraints and is none, such as a name. */
  private static final Object NO_CONSTRAINT = new Object();

  /** {@code [NOT] DEFERRABLE [INITIALLY …]}, which belongs to the foreign key before it. */
  private record Deferral(boolean deferred) {}

  /** ON DELETE or ON UPDATE of a foreign key; one ON INSERT is read and means nothing. */
  private record ForeignKeyEvent(int event, ForeignKeyClause.Action action) {}

  @Override
  public void exitCreateTable(SqliteParser.CreateTableContext context) {
    SelectStatement query = stack.popIf(context.query, SelectStatement.class);
    List<TableConstraint> constraints = new ArrayList<>();
    if (context.constraints != null) {
      for (Object item : stack.pop(Constraints.class).items()) {
        if (item instanceof TableConstraint constraint) {
          constraints.add(constraint);
        }
      }
    }
    List<ColumnDefinition> columns = stack.popList(context.columns.size(), ColumnDefinition.class);
    QualifiedName table = stack.pop(QualifiedName.class);
    String sql = query == null ? "CREATE TABLE " + tableText(context, table) : "";
    stack.push(
        new CreateTableStatement(
            context.temporary != null,
            context.condition != null,
            table,
            columns,
            constraints,
            new CreateTableStatement.Options(withoutRowid, strict),
            query,
            sql));
  }

  /** Up to the parenthesis; but with options, up to the semicolon, blanks and all. */
  private String tableText(SqliteParser.CreateTableContext context, QualifiedName table) {
    int end =
        context.options == null ? context.close.getStopIndex() + 1 : tokens.LT(1).getStartIndex();
    return text.substring(table.name().span().start(), end);
  }

  /** The constraints of a table, as one thing on the stack. */
  private record Constraints(List<Object> items) {}

  @Override
  public void exitTableOption(SqliteParser.TableOptionContext context) {
    stack.pop();
    String word = text(context.getStop());
    if (context.without != null && word.equalsIgnoreCase("rowid")) {
      withoutRowid = true;
    } else if (context.without == null && word.equalsIgnoreCase("strict")) {
      strict = true;
    } else {
      stack.fail("unknown table option: " + word, context.getStop().getStartIndex());
    }
  }

  // ---- columns

  @Override
  public void exitColumnDefinition(SqliteParser.ColumnDefinitionContext context) {
    List<ColumnConstraint> constraints = new ArrayList<>(context.constraints.size());
    for (Object item : stack.popList(context.constraints.size(), Object.class)) {
      if (item instanceof ColumnConstraint constraint) {
        constraints.add(constraint);
      } else if (item instanceof Deferral deferral) {
        defer(constraints, deferral.deferred());
      }
    }
    String type = stack.popIf(context.type, String.class);
    Name name = stack.pop(Name.class);
    String declared = type == null ? null : withoutGeneratedAlways(type);
    stack.push(new ColumnDefinition(name, declared, constraints, span(context)));
    lastColumnsName = constraintName;
    constraintName = null;
  }

  private static void defer(List<ColumnConstraint> constraints, boolean deferred) {
    for (int i = constraints.size() - 1; i >= 0; i--) {
      if (constraints.get(i) instanceof ColumnConstraint.References key) {
        constraints.set(
            i,
            new ColumnConstraint.References(
                key.name(), key.clause().deferred(deferred), key.span()));
        return;
      }
    }
  }

  /**
   * Both words may be part of a type's name, so GENERATED ALWAYS is read as such and taken off
   * here.
   */
  private static @Nullable String withoutGeneratedAlways(String type) {
    String lower = type.toLowerCase(Locale.ROOT);
    if (!lower.endsWith("always")) {
      return type;
    }
    String rest = lower.substring(0, lower.length() - "always".length()).stripTrailing();
    if (!rest.endsWith("generated")) {
      return type;
    }
    String declared = type.substring(0, rest.length() - "generated".length()).stripTrailing();
    return declared.isEmpty() ? null : declared;
  }

  @Override
  public void exitColumnConstraintName(SqliteParser.ColumnConstraintNameContext context) {
    constraintName = stack.pop(Name.class);
    stack.push(NO_CONSTRAINT);
  }

  @Override
  public void exitColumnPrimaryKey(SqliteParser.ColumnPrimaryKeyContext context) {
    ConflictAction conflict = stack.popIf(context.conflict, ConflictAction.class);
    stack.push(
        new ColumnConstraint.PrimaryKey(
            constraintName,
            direction(context.direction),
            conflict,
            context.autoincrement != null,
            span(context)));
  }

  @Override
  public void exitColumnNotNull(SqliteParser.ColumnNotNullContext context) {
    ConflictAction conflict = stack.popIf(context.conflict, ConflictAction.class);
    stack.push(new ColumnConstraint.NotNull(constraintName, conflict, span(context)));
  }

  @Override
  public void exitColumnNull(SqliteParser.ColumnNullContext context) {
    stack.popIf(context.conflict, ConflictAction.class);
    stack.push(new ColumnConstraint.Null(constraintName, span(context)));
  }

  @Override
  public void exitColumnUnique(SqliteParser.ColumnUniqueContext context) {
    ConflictAction conflict = stack.popIf(context.conflict, ConflictAction.class);
    stack.push(new ColumnConstraint.Unique(constraintName, conflict, span(context)));
  }

  @Override
  public void exitColumnCheck(SqliteParser.ColumnCheckContext context) {
    stack.push(
        new ColumnConstraint.Check(
            constraintName,
            stack.pop(Expression.class),
            textBetween(context.open, context.close),
            span(context)));
  }

  @Override
  public void exitColumnDefaultTerm(SqliteParser.ColumnDefaultTermContext context) {
    Expression value = stack.pop(Expression.class);
    int start = context.sign == null ? value.span().start() : context.sign.getStartIndex();
    Span span = new Span(start, value.span().end());
    if (context.sign != null && context.sign.getType() == SqliteLexer.MINUS) {
      value = new Expression.Unary(UnaryOperator.NEGATE, value, span);
    }
    stack.push(
        new ColumnConstraint.Default(
            constraintName, value, text.substring(span.start(), span.end()), span(context)));
  }

  @Override
  public void exitColumnDefaultWord(SqliteParser.ColumnDefaultWordContext context) {
    Name word = name(context.getStop());
    String written = text(context.getStop());
    boolean truth = written.equalsIgnoreCase("true") || written.equalsIgnoreCase("false");
    Expression value =
        truth
            ? new Expression.ColumnReference(null, null, word, word.span())
            : new Expression.StringLiteral(word.text(), word.span());
    stack.push(new ColumnConstraint.Default(constraintName, value, written, span(context)));
  }

  @Override
  public void exitColumnDefaultExpression(SqliteParser.ColumnDefaultExpressionContext context) {
    stack.push(
        new ColumnConstraint.Default(
            constraintName,
            stack.pop(Expression.class),
            textBetween(context.open, context.close),
            span(context)));
  }

  @Override
  public void exitColumnCollate(SqliteParser.ColumnCollateContext context) {
    stack.push(new ColumnConstraint.Collate(constraintName, stack.pop(Name.class), span(context)));
  }

  @Override
  public void exitColumnReferences(SqliteParser.ColumnReferencesContext context) {
    stack.push(
        new ColumnConstraint.References(
            constraintName, stack.pop(ForeignKeyClause.class), span(context)));
  }

  @Override
  public void exitColumnGenerated(SqliteParser.ColumnGeneratedContext context) {
    Name storage = stack.popIf(context.storage, Name.class);
    stack.push(
        new ColumnConstraint.Generated(
            constraintName, stack.pop(Expression.class), storage, span(context)));
  }

  // ---- foreign keys

  @Override
  public void exitForeignKeyClause(SqliteParser.ForeignKeyClauseContext context) {
    ForeignKeyClause.Action onDelete = ForeignKeyClause.Action.NO_ACTION;
    ForeignKeyClause.Action onUpdate = ForeignKeyClause.Action.NO_ACTION;
    Name match = null;
    for (Object argument : stack.popList(context.arguments.size(), Object.class)) {
      if (argument instanceof Name name) {
        match = name;
      } else if (argument instanceof ForeignKeyEvent event) {
        if (event.event() == SqliteLexer.DELETE) {
          onDelete = event.action();
        } else if (event.event() == SqliteLexer.UPDATE) {
          onUpdate = event.action();
        }
      }
    }
    List<Name> columns = popNames(context.columns);
    Name table = stack.pop(Name.class);
    stack.push(new ForeignKeyClause(table, columns, onDelete, onUpdate, match, false));
  }

  @Override
  public void exitForeignKeyEvent(SqliteParser.ForeignKeyEventContext context) {
    stack.push(
        new ForeignKeyEvent(context.event.getType(), stack.pop(ForeignKeyClause.Action.class)));
  }

  @Override
  public void exitSetNullAction(SqliteParser.SetNullActionContext context) {
    stack.push(ForeignKeyClause.Action.SET_NULL);
  }

  @Override
  public void exitSetDefaultAction(SqliteParser.SetDefaultActionContext context) {
    stack.push(ForeignKeyClause.Action.SET_DEFAULT);
  }

  @Override
  public void exitCascadeAction(SqliteParser.CascadeActionContext context) {
    stack.push(ForeignKeyClause.Action.CASCADE);
  }

  @Override
  public void exitRestrictAction(SqliteParser.RestrictActionContext context) {
    stack.push(ForeignKeyClause.Action.RESTRICT);
  }

  @Override
  public void exitNoAction(SqliteParser.NoActionContext context) {
    stack.push(ForeignKeyClause.Action.NO_ACTION);
  }

  @Override
  public void exitDeferral(SqliteParser.DeferralContext context) {
    stack.push(
        new Deferral(
            context.not == null
                && context.initially != null
                && context.initially.getType() == SqliteLexer.DEFERRED));
  }

  // ---- constraints of the table

  @Override
  public void exitTableConstraints(SqliteParser.TableConstraintsContext context) {
    stack.push(new Constraints(stack.popList(context.items.size(), Object.class)));
    constraintName = null;
    lastColumnsName = null;
  }

  @Override
  public void exitTableConstraintComma(SqliteParser.TableConstraintCommaContext context) {
    constraintName = null;
    lastColumnsName = null;
  }

  @Override
  public void exitTableConstraintName(SqliteParser.TableConstraintNameContext context) {
    constraintName = stack.pop(Name.class);
    stack.push(NO_CONSTRAINT);
  }

  private @Nullable Name tableConstraintName() {
    return constraintName == null ? lastColumnsName : constraintName;
  }

  @Override
  public void exitTablePrimaryKey(SqliteParser.TablePrimaryKeyContext context) {
    ConflictAction conflict = stack.popIf(context.conflict, ConflictAction.class);
    List<OrderingTerm> columns = stack.pop(OrderingTerms.class).terms();
    stack.push(
        new TableConstraint.PrimaryKey(
            tableConstraintName(),
            columns,
            context.autoincrement != null,
            conflict,
            span(context)));
  }

  @Override
  public void exitTableUnique(SqliteParser.TableUniqueContext context) {
    ConflictAction conflict = stack.popIf(context.conflict, ConflictAction.class);
    List<OrderingTerm> columns = stack.pop(OrderingTerms.class).terms();
    stack.push(new TableConstraint.Unique(tableConstraintName(), columns, conflict, span(context)));
  }

  @Override
  public void exitTableCheck(SqliteParser.TableCheckContext context) {
    stack.popIf(context.conflict, ConflictAction.class);
    stack.push(
        new TableConstraint.Check(
            tableConstraintName(),
            stack.pop(Expression.class),
            textBetween(context.open, context.close),
            span(context)));
  }

  @Override
  public void exitTableForeignKey(SqliteParser.TableForeignKeyContext context) {
    boolean deferred = context.defer != null && stack.pop(Deferral.class).deferred();
    ForeignKeyClause clause = stack.pop(ForeignKeyClause.class);
    List<Name> columns = stack.pop(NameList.class).names();
    stack.push(
        new TableConstraint.ForeignKey(
            tableConstraintName(), columns, clause.deferred(deferred), span(context)));
  }
}
