/** Benchmarks: our driver and the reference in the same run, as ratios. */
@NullMarked
package dev.tursojdbc.tck.bench;

import org.jspecify.annotations.NullMarked;
