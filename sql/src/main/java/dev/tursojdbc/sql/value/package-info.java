/** What values mean in SQL: affinities, conversions, comparisons, arithmetic. */
@NullMarked
package dev.tursojdbc.sql.value;

import org.jspecify.annotations.NullMarked;
