package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Assignment;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.BoundValue;
import dev.tursojdbc.sql.bind.Scope;
import dev.tursojdbc.sql.schema.ColumnLimit;
import dev.tursojdbc.sql.schema.Names;
import dev.tursojdbc.sql.schema.Table;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The SET clause of an UPDATE or an upsert. Of two values for one column the last counts. */
final class Assignments {
  private Assignments() {}

  static List<ChangePlan.ColumnAssignment> bind(
      Binder binder, Table table, List<Assignment> assignments, Scope scope) {
    ColumnLimit.require(assignments.size(), "columns in set list");
    Map<Integer, ChangePlan.ColumnAssignment> values = new LinkedHashMap<>();
    for (Assignment assignment : assignments) {
      List<BoundExpression> bound = values(binder, assignment, scope);
      for (int i = 0; i < bound.size(); i++) {
        Name name = assignment.columns().get(i);
        int column = column(table, name);
        values.put(column, new ChangePlan.ColumnAssignment(column, name.text(), bound.get(i)));
      }
    }
    return new ArrayList<>(values.values());
  }

  private static List<BoundExpression> values(Binder binder, Assignment assignment, Scope scope) {
    if (!assignment.isRow()) {
      return List.of(binder.expression(assignment.value(), scope));
    }
    int count = assignment.columns().size();
    BoundExpression value = binder.rowExpression(assignment.value(), scope);
    List<BoundExpression> elements =
        value instanceof BoundValue.Row row ? row.elements() : List.of(value);
    if (elements.size() != count) {
      throw ChangeErrors.error(count + " columns assigned " + elements.size() + " values");
    }
    return elements;
  }

  /** Position of a column that may be assigned to; the rowid under its names too. */
  static int column(Table table, Name name) {
    int column = table.columnIndex(name.text());
    if (column < 0) {
      if (table.hasRowid() && isRowidName(name.text())) {
        return ChangePlan.ColumnAssignment.ROWID;
      }
      throw ChangeErrors.noSuchColumn(name.text());
    }
    if (table.column(column).isGenerated()) {
      throw ChangeErrors.error(
          "cannot UPDATE generated column \"" + table.column(column).name() + "\"");
    }
    return column == table.rowidColumn() ? ChangePlan.ColumnAssignment.ROWID : column;
  }

  static boolean isRowidName(String name) {
    return Names.same(name, "rowid") || Names.same(name, "_rowid_") || Names.same(name, "oid");
  }
}
