package dev.tursojdbc.sql.parse;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundOperator;
import dev.tursojdbc.sql.ast.SelectStatement.CompoundTerm;
import dev.tursojdbc.sql.ast.Span;
import dev.tursojdbc.sql.ast.TableReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

/**
 * VALUES of several rows with window functions, each of which sees a row of its own.
 *
 * <pre>
 *   VALUES (a, b), (c, d)
 *   SELECT * FROM (SELECT a AS column1, b AS column2 UNION ALL SELECT c AS column1, d AS column2)
 * </pre>
 */
final class ValuesAsSelects {
  private ValuesAsSelects() {}

  /**
   * @param rows all of the same length
   * @param number gives numbers to queries
   */
  static SelectCore of(List<List<Expression>> rows, IntSupplier number) {
    SelectCore first = select(columns(rows.get(0)), null, number);
    List<CompoundTerm> others = new ArrayList<>(rows.size() - 1);
    for (List<Expression> row : rows.subList(1, rows.size())) {
      others.add(new CompoundTerm(CompoundOperator.UNION_ALL, select(columns(row), null, number)));
    }
    SelectStatement all = new SelectStatement(null, first, others, List.of(), null, Span.NONE);
    FromClause from = new FromClause(new TableReference.Derived(all, null), List.of());
    return select(List.of(new ResultColumn.All(Span.NONE)), from, number);
  }

  private static SelectCore.Select select(
      List<ResultColumn> columns,
      @org.jspecify.annotations.Nullable FromClause from,
      IntSupplier number) {
    return new SelectCore.Select(
        number.getAsInt(), false, columns, from, null, List.of(), null, List.of());
  }

  private static List<ResultColumn> columns(List<Expression> row) {
    List<ResultColumn> columns = new ArrayList<>(row.size());
    for (int i = 0; i < row.size(); i++) {
      String name = "column" + (i + 1);
      columns.add(new ResultColumn.Of(row.get(i), Name.of(name), name, Span.NONE));
    }
    return columns;
  }
}
