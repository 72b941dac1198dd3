/**
 * The one seam to the operating system: open, read, write, sync, lock, map; the only user of
 * java.nio.channels.
 */
@NullMarked
package dev.tursojdbc.storage.file;

import org.jspecify.annotations.NullMarked;
