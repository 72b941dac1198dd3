package dev.tursojdbc.sql.ast;

import java.util.List;

/**
 * {@code CREATE VIRTUAL TABLE [IF NOT EXISTS] table USING module(arguments)}.
 *
 * @param arguments their text, split at top-level commas and trimmed
 * @param schemaSql the text for sqlite_schema
 */
public record CreateVirtualTableStatement(
    boolean ifNotExists, QualifiedName table, Name module, List<String> arguments, String schemaSql)
    implements Statement {
  public CreateVirtualTableStatement {
    arguments = List.copyOf(arguments);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
