package dev.tursojdbc.tck.conformance;

import java.util.List;
import java.util.stream.Collectors;

/**
 * What an engine answers to a statement.
 *
 * @param kind how it ended
 * @param labels the result's column names
 * @param values all rows in one list
 * @param message of the error, or where the time went
 */
record FuzzAnswer(Kind kind, List<String> labels, List<String> values, String message) {
  enum Kind {
    ROWS,
    ERROR,
    OVERDUE,
    THROWN
  }

  FuzzAnswer {
    labels = List.copyOf(labels);
    values = List.copyOf(values);
  }

  static FuzzAnswer rows(List<String> labels, List<String> values) {
    return new FuzzAnswer(Kind.ROWS, labels, values, "");
  }

  static FuzzAnswer error(String message) {
    return new FuzzAnswer(Kind.ERROR, List.of(), List.of(), message);
  }

  static FuzzAnswer overdue(String message) {
    return new FuzzAnswer(Kind.OVERDUE, List.of(), List.of(), message);
  }

  /** What is no SQLException, with the place it comes from. */
  static FuzzAnswer thrown(Throwable thrown) {
    StringBuilder text = new StringBuilder(thrown.toString());
    StackTraceElement[] stack = thrown.getStackTrace();
    for (int i = 0; i < Math.min(stack.length, 6); i++) {
      text.append(" < ").append(stack[i]);
    }
    return new FuzzAnswer(Kind.THROWN, List.of(), List.of(), text.toString());
  }

  /** How much memory there is differs, the reader of the rows may have too little, too. */
  boolean isOutOfMemory() {
    return kind == Kind.ERROR && message.equals("out of memory")
        || kind == Kind.THROWN && message.startsWith("java.lang.OutOfMemoryError");
  }

  /** A brace may begin a JDBC escape, which the reference's driver leaves to the engine. */
  boolean isAboutEscape() {
    return kind == Kind.ERROR && message.contains("JDBC escape");
  }

  /** The message without names and numbers; for rows only that they are rows. */
  String pattern() {
    return switch (kind) {
      case ROWS -> "rows";
      case OVERDUE -> "overdue";
      case ERROR -> generalised(message);
      case THROWN -> generalised(message.replaceAll(" < .*", ""));
    };
  }

  private static String generalised(String message) {
    return message
        .replaceAll("\"[^\"]*\"+", "\"…\"")
        .replaceAll("(?s)^(no such [a-z ]+|ambiguous column name|unable to [a-z ]+): .*", "$1: …")
        .replaceAll("(?s)^(\\w+ constraint failed): .*", "$1: …")
        .replaceAll("(?s)^(table|view|index|trigger) .* (already exists|has )", "$1 … $2")
        .replaceAll("[0-9]+", "N");
  }

  @Override
  public String toString() {
    String text =
        switch (kind) {
          case ROWS -> values.isEmpty() ? "no rows " + labels : rows();
          case ERROR -> "error: " + message;
          case OVERDUE, THROWN -> kind + ": " + message;
        };
    return text.length() <= 500 ? text : text.substring(0, 500) + "…";
  }

  private String rows() {
    return labels + " " + values.stream().limit(40).collect(Collectors.joining(" | "));
  }
}
