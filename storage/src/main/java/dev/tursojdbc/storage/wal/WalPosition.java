package dev.tursojdbc.storage.wal;

/**
 * An end of the log to come back to.
 *
 * @param generation the log's generation; a position of an older one must not be used
 * @param frame last frame that is kept
 * @param checksum1 running checksum after that frame, first word
 * @param checksum2 second word
 */
public record WalPosition(long generation, int frame, int checksum1, int checksum2) {}
