package dev.tursojdbc.sql.alter;

import dev.tursojdbc.sql.ast.Expression;
import dev.tursojdbc.sql.ast.Name;
import dev.tursojdbc.sql.bind.BindingContext;
import dev.tursojdbc.sql.bind.NameListener;
import dev.tursojdbc.sql.bind.Source;
import dev.tursojdbc.sql.schema.Catalog;
import dev.tursojdbc.sql.schema.SchemaRow;

/**
 * Puts strings that were written in double quotes into single ones. This goes before a column gets
 * a new name or goes, so that a string never becomes a column, nor a column a string.
 */
public final class StringQuotes {
  private final BindingContext context;

  public StringQuotes(BindingContext context) {
    this.context = context;
  }

  /** The text of a row afterwards. */
  public String text(int database, SchemaRow row) {
    Definition definition = Definition.of(database, row);
    TextEdits edits = new TextEdits(definition.text());
    new DefinitionBinder(
            context,
            new NameListener() {
              @Override
              public void table(Name written, Catalog.Located found) {
                // No string.
              }

              @Override
              public void column(Expression.ColumnReference written, Source source, int column) {
                // No string.
              }

              @Override
              public void qualifier(Name written, Source source) {
                // No string.
              }

              @Override
              public void string(Name written) {
                requote(written, definition.text(), edits);
              }
            },
            false)
        .bind(definition);
    return edits.apply();
  }

  private static void requote(Name written, String text, TextEdits edits) {
    int end = written.span().end();
    String separator = end < text.length() && text.charAt(end) == '\'' ? " " : "";
    edits.replace(written.span(), "'" + written.text().replace("'", "''") + "'" + separator);
  }
}
