package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.storage.error.TursoException;

/** Binds calls with OVER. */
final class WindowBinder {
  private final ExpressionBinder expressions;

  WindowBinder(ExpressionBinder expressions) {
    this.expressions = expressions;
  }

  BoundExpression bind(Expression.FunctionCall call) {
    if (!expressions.scope().clause.windows) {
      throw BindErrors.error("misuse of window function " + call.name().text() + "()");
    }
    throw TursoException.notSupported("window functions");
  }
}
