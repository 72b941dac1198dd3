/**
 * Page cache, transactions, epochs, savepoints, spill, freelist and pointer map.
 *
 * <p>{@code DatabaseFile} is one database of the process, whatever the number of connections;
 * {@code Pager} is one connection to it.
 */
@NullMarked
package dev.tursojdbc.storage.pager;

import org.jspecify.annotations.NullMarked;
