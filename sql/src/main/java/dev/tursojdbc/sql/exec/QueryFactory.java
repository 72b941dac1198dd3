package dev.tursojdbc.sql.exec;

import dev.tursojdbc.sql.bind.BoundCondition;
import dev.tursojdbc.sql.bind.BoundQuery;

/** Compiles the queries inside expressions. */
interface QueryFactory {

  Evaluator in(BoundCondition.InQuery in, EvaluatorBuilder outer);

  Evaluator exists(BoundQuery query, EvaluatorBuilder outer);

  Evaluator column(BoundQuery query, int column, EvaluatorBuilder outer);
}
