/**
 * Database header, page types, big-endian access to page bytes, and the seam through which trees
 * see pages.
 */
@NullMarked
package dev.tursojdbc.storage.page;

import org.jspecify.annotations.NullMarked;
