package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundExpression;
import dev.tursojdbc.sql.bind.JoinKind;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.plan.JoinLevel;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Builds nested loops from the levels of a join plan, and binds their sources to rows. */
final class JoinBuilder {
  private final QueryBuilder queries;
  private final EvaluatorBuilder outer;
  private Bindings bindings;
  private final List<NullableRow> rows = new ArrayList<>();

  JoinBuilder(QueryBuilder queries, EvaluatorBuilder outer) {
    this.queries = queries;
    this.outer = outer;
    this.bindings = outer.bindings();
  }

  /** Those of outside, and the sources of the join. */
  Bindings bindings() {
    return bindings;
  }

  Operator build(List<JoinLevel> levels) {
    Operator joined = null;
    int rightJoins = 0;
    for (JoinLevel level : levels) {
      rightJoins += level.join().keepsRight() ? 1 : 0;
    }
    boolean hasRightJoin = rightJoins > 0;
    for (JoinLevel level : levels) {
      rightJoins -= level.join().keepsRight() ? 1 : 0;
      joined = join(joined, level, rightJoins > 0);
    }
    if (joined == null) {
      return new SingleRow();
    }
    List<Source.OfTable> needed = hasRightJoin ? List.of() : neededTables(levels);
    return needed.isEmpty() ? joined : new UnlessEmpty(joined, needed);
  }

  /** Tables inside of two loops at least without which the join, no right one, has no rows. */
  private static List<Source.OfTable> neededTables(List<JoinLevel> levels) {
    List<Source.OfTable> needed = new ArrayList<>();
    for (JoinLevel level : levels.subList(Math.min(2, levels.size()), levels.size())) {
      if (!level.join().keepsLeft()
          && level.source() instanceof Source.OfTable table
          && table.table().hasRowid()) {
        needed.add(table);
      }
    }
    return needed;
  }

  /**
   * @param beforeRight whether a right join follows, which can put the row before it to NULL
   */
  private Operator join(@Nullable Operator before, JoinLevel level, boolean beforeRight) {
    boolean nullable = before != null && level.join().keepsLeft() || beforeRight;
    ScanBuilder.Scan scan =
        new ScanBuilder(queries, outer.over(bindings))
            .build(level.source(), level.path(), level.join().keepsRight());
    bindings = bindings.withRow(level.source().id(), scan.row());
    if (!nullable && !level.join().keepsRight()) {
      bindings = bindings.withComputed(scan.computed());
    }
    Operator joined;
    if (level.join() == JoinKind.EXISTS) {
      rows.add(scan.nullable());
      return new SemiJoin(
          before == null ? new SingleRow() : before, filtered(scan.operator(), level.conditions()));
    }
    if (before == null) {
      joined = scan.operator();
    } else if (level.join() == JoinKind.INNER || level.join() == JoinKind.CROSS) {
      rows.add(scan.nullable());
      return new NestedLoop(before, filtered(scan.operator(), level.conditions()));
    } else {
      joined = outerJoin(before, level, scan);
    }
    rows.add(scan.nullable());
    return filtered(joined, level.conditions());
  }

  private Operator outerJoin(Operator before, JoinLevel level, ScanBuilder.Scan scan) {
    Operator inner = filtered(scan.operator(), level.match());
    if (level.join() == JoinKind.LEFT) {
      return new LeftJoin(before, inner, scan.nullable());
    }
    return new RightJoin(
        before,
        inner,
        scan.all(),
        rows.toArray(NullableRow[]::new),
        scan.nullable(),
        scan.identity(),
        level.join() == JoinKind.FULL);
  }

  private Operator filtered(Operator input, List<BoundExpression> conditions) {
    Operator operator = input;
    for (BoundExpression condition : conditions) {
      operator = new Filter(operator, outer.over(bindings).build(condition));
    }
    return operator;
  }
}
