/**
 * What was written: SQLite's statements and expressions as immutable records.
 *
 * <p>Nothing is looked up here. A name may be a column, an alias, a keyword such as {@code TRUE}
 * or, in double quotes, a string literal; who it is, is decided by the binder. Parentheses that
 * only group are gone. Start at {@link dev.tursojdbc.sql.ast.Statement} and {@link
 * dev.tursojdbc.sql.ast.Expression}; both are closed and walked by their visitors, which have no
 * default methods on purpose.
 *
 * <p>Offsets count UTF-16 units from the start of the statement's own text, see {@link
 * dev.tursojdbc.sql.ast.Span}.
 */
@NullMarked
package dev.tursojdbc.sql.ast;

import org.jspecify.annotations.NullMarked;
