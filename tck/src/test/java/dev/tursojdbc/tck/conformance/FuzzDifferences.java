package dev.tursojdbc.tck.conformance;

import dev.tursojdbc.tck.conformance.FuzzAnswer.Kind;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The differences that a file of scripts shows, grouped by kind, the largest group first. */
final class FuzzDifferences {
  private static final int EXAMPLES = Integer.getInteger("tck.fuzz.examples", 1);
  private static final Pattern HEAD = Pattern.compile("[a-zA-Z_]+");

  private final String file;
  private final Map<String, List<String>> groups = new TreeMap<>();
  private int scripts;
  private int statements;
  private int excluded;

  FuzzDifferences(String file) {
    this.file = file;
  }

  void countScript() {
    scripts++;
  }

  void countStatement() {
    statements++;
  }

  /** A script was not run to its end. */
  void countExcluded() {
    excluded++;
  }

  void add(String script, String sql, FuzzAnswer right, FuzzAnswer given) {
    String example =
        String.format(
            "%s: %s%n    reference: %s%n    ours:      %s",
            script, shortened(sql), describe(right, given), describe(given, right));
    groups.computeIfAbsent(group(sql, right, given), key -> new ArrayList<>()).add(example);
  }

  int total() {
    return groups.values().stream().mapToInt(List::size).sum();
  }

  private static String group(String sql, FuzzAnswer right, FuzzAnswer given) {
    if (right.kind() != Kind.ROWS || given.kind() != Kind.ROWS) {
      return right.pattern() + "  <>  " + given.pattern();
    }
    String head = head(sql);
    if (!right.labels().equals(given.labels())) {
      return head + ": labels differ";
    }
    if (right.values().size() != given.values().size()) {
      return head + ": number of rows differs";
    }
    int place = firstDifference(right, given);
    return String.format(
        "%s: %s  <>  %s", head, storageClass(right, place), storageClass(given, place));
  }

  private static int firstDifference(FuzzAnswer right, FuzzAnswer given) {
    int shorter = Math.min(right.values().size(), given.values().size());
    for (int i = 0; i < shorter; i++) {
      if (!right.values().get(i).equals(given.values().get(i))) {
        return i;
      }
    }
    return shorter;
  }

  private static String storageClass(FuzzAnswer answer, int place) {
    return answer.values().get(place).replaceFirst("(?s) .*", "");
  }

  /** The statement's first word, or two if the first says little. */
  private static String head(String sql) {
    String text = sql.replaceAll("(?s)/\\*.*?(\\*/|$)|--[^\n]*", " ");
    Matcher words = HEAD.matcher(text);
    String head = words.find() ? words.group().toUpperCase(Locale.ROOT) : "";
    boolean isVague = head.equals("PRAGMA") || head.equals("CREATE") || head.equals("ALTER");
    return isVague && words.find() ? head + " " + words.group().toLowerCase(Locale.ROOT) : head;
  }

  /** The answer from shortly before the first difference on, if both are rows. */
  private static String describe(FuzzAnswer answer, FuzzAnswer other) {
    boolean areRows = answer.kind() == Kind.ROWS && other.kind() == Kind.ROWS;
    int place = areRows ? firstDifference(answer, other) : 0;
    if (place < 10 || place > answer.values().size()) {
      return answer.toString();
    }
    List<String> rest = answer.values().subList(place - 3, answer.values().size());
    return "from value " + (place - 3) + " on " + FuzzAnswer.rows(answer.labels(), rest);
  }

  private static String shortened(String sql) {
    String text = sql.strip().replaceAll("\\s+", " ");
    return text.length() <= 400 ? text : text.substring(0, 400) + "…";
  }

  String report() {
    StringBuilder text = new StringBuilder();
    text.append(
        String.format(
            "# %s: %d scripts, %d statements compared, %d scripts cut short, %d differ%n",
            file, scripts, statements, excluded, total()));
    List<Map.Entry<String, List<String>>> sorted = new ArrayList<>(groups.entrySet());
    sorted.sort(Comparator.comparing(entry -> -entry.getValue().size()));
    for (Map.Entry<String, List<String>> entry : sorted) {
      text.append(String.format("%d x %s%n", entry.getValue().size(), entry.getKey()));
      for (String example : entry.getValue().subList(0, shown(entry.getValue()))) {
        text.append("  ").append(example).append(System.lineSeparator());
      }
    }
    return text.toString();
  }

  private static int shown(List<String> examples) {
    return Math.min(EXAMPLES, examples.size());
  }
}
