/**
 * Tables, indexes, views and triggers as {@code sqlite_schema} describes them.
 *
 * <p>A {@link dev.tursojdbc.sql.schema.Schema} is one database's; it is immutable and shared by all
 * connections that see the same committed state. A {@link dev.tursojdbc.sql.schema.Catalog} is what
 * one statement can name: main, temp and what is attached. Names compare without regard to ASCII
 * case.
 */
@NullMarked
package dev.tursojdbc.sql.schema;

import org.jspecify.annotations.NullMarked;
