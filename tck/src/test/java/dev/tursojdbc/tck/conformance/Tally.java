package dev.tursojdbc.tck.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one corpus. A failure is excused if it, or an earlier step of its file, answered
 * "not supported yet".
 *
 * <p>Tests that expect nothing but empty results, which an engine that does nothing passes too, are
 * counted by themselves among those that passed.
 */
final class Tally {
  private static final int EXCUSES_SHOWN = 40;

  private final String corpus;
  private int passed;
  private int passedEmpty;
  private int failed;
  private int excused;
  private final List<String> failures = new ArrayList<>();
  private final Map<String, Integer> reasons = new LinkedHashMap<>();

  Tally(String corpus) {
    this.corpus = corpus;
  }

  void pass() {
    passed++;
  }

  /** A test passed that expects nothing but empty results. */
  void passEmpty() {
    passed++;
    passedEmpty++;
  }

  void excuse(String reason) {
    excused++;
    reasons.merge(reason, 1, Integer::sum);
  }

  void fail(String what) {
    failed++;
    if (failures.size() < 20_000) {
      failures.add(what);
    }
  }

  /** Something to know about the failures, which does not count as one. */
  void note(String what) {
    failures.add(what);
  }

  int failed() {
    return failed;
  }

  int total() {
    return passed + failed + excused;
  }

  List<String> failures() {
    return failures;
  }

  void add(Tally other) {
    passed += other.passed;
    passedEmpty += other.passedEmpty;
    failed += other.failed;
    excused += other.excused;
    failures.addAll(other.failures);
    other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
  }

  String totals() {
    String empty = passedEmpty == 0 ? "" : String.format(" (%d by empty results)", passedEmpty);
    return String.format(
        "%s: %d passed%s, %d failed, %d excused of %d",
        corpus, passed, empty, failed, excused, total());
  }

  /** One line of totals, then the most frequent excuses. */
  String report() {
    StringBuilder text = new StringBuilder(totals()).append(System.lineSeparator());
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(EXCUSES_SHOWN)
        .forEach(
            e -> text.append(String.format("  %6d excused by: %s%n", e.getValue(), e.getKey())));
    return text.toString();
  }
}
