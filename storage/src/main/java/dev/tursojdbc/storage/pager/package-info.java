/**
 * Page cache, transactions, epochs, savepoints, spill, freelist and pointer map; how a database
 * file is opened, made and converted.
 *
 * <p>{@code DatabaseFile} is one database of the process, whatever the number of connections; it
 * has the {@code PageCache} and the log, or what stands in for a log where transactions are
 * protected by rollback journals. {@code Pager} is one connection to it: {@code CommittedPages} of
 * its snapshot, over them the {@code DirtyPages} of its transaction. {@code ReadTransactions} and
 * {@code WriteTransaction} say when either begins and ends; {@code Spill} moves to the log what
 * memory cannot hold. A {@code FrozenPages} view and a {@code Savepoint} are points in the
 * transaction's epochs.
 *
 * <p>Rules: an image that another connection can see is never changed. A page is looked up among
 * the dirty ones, then in the cache, then in the log, then in the file; the first two take no lock.
 * The order of locks: the database's monitor, the cache's monitor; the log's locks are tried only.
 * Nobody waits for a lock inside, except in the writer queue, where nothing is held.
 */
@NullMarked
package dev.tursojdbc.storage.pager;

import org.jspecify.annotations.NullMarked;
