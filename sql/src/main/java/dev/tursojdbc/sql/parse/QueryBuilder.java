package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.Limit;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.NamedWindow;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundTerm;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.grammar.SqliteLexer;
import dev.tursojdbc.sql.grammar.SqliteParser;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.antlr.v4.runtime.RuleContext;
import org.jspecify.annotations.Nullable;

/** Builds queries from their cores; WITH, result columns, LIMIT. */
abstract class QueryBuilder extends SourceBuilder {
  static final int MAXIMUM_COMPOUND_TERMS = 500;

  /** Whether a WITH has been read: from there on rows of VALUES wait to be resolved. */
  private boolean hasCommonTable;

  /** Queries in the longest compound so far. */
  int longestCompound = 1;

  QueryBuilder(TokenBuffer tokens) {
    super(tokens);
  }

  /**
   * A core with the ORDER BY and LIMIT behind it, which are the whole query's if it is the last.
   */
  private record Core(SelectCore core, List<OrderingTerm> orderBy, @Nullable Limit limit) {}

  /** A core with the operator before it. */
  private record Term(CompoundOperator operator, Core core) {}

  /** Several result columns, as one thing on the stack. */
  record ResultColumns(List<ResultColumn> columns) {}

  // ---- WITH

  @Override
  public void exitWithClause(SqliteParser.WithClauseContext context) {
    List<With.CommonTableExpression> tables =
        stack.popList(context.tables.size(), With.CommonTableExpression.class);
    Set<String> names = new HashSet<>();
    for (With.CommonTableExpression table : tables) {
      if (!names.add(table.name().text().toLowerCase(Locale.ROOT))) {
        stack.fail("duplicate WITH table name: " + table.name().text(), -1);
      }
    }
    stack.pushFlat(new With(context.recursive != null, tables));
  }

  @Override
  public void exitCommonTable(SqliteParser.CommonTableContext context) {
    hasCommonTable = true;
    SelectStatement query = stack.pop(SelectStatement.class);
    List<Name> columns = popNames(context.columns);
    Name name = stack.pop(Name.class);
    With.Materialization materialization =
        context.materialized == null
            ? With.Materialization.ANY
            : context.not == null
                ? With.Materialization.MATERIALIZED
                : With.Materialization.NOT_MATERIALIZED;
    stack.push(new With.CommonTableExpression(name, columns, materialization, query));
  }

  // ---- the whole

  @Override
  public void exitSelect(SqliteParser.SelectContext context) {
    if (context.with != null) {
      SelectStatement body = stack.pop(SelectStatement.class);
      stack.push(withClause(body, stack.pop(With.class), span(context)));
    }
  }

  static SelectStatement withClause(SelectStatement body, With with, Span span) {
    return new SelectStatement(
        with, body.core(), body.compound(), body.orderBy(), body.limit(), span);
  }

  @Override
  public void exitSelectBody(SqliteParser.SelectBodyContext context) {
    List<Term> terms = stack.popList(context.terms.size(), Term.class);
    Core first = stack.pop(Core.class);
    if (!terms.isEmpty()) {
      checkCompound(first, terms);
    }
    Core last = terms.isEmpty() ? first : terms.get(terms.size() - 1).core();
    List<CompoundTerm> compound = new ArrayList<>(terms.size());
    for (Term term : terms) {
      compound.add(new CompoundTerm(term.operator(), term.core().core()));
    }
    stack.push(
        new SelectStatement(
            null, first.core(), compound, last.orderBy(), last.limit(), span(context)));
  }

  private void checkCompound(Core first, List<Term> terms) {
    for (int i = terms.size() - 1; i >= 0; i--) {
      Core before = i == 0 ? first : terms.get(i - 1).core();
      boolean ordered = !before.orderBy().isEmpty();
      if (ordered || before.limit() != null) {
        stack.fail(
            (ordered ? "ORDER BY" : "LIMIT")
                + " clause should come after "
                + terms.get(i).operator().symbol()
                + " not before",
            -1);
        return;
      }
    }
    longestCompound = Math.max(longestCompound, terms.size() + 1);
    if (terms.size() >= MAXIMUM_COMPOUND_TERMS) {
      stack.fail("too many terms in compound SELECT", -1);
    }
  }

