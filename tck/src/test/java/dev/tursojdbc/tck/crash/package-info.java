/** Processes that die in the middle of their work, and what is left afterwards. */
@NullMarked
package dev.tursojdbc.tck.crash;

import org.jspecify.annotations.NullMarked;
