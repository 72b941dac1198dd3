/**
 * Input that nobody meant: damaged files, statements nested without end, random queries. Whatever
 * is given, the answer is rows or an SQLException.
 */
@NullMarked
package dev.tursojdbc.tck.fuzz;

import org.jspecify.annotations.NullMarked;
