package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.ColumnConstraint;
import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.ForeignKeyClause;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.ast.TableConstraint;
import java.util.ArrayList;
import java.util.List;

/** The foreign keys of a CREATE TABLE as they are written. */
final class ForeignKeys {
  private ForeignKeys() {}

  /**
   * One of them.
   *
   * @param columns those of the child if they were listed
   */
  record Written(List<Name> columns, ForeignKeyClause clause) {}

  static List<Written> of(CreateTableStatement create) {
    List<Written> keys = new ArrayList<>();
    for (ColumnDefinition column : create.columns()) {
      for (ColumnConstraint constraint : column.constraints()) {
        if (constraint instanceof ColumnConstraint.References references) {
          keys.add(new Written(List.of(), references.clause()));
        }
      }
    }
    for (TableConstraint constraint : create.constraints()) {
      if (constraint instanceof TableConstraint.ForeignKey key) {
        keys.add(new Written(key.columns(), key.clause()));
      }
    }
    return keys;
  }
}
