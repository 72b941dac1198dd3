package dev.tursojdbc.storage.wal;

/**
 * The state of the database that a reader froze.
 *
 * @param generation names the log between two restarts (its raw salts); a frame number means
 *     nothing without it
 * @param maxFrame last committed frame that the reader sees; 0 if the log is empty
 * @param minFrame first frame that is not already in the database file for this reader
 * @param pageCount size of the database in pages; 0 if only the file's size tells
 * @param changeCount a number that differs between any two different committed states in this
 *     process; a commit of this process has the number behind that of the state it was built on. A
 *     restart of the log by this process leaves it as it is
 */
public record WalSnapshot(
    long generation, int maxFrame, int minFrame, int pageCount, long changeCount) {}
