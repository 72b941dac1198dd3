package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.Nullable;

/**
 * The name of a table, index, view or trigger, with its database if one was given.
 *
 * @param schema the database, such as {@code main}, {@code temp} or an attached one
 */
public record QualifiedName(@Nullable Name schema, Name name) {
  public static QualifiedName of(String name) {
    return new QualifiedName(null, Name.of(name));
  }
}
