package dev.tursojdbc.storage.pager;

/** The snapshots that are in use, by their positions (change counts). */
@FunctionalInterface
interface ActivePositions {
  /** Whether a snapshot in use may have a position in this range, ends included. */
  boolean anyWithin(long first, long last);
}
