/**
 * Write-ahead log: frames, wal-index, read-marks, commit, checkpoint, recovery.
 *
 * <p>{@code WalFileShared} is the log of one database in this process; {@code Wal} is what one
 * connection does with it: a snapshot ({@code ReadMark}), the end of the log while it writes
 * ({@code FrameAppender}), a {@code WalCheckpoint}. What must be agreed upon between connections is
 * in {@code WalCoordination} and nowhere else: {@code InProcessWalCoordination} if the process has
 * the database for itself, {@code ShmWalCoordination} if it shares it with others, SQLite's among
 * them. Rules that hold everywhere:
 *
 * <ol>
 *   <li>One writer, one checkpoint, any number of readers. Locks are tried; only a checkpoint
 *       waits, through its busy handler. Order: checkpoint, writer, marks ascending.
 *   <li>A reader sees the newest frame of a page in its range, else the database file. Its range
 *       never changes: it holds a mark that keeps its frames from being overwritten, and newer ones
 *       from being copied into the file.
 *   <li>Frames count once a commit frame behind them is published. The index knows them earlier, so
 *       everybody clamps what it says. A writer that fails takes them out of the index before it
 *       gives up the lock.
 *   <li>Durability: log header synced, frames written, log synced, published. Then: log synced,
 *       pages copied, database file synced, count published; only then may frames be overwritten.
 *   <li>A failed sync ends all writing until the database is opened again.
 *   <li>Another process is as trustworthy as SQLite, its memory is not: what the wal-index says is
 *       checked before it is used, and nothing in it can make a search endless.
 * </ol>
 *
 * <p>Each step has a named point ({@code wal.read.*}, {@code wal.write.*}, {@code wal.append.*},
 * {@code wal.commit.*}, {@code wal.header.*}, {@code wal.restart.*}, {@code wal.checkpoint.*},
 * {@code wal.attach.*}, {@code wal.close.*}) at which a test can stop a thread or let the power
 * fail.
 */
@NullMarked
package dev.tursojdbc.storage.wal;

import org.jspecify.annotations.NullMarked;
