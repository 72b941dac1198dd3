/** The same text on our driver and on the reference. */
@NullMarked
package dev.tursojdbc.tck.differential;

import org.jspecify.annotations.NullMarked;
