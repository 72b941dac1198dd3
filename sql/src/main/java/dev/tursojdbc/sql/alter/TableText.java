package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.ColumnDefinition;
import dev.tursojdbc.sql.ast.CreateTableStatement;
import dev.tursojdbc.sql.ast.TableConstraint;
import dev.tursojdbc.sql.parse.Blanks;
import dev.tursojdbc.sql.parse.SqlParser;
import java.util.ArrayList;
import java.util.List;

/** A CREATE TABLE as it is written, into which columns and constraints are put and cut. */
public final class TableText {
  private final String text;
  private final CreateTableStatement statement;

  public TableText(String text) {
    this.text = text;
    this.statement = (CreateTableStatement) SqlParser.parse(text, 0).statement();
  }

  /** What the text says. */
  public CreateTableStatement statement() {
    return statement;
  }

  /**
   * The text with another column, as it is written there, behind all others. Blanks around it stay
   * where they are, semicolons at its end go.
   */
  public String withColumn(String definition) {
    int end = definition.length();
    while (end > 0 && (definition.charAt(end - 1) == ';' || isBlank(definition.charAt(end - 1)))) {
      end--;
    }
    int offset = endOfColumns();
    return text.substring(0, offset) + ", " + definition.substring(0, end) + text.substring(offset);
  }

  private static boolean isBlank(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Where the comma before the first constraint stands, or the closing parenthesis. */
  private int endOfColumns() {
    return Blanks.skip(text, lastColumn().span().end());
  }

  private ColumnDefinition lastColumn() {
    return statement.columns().get(statement.columns().size() - 1);
  }

  /** The text without a column: up to the next one's name, or back to the comma before the last. */
  public String withoutColumn(int column) {
    List<ColumnDefinition> columns = statement.columns();
    int start = columns.get(column).span().start();
    if (column + 1 < columns.size()) {
      return text.substring(0, start) + text.substring(columns.get(column + 1).span().start());
    }
    while (start > 0 && text.charAt(start) != ',') {
      start--;
    }
    return text.substring(0, start) + text.substring(endOfColumns());
  }

  /** A statement like this one, of its columns' names and one more column only. */
  public CreateTableStatement columnsWith(ColumnDefinition added) {
    List<ColumnDefinition> columns = new ArrayList<>();
    for (ColumnDefinition column : statement.columns()) {
      columns.add(new ColumnDefinition(column.name(), column.type(), List.of(), column.span()));
    }
    columns.add(added);
    return new CreateTableStatement(
        statement.temporary(),
        false,
        statement.table(),
        columns,
        List.<TableConstraint>of(),
        CreateTableStatement.Options.NONE,
        null,
        "");
  }
}
