package dev.tursojdbc.sql.schema;

import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.CreateViewStatement;
import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Statement;
import dev.tursojdbc.sql.ast.TableConstraint;
import org.jspecify.annotations.Nullable;

/**
 * Parameters in a definition that comes out of a file. No statement makes such a definition, as
 * nobody could set them; but a file may have it. In a DEFAULT and in a trigger they are NULL.
 */
final class FileParameters {
  private FileParameters() {}

  /** Refuses them where they are no NULL. */
  static void check(Statement statement) {
    if (statement instanceof CreateViewStatement) {
      throw SchemaErrors.error("parameters are not allowed in views");
    }
    if (statement instanceof CreateTableStatement create) {
      checkTable(create);
    } else if (statement instanceof CreateIndexStatement create) {
      create.terms().forEach(term -> refuse(term.expression(), "index expressions"));
      refuse(create.where(), "partial index WHERE clauses");
    }
  }

  private static void checkTable(CreateTableStatement create) {
    for (ColumnDefinition column : create.columns()) {
      for (ColumnConstraint constraint : column.constraints()) {
        if (constraint instanceof ColumnConstraint.Check check) {
          refuse(check.condition(), "CHECK constraints");
        } else if (constraint instanceof ColumnConstraint.Generated generated) {
          refuse(generated.expression(), "generated columns");
        }
      }
    }
    for (TableConstraint constraint : create.constraints()) {
      if (constraint instanceof TableConstraint.Check check) {
        refuse(check.condition(), "CHECK constraints");
      }
    }
  }

  private static void refuse(@Nullable Expression expression, String place) {
    if (expression != null && isIn(expression)) {
      throw SchemaErrors.error("parameters prohibited in " + place);
    }
  }

  private static boolean isIn(Expression expression) {
    return expression instanceof Expression.Parameter
        || expression.operands().stream().anyMatch(FileParameters::isIn);
  }
}
