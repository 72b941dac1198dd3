package dev.tursojdbc.storage.pager;

/**
 * A moment in a connection's changes that somebody may want to read or to come back to: a savepoint
 * or a frozen view.
 */
abstract class ReadPoint {
  /** Last epoch whose changes this point contains. */
  int epoch;

  /**
   * Pages that were changed after this point and, if there is a newer point, before that one or not
   * since. Each page is in the list of the newest point that it was changed after, once.
   */
  final IntList changed = new IntList();
}
