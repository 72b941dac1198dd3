package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Assignment;
import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.IndexHint;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.Limit;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.ast.Upsert;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import java.util.List;
import org.antlr.v4.runtime.Token;
import org.jspecify.annotations.Nullable;

/** Builds INSERT, UPDATE and DELETE, at the top and in triggers. */
abstract class ChangeBuilder extends QueryBuilder {
  ChangeBuilder(TokenBuffer tokens) {
    super(tokens);
  }

  /** The table to change. */
  private record Target(QualifiedName table, @Nullable Name alias) {}

  /** The assignments of a SET, as one thing on the stack. */
  private record Assignments(List<Assignment> items) {}

  @Override
  public void exitPrefixed(SqliteParser.PrefixedContext context) {
    if (context.with == null) {
      return;
    }
    Statement body = stack.pop(Statement.class);
    With with = stack.pop(With.class);
    stack.push(
        body instanceof SelectStatement select
            ? withClause(select, with, span(context))
            : body instanceof InsertStatement insert
                ? insert.withClause(with)
                : body instanceof UpdateStatement update
                    ? update.withClause(with)
                    : ((DeleteStatement) body).withClause(with));
  }

  @Override
  public void exitAliasedName(SqliteParser.AliasedNameContext context) {
    Name alias = stack.popIf(context.alias, Name.class);
    QualifiedName table = stack.pop(QualifiedName.class);
    stack.push(new Target(table, alias));
  }

  @Override
  public void exitConflictAction(SqliteParser.ConflictActionContext context) {
    stack.push(ConflictAction.valueOf(upperText(context.getStart())));
  }

  private @Nullable ConflictAction popAction(@Nullable Object part) {
    return stack.popIf(part, ConflictAction.class);
  }

  private List<ResultColumn> popReturning(@Nullable Object part) {
    return part == null ? List.of() : stack.pop(ResultColumns.class).columns();
  }

  // ---- INSERT

  @Override
  public void exitInsert(SqliteParser.InsertContext context) {
    insert(
        context.action,
        context.replace,
        context.columns,
        context.query,
        context.upserts.size(),
        context.returned);
  }

  @Override
  public void exitTriggerInsert(SqliteParser.TriggerInsertContext context) {
    insert(
        context.action,
        context.replace,
        context.columns,
        context.query,
        context.upserts.size(),
        context.returned);
  }

  private void insert(
      @Nullable Object action,
      @Nullable Token replace,
      @Nullable Object columns,
      @Nullable Object query,
      int upserts,
      @Nullable Object returned) {
    List<ResultColumn> returning = popReturning(returned);
    List<Upsert> upsertList = stack.popList(upserts, Upsert.class);
    SelectStatement source = stack.popIf(query, SelectStatement.class);
    List<Name> names = popNames(columns);
    Target target = stack.pop(Target.class);
    ConflictAction conflict = replace != null ? ConflictAction.REPLACE : popAction(action);
    stack.push(
        new InsertStatement(
            null, conflict, target.table(), target.alias(), names, source, upsertList, returning));
  }

  @Override
  public void exitUpsert(SqliteParser.UpsertContext context) {
    if (onBehindSources) {
      throw SqlSyntaxException.at(context.action, text);
    }
    // A clause without a target is about all conflicts: none can follow it.
    if (context.target == null && tokens.LA(1) == SqliteLexer.ON) {
      throw SqlSyntaxException.at(tokens.LT(1), text);
    }
    Expression where = stack.popIf(context.where, Expression.class);
    List<Assignment> set = context.set == null ? List.of() : stack.pop(Assignments.class).items();
    Expression targetWhere = stack.popIf(context.targetWhere, Expression.class);
    List<OrderingTerm> target = popTerms(context.target);
    stack.push(new Upsert(target, targetWhere, set, where));
  }

  // ---- UPDATE

  @Override
  public void exitUpdate(SqliteParser.UpdateContext context) {
    Limit limit = stack.popIf(context.limit, Limit.class);
    List<OrderingTerm> order = popTerms(context.order);
    List<ResultColumn> returning = popReturning(context.returned);
    update(context.action, context.hint, context.from, context.where, returning, order, limit);
  }

  @Override
  public void exitTriggerUpdate(SqliteParser.TriggerUpdateContext context) {
    update(context.action, context.hint, context.from, context.where, List.of(), List.of(), null);
  }

  private void update(
      @Nullable Object action,
      @Nullable Object hint,
      @Nullable Object from,
      @Nullable Object where,
      List<ResultColumn> returning,
      List<OrderingTerm> order,
      @Nullable Limit limit) {
    Expression condition = stack.popIf(where, Expression.class);
    FromClause sources = stack.popIf(from, FromClause.class);
    List<Assignment> set = stack.pop(Assignments.class).items();
    IndexHint indexHint = stack.popIf(hint, IndexHint.class);
    Target target = stack.pop(Target.class);
    stack.push(
        new UpdateStatement(
            null,
            popAction(action),
            target.table(),
            target.alias(),
            indexHint,
            set,
            sources,
            condition,
            returning,
            order,
            limit));
  }

  @Override
  public void exitAssignments(SqliteParser.AssignmentsContext context) {
    stack.push(new Assignments(stack.popList(context.items.size(), Assignment.class)));
  }

  @Override
  public void exitAssignment(SqliteParser.AssignmentContext context) {
    Expression value = stack.pop(Expression.class);
    boolean row = context.row != null;
    List<Name> columns = row ? popNames(context.row) : List.of(stack.pop(Name.class));
    stack.push(new Assignment(columns, row, value));
  }

  // ---- DELETE

  @Override
  public void exitDelete(SqliteParser.DeleteContext context) {
    Limit limit = stack.popIf(context.limit, Limit.class);
    List<OrderingTerm> order = popTerms(context.order);
    List<ResultColumn> returning = popReturning(context.returned);
    Expression where = stack.popIf(context.where, Expression.class);
    IndexHint hint = stack.popIf(context.hint, IndexHint.class);
    Target target = stack.pop(Target.class);
    stack.push(
        new DeleteStatement(
            null, target.table(), target.alias(), hint, where, returning, order, limit));
  }

  @Override
  public void exitTriggerDelete(SqliteParser.TriggerDeleteContext context) {
    Expression where = stack.popIf(context.where, Expression.class);
    stack.popIf(context.hint, IndexHint.class);
    Target target = stack.pop(Target.class);
    stack.push(
        new DeleteStatement(
            null, target.table(), target.alias(), null, where, List.of(), List.of(), null));
  }
}
