/**
 * Names to columns, affinities and collations to expressions: what a statement means against one
 * schema.
 *
 * <p>The result ({@link dev.tursojdbc.sql.bind.BoundExpression}, {@link
 * dev.tursojdbc.sql.bind.BoundQuery}) is immutable and belongs to nobody: plans made from it are
 * shared by all connections. Rows have no positions here; a column is named by the number of its
 * source in the statement and its index there.
 */
@NullMarked
package dev.tursojdbc.sql.bind;

import org.jspecify.annotations.NullMarked;
