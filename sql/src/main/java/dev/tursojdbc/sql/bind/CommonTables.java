package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.ast.With.CommonTableExpression;
import dev.tursojdbc.sql.schema.Names;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The common table expressions of one WITH, around them those of the queries outside.
 *
 * <p>The query is bound at the first reference, but in this scope, so that a name in it never means
 * a table of the place that refers to it. Columns of the queries around the WITH can be named in
 * it.
 */
final class CommonTables {
  final @Nullable CommonTables outer;

  /** The query around the one that has the WITH. */
  final @Nullable Scope around;

  private final List<CommonTableExpression> tables;

  CommonTables(
      @Nullable CommonTables outer, @Nullable Scope around, List<CommonTableExpression> tables) {
    this.outer = outer;
    this.around = around;
    this.tables = tables;
  }

  /** A table and the WITH it stands in. */
  record Found(CommonTableExpression table, CommonTables in) {}

  @Nullable Found find(String name) {
    for (CommonTables scope = this; scope != null; scope = scope.outer) {
      for (CommonTableExpression table : scope.tables) {
        if (Names.same(table.name().text(), name)) {
          return new Found(table, scope);
        }
      }
    }
    return null;
  }
}
