package dev.tursojdbc.sql;

import dev.tursojdbc.sql.plan.PlanNode;
import dev.tursojdbc.sql.schema.Catalog;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** EXPLAIN QUERY PLAN: the lines of a plan, each with its number and that of the line above it. */
final class ExplainedPlan extends RowsProgram {
  private final Session session;
  private final Catalog compiledAgainst;
  private final List<PlanNode> nodes;

  ExplainedPlan(Session session, List<PlanNode> nodes) {
    super("id", "parent", "notused", "detail");
    this.session = session;
    this.compiledAgainst = session.schemas();
    this.nodes = List.copyOf(nodes);
  }

  @Override
  long reads() {
    return NO_DATABASE;
  }

  @Override
  long writes() {
    return NO_DATABASE;
  }

  @Override
  boolean isCurrent() {
    return session.databases().isCurrent(compiledAgainst);
  }

  @Override
  List<Object @Nullable []> run() {
    List<Object @Nullable []> rows = new ArrayList<>();
    for (PlanNode.Row row : PlanNode.rows(nodes)) {
      rows.add(new Object @Nullable [] {row.id(), row.parent(), row.cost(), row.detail()});
    }
    return rows;
  }
}
