/** Case files of public suites, run on our driver and on the reference. */
@NullMarked
package dev.tursojdbc.tck.conformance;

import org.jspecify.annotations.NullMarked;
