package dev.tursojdbc.tck.conformance;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What became of the cases of a fuzz file: the worst that happened in each counts. */
final class FuzzTally {
  /** From harmless to bad. */
  enum Outcome {
    CLEAN("without an error"),
    SQL_EXCEPTION("only SQLException"),
    OVERDUE("stopped by the time limit"),
    OUT_OF_MEMORY("out of memory"),
    OTHER("anything else thrown"),
    HUNG("not to be stopped");

    private final String words;

    Outcome(String words) {
      this.words = words;
    }

    boolean isFailure() {
      return this == OTHER || this == HUNG;
    }
  }

  private final String name;
  private final Map<Outcome, Integer> counts = new TreeMap<>();
  private final List<String> reports = new ArrayList<>();

  FuzzTally(String name) {
    this.name = name;
  }

  void count(Outcome outcome) {
    counts.merge(outcome, 1, Integer::sum);
  }

  void report(String what) {
    reports.add(what);
  }

  List<String> reports() {
    return reports;
  }

  void add(FuzzTally other) {
    other.counts.forEach((outcome, count) -> counts.merge(outcome, count, Integer::sum));
  }

  int total() {
    return counts.values().stream().mapToInt(Integer::intValue).sum();
  }

  int failed() {
    int failed = 0;
    for (Map.Entry<Outcome, Integer> entry : counts.entrySet()) {
      failed += entry.getKey().isFailure() ? entry.getValue() : 0;
    }
    return failed;
  }

  String totals() {
    StringBuilder text = new StringBuilder(name).append(": ").append(total()).append(" ran");
    counts.forEach(
        (outcome, count) -> text.append(", ").append(count).append(' ').append(outcome.words));
    return text.toString();
  }
}
