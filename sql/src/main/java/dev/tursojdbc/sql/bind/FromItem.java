package dev.tursojdbc.sql.bind;

import org.jspecify.annotations.Nullable;

/**
 * A source and how it is joined to those before it.
 *
 * @param condition ON, USING and NATURAL as one condition; null if there is none
 */
public record FromItem(Source source, JoinKind join, @Nullable BoundExpression condition) {}
