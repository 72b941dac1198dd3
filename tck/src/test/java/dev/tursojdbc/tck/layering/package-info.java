/** The order of the packages, read from the class files. */
@NullMarked
package dev.tursojdbc.tck.layering;

import org.jspecify.annotations.NullMarked;
