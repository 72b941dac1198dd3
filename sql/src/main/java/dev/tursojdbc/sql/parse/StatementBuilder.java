package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.AlterTableStatement;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.CreateVirtualTableStatement;
import dev.tursojdbc.sql.ast.DatabaseStatement;
import dev.tursojdbc.sql.ast.DropStatement;
import dev.tursojdbc.sql.ast.ExplainStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.PragmaStatement;
import dev.tursojdbc.sql.ast.QualifiedName;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TableConstraint;
import dev.tursojdbc.sql.ast.TransactionStatement;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds all that is left: the other schema statements, transactions, databases, pragmas. */
final class StatementBuilder extends SchemaBuilder {
  StatementBuilder(TokenBuffer tokens) {
    super(tokens);
  }

  /** What the parse has made, or null if the text was empty. */
  @Nullable Object result() {
    return stack.isEmpty() ? null : stack.pop();
  }

  /**
   * @param resolved whether its queries are resolved within what they stand in
   */
  StatementSize size(boolean resolved) {
    return new StatementSize(
        stack.greatestHeight(resolved), longestCompound, mostArguments, longestCall);
  }

  @Override
  public void exitExplainable(SqliteParser.ExplainableContext context) {
    if (context.explain != null) {
      stack.push(new ExplainStatement(context.plan != null, stack.pop(Statement.class)));
    }
  }

  // ---- indexes, views, triggers, virtual tables

  @Override
  public void exitCreateIndex(SqliteParser.CreateIndexContext context) {
    Expression where = stack.popIf(context.where, Expression.class);
    List<OrderingTerm> terms = stack.pop(OrderingTerms.class).terms();
    Name table = stack.pop(Name.class);
    QualifiedName index = stack.pop(QualifiedName.class);
    boolean unique = context.unique != null;
    String sql =
        (unique ? "CREATE UNIQUE INDEX " : "CREATE INDEX ")
            + text.substring(index.name().span().start(), tokens.LT(1).getStartIndex());
    stack.push(
        new CreateIndexStatement(
            unique, context.condition != null, index, table, terms, where, sql));
  }

  @Override
  public void exitCreateView(SqliteParser.CreateViewContext context) {
    SelectStatement query = stack.pop(SelectStatement.class);
    List<Name> columns = popNames(context.columns);
    QualifiedName view = stack.pop(QualifiedName.class);
    stack.push(
        new CreateViewStatement(
            context.temporary != null,
            context.condition != null,
            view,
            columns,
            query,
            "CREATE VIEW " + textBeforeNext(view.name().span().start())));
  }

  @Override
  public void exitCreateTrigger(SqliteParser.CreateTriggerContext context) {
    List<Statement> body = stack.popList(context.body.size(), Statement.class);
    Expression when = stack.popIf(context.when, Expression.class);
    QualifiedName table = stack.pop(QualifiedName.class);
    List<Name> columns = popNames(context.columns);
    QualifiedName trigger = stack.pop(QualifiedName.class);
    CreateTriggerStatement.Time time =
        context.time == null || context.time.getType() == SqliteLexer.BEFORE
            ? CreateTriggerStatement.Time.BEFORE
            : context.time.getType() == SqliteLexer.AFTER
                ? CreateTriggerStatement.Time.AFTER
                : CreateTriggerStatement.Time.INSTEAD_OF;
    stack.push(
        new CreateTriggerStatement(
            context.temporary != null,
            context.condition != null,
            trigger,
            time,
            CreateTriggerStatement.Event.valueOf(upperText(context.event)),
            columns,
            table,
            when,
            body,
            "CREATE TRIGGER " + text.substring(trigger.name().span().start(), end(context))));
  }

  @Override
  public void exitCreateVirtualTable(SqliteParser.CreateVirtualTableContext context) {
    List<String> arguments = stack.popList(context.arguments.size(), String.class);
    Name module = stack.pop(Name.class);
    QualifiedName table = stack.pop(QualifiedName.class);
    stack.push(
        new CreateVirtualTableStatement(
            context.condition != null,
            table,
            module,
            arguments,
            "CREATE VIRTUAL TABLE " + text.substring(table.name().span().start(), end(context))));
  }

  @Override
  public void exitModuleArgument(SqliteParser.ModuleArgumentContext context) {
    boolean empty = context.getStop().getStopIndex() < context.getStart().getStartIndex();
    stack.push(empty ? "" : text(context));
  }

  // ---- ALTER TABLE and DROP

  @Override
  public void exitAlterTable(SqliteParser.AlterTableContext context) {
    AlterTableStatement.Change change = stack.pop(AlterTableStatement.Change.class);
    stack.push(new AlterTableStatement(stack.pop(QualifiedName.class), change));
  }

  @Override
  public void exitRenameTable(SqliteParser.RenameTableContext context) {
    stack.push(new AlterTableStatement.RenameTable(stack.pop(Name.class)));
  }

  @Override
  public void exitRenameColumn(SqliteParser.RenameColumnContext context) {
    Name newName = stack.pop(Name.class);
    stack.push(new AlterTableStatement.RenameColumn(stack.pop(Name.class), newName));
  }

  @Override
  public void exitAddColumn(SqliteParser.AddColumnContext context) {
    ColumnDefinition column = stack.pop(ColumnDefinition.class);
    stack.push(new AlterTableStatement.AddColumn(column, textBeforeNext(column.span().start())));
  }

