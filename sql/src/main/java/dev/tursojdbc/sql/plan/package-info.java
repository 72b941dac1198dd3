/**
 * How queries are computed: rewrites of bound queries, one per class, and the choice of join order
 * and access paths by cost.
 *
 * <p>Start at {@link dev.tursojdbc.sql.plan.Planner}. For each source of a query {@code
 * CandidateFinder} finds the ways to loop over it, {@code JoinOrder} chooses one of each and their
 * order, {@code PathBuilder} makes access paths of them. Plans are immutable and know no cursor;
 * any number of statements may be built from one.
 */
@NullMarked
package dev.tursojdbc.sql.plan;

import org.jspecify.annotations.NullMarked;
