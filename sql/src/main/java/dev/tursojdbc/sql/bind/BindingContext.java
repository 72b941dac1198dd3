package dev.tursojdbc.sql.bind;

import dev.tursojdbc.sql.function.FunctionLookup;
import dev.tursojdbc.sql.schema.Catalog;

/**
 * What names can mean to a connection.
 *
 * @param allowsDoubleQuotedStrings whether a name in double quotes that is no column may be a
 *     string
 */
public record BindingContext(
    Catalog catalog,
    FunctionLookup functions,
    CollationLookup collations,
    boolean allowsDoubleQuotedStrings,
    ColumnNaming naming) {

  /** Where columns have the usual names. */
  public BindingContext(
      Catalog catalog,
      FunctionLookup functions,
      CollationLookup collations,
      boolean allowsDoubleQuotedStrings) {
    this(catalog, functions, collations, allowsDoubleQuotedStrings, ColumnNaming.SHORT);
  }
}
