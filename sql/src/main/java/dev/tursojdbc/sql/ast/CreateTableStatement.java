package dev.tursojdbc.sql.ast;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [TEMP] TABLE [IF NOT EXISTS] name (columns, constraints) options} or {@code … AS
 * SELECT …}.
 *
 * @param asSelect present for AS SELECT; then there are no columns and constraints
 * @param options STRICT, WITHOUT ROWID
 * @param schemaSql the text for sqlite_schema: {@code CREATE TABLE }, then what was written from
 *     the name on; empty for AS SELECT, whose text is made from the columns of the query
 */
public record CreateTableStatement(
    boolean temporary,
    boolean ifNotExists,
    QualifiedName table,
    List<ColumnDefinition> columns,
    List<TableConstraint> constraints,
    Options options,
    @Nullable SelectStatement asSelect,
    String schemaSql)
    implements Statement {
  public CreateTableStatement {
    columns = List.copyOf(columns);
    constraints = List.copyOf(constraints);
  }

  /** What stands after the closing parenthesis. */
  public record Options(boolean withoutRowid, boolean strict) {
    public static final Options NONE = new Options(false, false);
  }

  @Override
  public <R> R accept(Visitor<R> visitor) {
    return visitor.visit(this);
  }
}