  @Override
  public void exitAddCheck(SqliteParser.AddCheckContext context) {
    stack.popIf(context.conflict, ConflictAction.class);
    Expression condition = stack.pop(Expression.class);
    Name name = stack.popIf(context.constraint, Name.class);
    int start =
        (context.constraintWord == null ? context.check : context.constraintWord).getStartIndex();
    TableConstraint.Check check =
        new TableConstraint.Check(
            name, condition, textBetween(context.open, context.close), span(context));
    stack.push(new AlterTableStatement.AddCheck(check, textBeforeNext(start)));
  }

  @Override
  public void exitDropColumn(SqliteParser.DropColumnContext context) {
    stack.push(new AlterTableStatement.DropColumn(stack.pop(Name.class)));
  }

  @Override
  public void exitDropConstraint(SqliteParser.DropConstraintContext context) {
    stack.push(new AlterTableStatement.DropConstraint(stack.pop(Name.class)));
  }

  @Override
  public void exitSetNotNull(SqliteParser.SetNotNullContext context) {
    ConflictAction conflict = stack.popIf(context.conflict, ConflictAction.class);
    stack.push(
        new AlterTableStatement.SetNotNull(
            stack.pop(Name.class), conflict, textBeforeNext(context.not.getStartIndex())));
  }

  @Override
  public void exitDropNotNull(SqliteParser.DropNotNullContext context) {
    stack.push(new AlterTableStatement.DropNotNull(stack.pop(Name.class)));
  }

  @Override
  public void exitDrop(SqliteParser.DropContext context) {
    stack.push(
        new DropStatement(
            DropStatement.Kind.valueOf(upperText(context.kind)),
            context.condition != null,
            stack.pop(QualifiedName.class)));
  }

  // ---- transactions

  @Override
  public void exitBegin(SqliteParser.BeginContext context) {
    TransactionStatement.Mode mode =
        context.kind == null
            ? TransactionStatement.Mode.DEFERRED
            : TransactionStatement.Mode.valueOf(upperText(context.kind));
    stack.push(new TransactionStatement.Begin(mode));
  }

  @Override
  public void exitTransactionWord(SqliteParser.TransactionWordContext context) {
    stack.popIf(context.ignored, Name.class);
  }

  @Override
  public void exitCommit(SqliteParser.CommitContext context) {
    stack.push(new TransactionStatement.Commit());
  }

  @Override
  public void exitRollback(SqliteParser.RollbackContext context) {
    Name savepoint = stack.popIf(context.to, Name.class);
    stack.push(
        savepoint == null
            ? new TransactionStatement.Rollback()
            : new TransactionStatement.RollbackTo(savepoint));
  }

  @Override
  public void exitSavepoint(SqliteParser.SavepointContext context) {
    stack.push(new TransactionStatement.Savepoint(stack.pop(Name.class)));
  }

  @Override
  public void exitRelease(SqliteParser.ReleaseContext context) {
    stack.push(new TransactionStatement.Release(stack.pop(Name.class)));
  }

  // ---- databases

  @Override
  public void exitAttach(SqliteParser.AttachContext context) {
    Expression key = stack.popIf(context.key, Expression.class);
    Expression schema = stack.pop(Expression.class);
    stack.push(new DatabaseStatement.Attach(stack.pop(Expression.class), schema, key));
  }

  @Override
  public void exitDetach(SqliteParser.DetachContext context) {
    stack.push(new DatabaseStatement.Detach(stack.pop(Expression.class)));
  }

  @Override
  public void exitVacuum(SqliteParser.VacuumContext context) {
    Expression into = stack.popIf(context.into, Expression.class);
    Name schema = stack.popIf(context.schema, Name.class);
    stack.push(new DatabaseStatement.Vacuum(schema, into));
  }

  @Override
  public void exitAnalyze(SqliteParser.AnalyzeContext context) {
    stack.push(new DatabaseStatement.Analyze(stack.popIf(context.target, QualifiedName.class)));
  }

  @Override
  public void exitReindex(SqliteParser.ReindexContext context) {
    stack.push(new DatabaseStatement.Reindex(stack.popIf(context.target, QualifiedName.class)));
  }

  // ---- pragmas

  @Override
  public void exitPragma(SqliteParser.PragmaContext context) {
    PragmaStatement.Value value = stack.popIf(context.value, PragmaStatement.Value.class);
    stack.push(new PragmaStatement(stack.pop(QualifiedName.class), value));
  }

  @Override
  public void exitPragmaNumber(SqliteParser.PragmaNumberContext context) {
    boolean negative = context.sign != null && context.sign.getType() == SqliteLexer.MINUS;
    String digits = text(context.number);
    stack.push(
        new PragmaStatement.Value(
            negative ? "-" + digits : digits, PragmaStatement.Value.Kind.NUMBER, span(context)));
  }

  @Override
  public void exitPragmaKeyword(SqliteParser.PragmaKeywordContext context) {
    stack.push(
        new PragmaStatement.Value(text(context), PragmaStatement.Value.Kind.NAME, span(context)));
  }

  @Override
  public void exitPragmaName(SqliteParser.PragmaNameContext context) {
    Name name = stack.pop(Name.class);
    stack.push(
        new PragmaStatement.Value(
            name.text(),
            name.quote() == Name.Quote.SINGLE
                ? PragmaStatement.Value.Kind.STRING
                : PragmaStatement.Value.Kind.NAME,
            name.span()));
  }
}
