/**
 * A database in WAL mode that several processes use at once: this one, others with this driver,
 * others with SQLite's own code.
 *
 * <p>The reference's driver must not open a file that this process has open, so it always runs in a
 * process of its own: {@code SqlChild} runs statements one by one, {@code CountingChild} many
 * transactions. SQLite's shell takes part where there is one.
 */
@NullMarked
package dev.tursojdbc.tck.interop;

import org.jspecify.annotations.NullMarked;
