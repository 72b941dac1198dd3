package dev.tursojdbc.sql.bind;

import dev.tursojdbc.storage.error.ErrorCode;
import dev.tursojdbc.storage.error.TursoException;

/** Failures to give a statement a meaning, in SQLite's words. */
final class BindErrors {
  private BindErrors() {}

  static TursoException error(String message) {
    return new TursoException(ErrorCode.ERROR, message);
  }

  static TursoException noSuchColumn(String name) {
    return error("no such column: " + name);
  }

  static TursoException misusedAggregate(String name) {
    return error("misuse of aggregate: " + name + "()");
  }

  static TursoException ambiguousColumn(String name) {
    return error("ambiguous column name: " + name);
  }

  static TursoException noSuchTable(String name) {
    return error("no such table: " + name);
  }

  static TursoException circular(String name) {
    return error("circular reference: " + name);
  }

  static TursoException notFunction(String name) {
    return error("'" + name + "' is not a function");
  }

  static TursoException rowValueMisused() {
    return error("row value misused");
  }

  static TursoException subqueryColumns(int count, int expected) {
    return error("sub-select returns " + count + " columns - expected " + expected);
  }

  /** 1st, 2nd, 3rd, 4th, 11th … */
  static String ordinal(int number) {
    int lastTwo = number % 100;
    String suffix =
        lastTwo >= 11 && lastTwo <= 13
            ? "th"
            : switch (number % 10) {
              case 1 -> "st";
              case 2 -> "nd";
              case 3 -> "rd";
              default -> "th";
            };
    return number + suffix;
  }
}
