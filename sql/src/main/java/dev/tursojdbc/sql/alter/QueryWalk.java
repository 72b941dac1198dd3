package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Assignment;
import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateTriggerStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.DeleteStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.FrameSpec;
import dev.tursojdbc.sql.ast.FromClause;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.NamedWindow;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.sql.ast.ResultColumn;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TableConstraint;
import dev.tursojdbc.sql.ast.TableReference;
import dev.tursojdbc.sql.ast.UpdateStatement;
import dev.tursojdbc.sql.ast.Upsert;
import dev.tursojdbc.sql.ast.WindowDefinition;
import dev.tursojdbc.sql.ast.With;
import dev.tursojdbc.sql.bind.FrameDistance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all queries and expressions of a definition in the order of SQLite's walker: of a
 * compound the last core first; of a query its WITH, then its expressions, then what is in FROM.
 */
abstract class QueryWalk {

  /** A query has common table expressions. Whether their queries are walked is up to this. */
  abstract void commonTables(With with);

  /**
   * SQLite's parser forgets an expression as soon as it has read it: what stands before {@code IN
   * ()} and calls no function, and the distance of a frame that is not constant. It is not walked
   * but by this.
   */
  abstract void forgotten(Expression expression);

  final void statement(Statement statement) {
    if (statement instanceof CreateTableStatement create) {
      table(create);
    } else if (statement instanceof CreateIndexStatement create) {
      terms(create.terms());
      expression(create.where());
    } else if (statement instanceof CreateViewStatement create) {
      query(create.query());
    } else if (statement instanceof CreateTriggerStatement create) {
      expression(create.when());
      create.body().forEach(this::statement);
    } else if (statement instanceof SelectStatement select) {
      query(select);
    } else if (statement instanceof InsertStatement insert) {
      insert(insert);
    } else if (statement instanceof UpdateStatement update) {
      expression(update.where());
      assignments(update.assignments());
      from(update.from());
    } else if (statement instanceof DeleteStatement delete) {
      expression(delete.where());
    }
  }

  private void table(CreateTableStatement create) {
    for (ColumnDefinition column : create.columns()) {
      for (ColumnConstraint constraint : column.constraints()) {
        if (constraint instanceof ColumnConstraint.Check check) {
          expression(check.condition());
        } else if (constraint instanceof ColumnConstraint.Default value) {
          expression(value.value());
        } else if (constraint instanceof ColumnConstraint.Generated generated) {
          expression(generated.expression());
        }
      }
    }
    for (TableConstraint constraint : create.constraints()) {
      if (constraint instanceof TableConstraint.Check check) {
        expression(check.condition());
      }
    }
  }

  private void insert(InsertStatement insert) {
    if (insert.source() != null) {
      query(insert.source());
    }
    for (Upsert upsert : insert.upserts()) {
      terms(upsert.target());
      assignments(upsert.assignments());
      expression(upsert.where());
      expression(upsert.targetWhere());
    }
  }

  private void assignments(List<Assignment> assignments) {
    assignments.forEach(assignment -> expression(assignment.value()));
  }

  final void query(SelectStatement query) {
    if (query.with() != null) {
      commonTables(query.with());
    }
    for (int i = query.compound().size(); i >= 0; i--) {
      SelectCore core = i == 0 ? query.core() : query.compound().get(i - 1).core();
      boolean last = i == query.compound().size();
      if (core instanceof SelectCore.Select select) {
        select(select, last ? query : null);
      } else if (core instanceof SelectCore.Values values) {
        for (int row = values.rows().size() - 1; row >= 0; row--) {
          expressions(values.rows().get(row));
        }
        if (last) {
          orderAndLimit(query);
        }
      }
    }
  }

  /**
   * @param of the query whose ORDER BY and LIMIT belong to this core, or null
   */
  private void select(SelectCore.Select select, @Nullable SelectStatement of) {
    for (ResultColumn column : select.columns()) {
      if (column instanceof ResultColumn.Of result) {
        expression(result.expression());
      } else if (column instanceof ResultColumn.OfRow row) {
        expression(row.row());
      }
    }
    expression(select.where());
    expressions(select.groupBy());
    expression(select.having());
    if (of != null) {
      orderAndLimit(of);
    }
    for (NamedWindow window : select.windows()) {
      window(window.definition());
    }
    from(select.from());
  }

  private void orderAndLimit(SelectStatement query) {
    terms(query.orderBy());
    if (query.limit() != null) {
      expression(query.limit().count());
      expression(query.limit().offset());
    }
  }

  private void from(@Nullable FromClause from) {
    if (from == null) {
      return;
    }
    reference(from.first());
    for (FromClause.Join join : from.joins()) {
      reference(join.table());
      expression(join.on());
    }
  }

  private void reference(TableReference reference) {
    if (reference instanceof TableReference.Derived derived) {
      query(derived.query());
    } else if (reference instanceof TableReference.TableFunction function) {
      expressions(function.arguments());
    } else if (reference instanceof TableReference.Group group) {
      from(group.from());
    }
  }

  private void expressions(List<Expression> expressions) {
    expressions.forEach(this::expression);
  }

  private void terms(List<OrderingTerm> terms) {
    terms.forEach(term -> expression(term.expression()));
  }

  final void expression(@Nullable Expression expression) {
    if (expression == null) {
      return;
    }
    if (expression instanceof Expression.InList in
        && in.elements().isEmpty()
        && !in.operand().hasCall()) {
      forgotten(in.operand());
      return;
    }
    expressions(expression.operands());
    if (expression instanceof Expression.InQuery in) {
      query(in.query());
    } else if (expression instanceof Expression.InTable in) {
      reference(in.table());
    } else if (expression instanceof Expression.Exists exists) {
      query(exists.query());
    } else if (expression instanceof Expression.Subquery subquery) {
      query(subquery.query());
    } else if (expression instanceof Expression.FunctionCall call) {
      terms(call.orderBy());
      if (call.over() != null) {
        window(call.over());
      }
      expression(call.filter());
    }
  }

  private void window(WindowDefinition window) {
    terms(window.orderBy());
    expressions(window.partitionBy());
    if (window.frame() != null) {
      distance(window.frame().start());
      distance(window.frame().end());
    }
  }

  private void distance(FrameSpec.Bound bound) {
    Expression distance = bound.distance();
    if (distance == null) {
      return;
    }
    if (FrameDistance.isConstant(distance)) {
      expression(distance);
    } else {
      forgotten(distance);
    }
  }
}