  @Override
  public void exitCompoundTerm(SqliteParser.CompoundTermContext context) {
    CompoundOperator operator =
        switch (context.operator.getType()) {
          case SqliteLexer.INTERSECT -> CompoundOperator.INTERSECT;
          case SqliteLexer.EXCEPT -> CompoundOperator.EXCEPT;
          default -> context.all == null ? CompoundOperator.UNION : CompoundOperator.UNION_ALL;
        };
    stack.push(new Term(operator, stack.pop(Core.class)));
  }

  // ---- cores

  @Override
  public void exitSelectCore(SqliteParser.SelectCoreContext context) {
    Limit limit = stack.popIf(context.limit, Limit.class);
    List<OrderingTerm> order = popTerms(context.order);
    List<NamedWindow> windows = stack.popList(context.windows.size(), NamedWindow.class);
    Expression having = stack.popIf(context.having, Expression.class);
    List<Expression> groups = stack.popList(context.groups.size(), Expression.class);
    Expression where = stack.popIf(context.where, Expression.class);
    FromClause from = stack.popIf(context.from, FromClause.class);
    List<ResultColumn> columns = stack.pop(ResultColumns.class).columns();
    SelectCore core =
        new SelectCore.Select(
            ++queries, context.distinct != null, columns, from, where, groups, having, windows);
    stack.push(new Core(core, order, limit));
  }

  @Override
  public void exitValuesCore(SqliteParser.ValuesCoreContext context) {
    List<List<Expression>> rows = new ArrayList<>(context.rows.size());
    for (ExpressionList row : stack.popList(context.rows.size(), ExpressionList.class)) {
      rows.add(row.expressions());
    }
    boolean hasWindows =
        rows.size() > 1 && lastWindowCall >= start(context) && ConstantRows.areOfOneSize(rows);
    if (!hasCommonTable && !isInCommonTable(context) && ConstantRows.differ(rows)) {
      stack.fail("all VALUES must have the same number of terms", start(context));
    }
    // SQLite makes a query around several rows.
    queries += rows.size() > 1 && !hasWindows ? 1 : 0;
    SelectCore core =
        hasWindows
            ? ValuesAsSelects.of(rows, () -> ++queries)
            : new SelectCore.Values(++queries, rows);
    stack.push(new Core(core, List.of(), null));
  }

  private static boolean isInCommonTable(RuleContext context) {
    for (RuleContext around = context; around != null; around = around.getParent()) {
      if (around.getRuleIndex() == SqliteParser.RULE_commonTable) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void exitValuesRow(SqliteParser.ValuesRowContext context) {
    stack.push(new ExpressionList(stack.popList(context.values.size(), Expression.class)));
  }

  @Override
  public void exitLimitClause(SqliteParser.LimitClauseContext context) {
    Expression second = stack.popIf(context.second, Expression.class);
    Expression first = stack.pop(Expression.class);
    boolean offsetFirst = second != null && context.separator.getType() == SqliteLexer.COMMA;
    stack.push(offsetFirst ? new Limit(second, first) : new Limit(first, second));
  }

  // ---- result columns

  @Override
  public void exitResultColumns(SqliteParser.ResultColumnsContext context) {
    stack.push(new ResultColumns(stack.popList(context.columns.size(), ResultColumn.class)));
  }

  @Override
  public void exitAllColumns(SqliteParser.AllColumnsContext context) {
    stack.push(new ResultColumn.All(span(context)));
  }

  @Override
  public void exitAllColumnsOf(SqliteParser.AllColumnsOfContext context) {
    stack.push(new ResultColumn.AllOf(stack.pop(Name.class), span(context)));
  }

  /** Without an alias, SQLite's name for a column has even the comments before the next token. */
  @Override
  public void exitExpressionColumn(SqliteParser.ExpressionColumnContext context) {
    boolean named = context.alias != null || context.bareAlias != null;
    Name alias = named ? stack.pop(Name.class) : null;
    int start = start(context);
    String written =
        named
            ? text.substring(start, context.value.getStop().getStopIndex() + 1)
            : textBeforeNext(start);
    stack.push(new ResultColumn.Of(stack.pop(Expression.class), alias, written, span(context)));
  }
}
