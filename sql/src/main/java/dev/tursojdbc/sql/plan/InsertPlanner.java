package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.ConflictAction;
import dev.tursojdbc.sql.ast.CreateTriggerStatement.Event;
import dev.tursojdbc.sql.ast.InsertStatement;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.SelectCore;
import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.schema.Table;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Plans an INSERT: which value goes where, and what happens on conflicts. */
final class InsertPlanner {
  private static final int DEFAULT = ChangePlan.Insert.DEFAULT;

  private final ChangePlanner planner;
  private final InsertStatement statement;
  private final BoundTable target;
  private final Table table;

  /** For each value of a row the column that it is for; -1 is the rowid. */
  private final List<Integer> valueColumns;

  InsertPlanner(ChangePlanner planner, InsertStatement statement) {
    this.planner = planner;
    this.statement = statement;
    this.target = planner.target(statement.table(), Event.INSERT, List.of());
    this.table = target.table();
    this.valueColumns = statement.columns().isEmpty() ? ordinaryColumns() : listedColumns();
  }

  private List<Integer> ordinaryColumns() {
    List<Integer> columns = new ArrayList<>();
    for (int i = 0; i < table.columnCount(); i++) {
      if (!table.column(i).isGenerated()) {
        columns.add(i);
      }
    }
    return columns;
  }

  private List<Integer> listedColumns() {
    List<Integer> columns = new ArrayList<>();
    for (Name name : statement.columns()) {
      int column = table.columnIndex(name.text());
      if (column < 0 && !(takesRowid() && Assignments.isRowidName(name.text()))) {
        throw ChangeErrors.error("table " + writtenTable() + " has no column named " + name.text());
      }
      if (column >= 0 && table.column(column).isGenerated()) {
        throw ChangeErrors.error(
            "cannot INSERT into generated column \"" + table.column(column).name() + "\"");
      }
      columns.add(column);
    }
    return columns;
  }

  /** A view may be given rowids, though nobody sees them. */
  private boolean takesRowid() {
    return table.hasRowid() || target.view();
  }

  ChangePlan.Insert plan() {
    if (target.view() && !statement.upserts().isEmpty()) {
      throw ChangeErrors.error("cannot UPSERT a view");
    }
    SelectStatement source = statement.source();
    List<List<BoundExpression>> rows = List.of();
    BoundQuery query = null;
    boolean defaults = source == null;
    if (source == null) {
      if (!statement.columns().isEmpty()) {
        checkCount(0);
      }
      rows = List.of(List.of());
    } else if (isPlainValues(source)) {
      rows = rows(source, (SelectCore.Values) source.core());
    } else {
      query = query(source);
      checkCount(query.columns().size());
    }
    List<Integer> columns = new ArrayList<>(Collections.nCopies(table.columnCount(), DEFAULT));
    int rowid = DEFAULT;
    for (int i = 0; !defaults && i < valueColumns.size(); i++) {
      int column = valueColumns.get(i);
      if (column < 0 || column == table.rowidColumn()) {
        // Of a column that is named twice the first value counts, of the rowid the last.
        rowid = i;
      } else if (columns.get(column) == DEFAULT) {
        columns.set(column, i);
      }
    }
    if (!planner.isInTrigger()) {
      target.refuseRaise(check -> true);
    }
    ConflictAction action = planner.action(statement.action());
    return new ChangePlan.Insert(
        planner.withDefaults(target, action, i -> columns.get(i) == DEFAULT, i -> true),
        action,
        rows,
        query,
        columns,
        rowid,
        new UpsertPlanner(planner, target, rowName())
            .plan(statement.upserts(), statement.with(), rowid != DEFAULT),
        planner.returning(target, statement.with(), statement.returning()),
        planner.isInTrigger() ? null : Transfer.of(statement, target, planner.catalog()));
  }

  private String rowName() {
    return statement.alias() == null ? table.name() : statement.alias().text();
  }

  private static boolean isPlainValues(SelectStatement source) {
    return source.with() == null
        && source.core() instanceof SelectCore.Values
        && !source.isCompound()
        && source.orderBy().isEmpty()
        && source.limit() == null;
  }

  private List<List<BoundExpression>> rows(SelectStatement source, SelectCore.Values values) {
    Scope scope = planner.scope(statement.with(), List.of());
    if (values.rows().size() > 1) {
      scope.inRows();
    }
    List<List<BoundExpression>> rows = planner.binder().rows(source, values, scope);
    checkCount(rows.get(0).size());
    return rows;
  }

  private BoundQuery query(SelectStatement source) {
    return planner.binder().query(source, planner.scope(statement.with(), List.of()));
  }

  /** The table as messages name it. */
  private String writtenTable() {
    if (statement.alias() != null) {
      return statement.alias().text();
    }
    Name database = statement.table().schema();
    return database == null ? table.name() : database.text() + "." + table.name();
  }

  private void checkCount(int count) {
    if (count == valueColumns.size()) {
      return;
    }
    if (statement.columns().isEmpty()) {
      throw ChangeErrors.error(
          "table "
              + writtenTable()
              + " has "
              + valueColumns.size()
              + " columns but "
              + count
              + " values were supplied");
    }
    throw ChangeErrors.error(count + " values for " + valueColumns.size() + " columns");
  }
}
