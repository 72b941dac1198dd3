/**
 * Random histories of changes, and files that one engine writes and the other reads.
 *
 * <p>A history runs on our driver and on the reference; then each opens the other's file, after the
 * last connection to it was closed, checks it and reads it.
 */
@NullMarked
package dev.tursojdbc.tck.property;

import org.jspecify.annotations.NullMarked;
