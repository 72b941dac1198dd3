/**
 * SQL text to {@link dev.tursojdbc.sql.ast}; the only package that sees the grammar.
 *
 * <p>Start at {@link dev.tursojdbc.sql.parse.SqlParser}.
 */
@NullMarked
package dev.tursojdbc.sql.parse;

import org.jspecify.annotations.NullMarked;
