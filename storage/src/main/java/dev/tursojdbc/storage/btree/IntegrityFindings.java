package dev.tursojdbc.storage.btree;

import java.util.ArrayList;
import java.util.List;

/**
 * What an {@link IntegrityCheck} has found: SQLite's messages, each behind the name of the place
 * that is being looked at.
 */
final class IntegrityFindings {
  private final int limit;
  private final List<String> messages = new ArrayList<>();

  private String place = "";

  /**
   * @param limit after how many the check ends
   */
  IntegrityFindings(int limit) {
    this.limit = limit;
  }

  List<String> messages() {
    return messages;
  }

  int count() {
    return messages.size();
  }

  boolean isFull() {
    return messages.size() >= limit;
  }

  /** What stands before each message from now on. */
  String place() {
    return place;
  }

  void setPlace(String newPlace) {
    place = newPlace;
  }

  // The annotation it asks for would be one more dependency, for callers that are all in this
  // package.
  @SuppressWarnings("AnnotateFormatMethod")
  void add(String format, Object... values) {
    if (!isFull()) {
      messages.add(place + String.format(format, values));
    }
  }

  static long unsigned(int value) {
    return value & 0xFFFF_FFFFL;
  }
}
