package dev.tursojdbc.tck.conformance;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the answers of both engines about damaged databases differ, grouped by kind. */
final class DamageDifferences {
  private static final int EXAMPLES = 5;
  private static final int MAX_SHOWN = 300;

  private final Map<String, List<String>> examples = new LinkedHashMap<>();
  private final Map<String, Integer> counts = new LinkedHashMap<>();
  private final Map<String, int[]> byStatement = new LinkedHashMap<>();
  private final boolean verbose;
  private int images;

  /**
   * @param verbose whether each difference is printed at once
   */
  DamageDifferences(boolean verbose) {
    this.verbose = verbose;
  }

  void countImage() {
    images++;
  }

  /** Takes note of two answers. @return whether they are the same */
  boolean compare(
      String caseName, DamageScript.Step step, StatementOutcome expected, StatementOutcome got) {
    int[] count = byStatement.computeIfAbsent(step.kind(), kind -> new int[2]);
    count[0]++;
    if (expected.equals(got)) {
      return true;
    }
    count[1]++;
    String group = step.kind() + ": " + difference(expected, got);
    counts.merge(group, 1, Integer::sum);
    List<String> cases = examples.computeIfAbsent(group, key -> new ArrayList<>());
    if (cases.size() < EXAMPLES && !cases.contains(caseName)) {
      cases.add(caseName);
    }
    if (verbose) {
      System.out.println(caseName + ": " + step.sql());
      System.out.println("  expected " + shown(expected));
      System.out.println("  got      " + shown(got));
    }
    return false;
  }

  private static String shown(StatementOutcome outcome) {
    StringBuilder text = new StringBuilder();
    for (String row : outcome.rows()) {
      if (text.length() < 2000) {
        text.append("\n    ").append(row);
      }
    }
    return outcome.rows().size() + " rows, error " + outcome.error() + text;
  }

  private static String difference(StatementOutcome expected, StatementOutcome got) {
    String errors = error(expected.error(), got.error());
    return errors + (errors.isEmpty() ? "" : "; ") + rows(expected.rows(), got.rows());
  }

  private static String error(@Nullable String expected, @Nullable String got) {
    if (expected == null) {
      return got == null ? "" : "error only here: " + general(got);
    }
    if (got == null) {
      return "no error: " + general(expected);
    }
    return expected.equals(got)
        ? ""
        : "error <" + general(expected) + "> is here <" + general(got) + ">";
  }

  private static String rows(List<String> expected, List<String> got) {
    if (expected.equals(got)) {
      return "";
    }
    int first = 0;
    while (first < Math.min(expected.size(), got.size())
        && expected.get(first).equals(got.get(first))) {
      first++;
    }
    String wanted = first < expected.size() ? line(expected.get(first), got, first) : "no more";
    String found = first < got.size() ? line(got.get(first), expected, first) : "no more";
    return "row <" + wanted + "> is here <" + found + ">";
  }

  /** The first line of a value that is not that of the other. */
  private static String line(String row, List<String> others, int index) {
    String[] lines = row.split("\n", -1);
    String[] other = index < others.size() ? others.get(index).split("\n", -1) : new String[0];
    for (int i = 0; i < lines.length; i++) {
      if (i >= other.length || !lines[i].equals(other[i])) {
        return general(lines[i]);
      }
    }
    return "the same, but longer there";
  }

  /** Numbers and names do not make another kind. */
  private static String general(String text) {
    String general =
        text.replaceAll("x'[0-9a-f]*'", "BLOB")
            .replaceAll("(?s)schema \\(.*?\\) - ", "schema (NAME) - ")
            .replaceAll("(?s)no such (\\w+): .*", "no such $1: NAME")
            .replaceAll("(index|in) [\\w.]+$", "$1 NAME")
            .replaceAll("-?[0-9]+", "N");
    return general.length() <= MAX_SHOWN ? general : general.substring(0, MAX_SHOWN) + "…";
  }

  void print(PrintStream out) {
    out.println(images + " images");
    byStatement.forEach(
        (kind, count) -> out.printf("%7d of %7d differ: %s%n", count[1], count[0], kind));
    counts.entrySet().stream()
        .sorted(Map.Entry.comparingByValue(Comparator.reverseOrder()))
        .forEach(
            entry ->
                out.println(
                    entry.getValue()
                        + "  "
                        + entry.getKey().replace("\n", "\\n")
                        + "  "
                        + examples.get(entry.getKey())));
  }
}
