package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.CreateIndexStatement;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.schema.IndexBuilder;
import dev.tursojdbc.sql.schema.SchemaRow;
import dev.tursojdbc.sql.schema.Table;
import dev.tursojdbc.sql.schema.TableBuilder;
import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** Reads a changed text back, as loading the schema will, to find that it still makes sense. */
public final class DefinitionReader {
  private DefinitionReader() {}

  /** The table that a row says. */
  public static Table table(SchemaRow row) {
    Definition definition = Definition.of(0, row);
    if (definition.statement() instanceof CreateTableStatement create) {
      return TableBuilder.build(create, 0, definition.text());
    }
    throw new TursoException(ErrorCode.ERROR, "not a table");
  }

  /** Requires that an index of a table can be read. */
  public static void requireIndex(SchemaRow row, Table table) {
    Definition definition = Definition.of(0, row);
    if (definition.statement() instanceof CreateIndexStatement create) {
      IndexBuilder.build(create, table, 0, definition.text());
    }
  }
}
