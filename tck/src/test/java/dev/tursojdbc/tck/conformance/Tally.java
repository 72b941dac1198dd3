package dev.tursojdbc.tck.conformance;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The results of one corpus. A failure is excused if it, or an earlier step of its file, answered
 * "not supported yet".
 */
final class Tally {
  private final String corpus;
  private int passed;
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

  int passed() {
    return passed;
  }

  int failed() {
    return failed;
  }

  List<String> failures() {
    return failures;
  }

  void add(Tally other) {
    passed += other.passed;
    failed += other.failed;
    excused += other.excused;
    failures.addAll(other.failures);
    other.reasons.forEach((reason, count) -> reasons.merge(reason, count, Integer::sum));
  }

  /** One line of totals, then the most frequent excuses. */
  String report() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "%s: %d passed, %d failed, %d excused of %d%n",
            corpus, passed, failed, excused, passed + failed + excused));
    reasons.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .limit(25)
        .forEach(
            e -> text.append(String.format("  %6d excused by: %s%n", e.getValue(), e.getKey())));
    return text.toString();
  }
}
