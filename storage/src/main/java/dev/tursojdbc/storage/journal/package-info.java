/**
 * Rollback journals: locks, journal, commit, recovery.
 *
 * <p>{@code JournalledFile} is a database file without a write-ahead log in this process; {@code
 * JournalledConnection} is what one connection does with it, behind the same interface as the log
 * ({@link dev.tursojdbc.storage.wal.Wal}), so that the pager knows no difference. Rules that hold
 * everywhere:
 *
 * <ol>
 *   <li>Who reads holds SHARED for as long as his snapshot, who writes RESERVED beside it, and who
 *       changes the file EXCLUSIVE ({@code DatabaseFileLock}). Each connection has locks of its
 *       own, against those of this process as against other processes; {@code TransactionLock}
 *       takes them step by step.
 *   <li>Until its commit a transaction changes neither the file nor a journal; what it cannot keep
 *       in memory goes to a temporary file ({@code SpillFile}).
 *   <li>A commit saves what it will overwrite, syncs that, writes the file, syncs that, and ends
 *       the journal, which is the moment of commit. How much is synced, {@code synchronous} says;
 *       how a journal ends, {@link dev.tursojdbc.storage.journal.JournalMode}.
 *   <li>A journal whose writer is gone is hot: whoever reads next puts back what it saved ({@code
 *       HotJournal}).
 *   <li>Whether somebody else changed the file is told by its change counter, looked at each time
 *       SHARED is taken.
 * </ol>
 */
@NullMarked
package dev.tursojdbc.storage.journal;

import org.jspecify.annotations.NullMarked;
