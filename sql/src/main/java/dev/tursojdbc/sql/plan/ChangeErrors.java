package dev.tursojdbc.sql.plan;

import dev.tursojdbc.sql.ast.Limit;
import dev.tursojdbc.sql.ast.OrderingTerm;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can be wrong with a statement that changes rows, in SQLite's words. */
final class ChangeErrors {
  private ChangeErrors() {}

  static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }

  /** An order says nothing about which rows are changed unless their number is limited. */
  static void requireLimit(List<OrderingTerm> orderBy, @Nullable Limit limit, String statement) {
    if (!orderBy.isEmpty() && limit == null) {
      throw error("ORDER BY without LIMIT on " + statement);
    }
  }

  static TursoException noSuchColumn(String name) {
    return error("no such column: " + name);
  }
}
