/**
 * What ALTER TABLE makes of the texts in sqlite_schema: names are replaced and constraints cut out
 * or put in where they stand, and everything else stays as it was written.
 *
 * <p>A definition is read and bound as it stands ({@link
 * dev.tursojdbc.sql.alter.DefinitionBinder}), which tells where in its text the names are that mean
 * the altered table or column. Nothing here reads or writes pages.
 */
@NullMarked
package dev.tursojdbc.sql.alter;

import org.jspecify.annotations.NullMarked;
