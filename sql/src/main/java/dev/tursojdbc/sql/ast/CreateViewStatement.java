package dev.tursojdbc.sql.ast;

import java.util.List;

/**
 * {@code CREATE [TEMP] VIEW [IF NOT EXISTS] view [(columns)] AS query}.
 *
 * @param columns empty where none were listed
 * @param schemaSql the text for sqlite_schema
 */
public record CreateViewStatement(
    boolean temporary,
    boolean ifNotExists,
    QualifiedName view,
    List<Name> columns,
    SelectStatement query,
    String schemaSql)
    implements Statement {
  public CreateViewStatement {
    columns = List.copyOf(columns);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
