package dev.tursojdbc.sql;

import dev.tursojdbc.sql.ast.SelectStatement;
import dev.tursojdbc.sql.bind.Binder;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.BoundQuery;
import dev.tursojdbc.sql.exec.RunnableQuery;
import dev.tursojdbc.sql.exec.StatementBuilder;
import dev.tursojdbc.sql.parse.SqlParser;
import dev.tursojdbc.sql.plan.Planner;
import java.util.Objects;

/** A query that a statement asks for its own purposes, in the midst of its changes. */
final class InternalQuery {
  private final Session session;

  InternalQuery(Session session) {
    this.session = session;
  }

  /** Whether a query has any row. */
  boolean hasRow(String sql) {
    BindingContext context = session.compiler().bindingContext();
    SelectStatement select =
        (SelectStatement) Objects.requireNonNull(SqlParser.parse(sql, 0).statement());
    BoundQuery bound = new Binder(context).query(select);
    StatementBuilder builder =
        new StatementBuilder(new Planner(context), session.databases().main().schema().encoding());
    RunnableQuery query = builder.query(bound);
    return ProgramFrames.computeLive(
        session,
        live -> {
          query.open(live);
          return query.next(live);
        });
  }
}
