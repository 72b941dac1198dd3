package dev.tursojdbc.sql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Expects of EXPLAIN QUERY PLAN what SQLite answers. */
final class PlanComparison {
  private PlanComparison() {}

  /**
   * @param setup statements that make the tables of the queries
   */
  static void compare(List<String> setup, List<String> queries) {
    StringBuilder ours = new StringBuilder(String.join("\n", setup)).append('\n');
    StringBuilder reference = new StringBuilder(ours);
    try (BothEngines engines = new BothEngines(setup)) {
      for (String query : queries) {
        String explain = "explain query plan " + query;
        ours.append("> ").append(query).append('\n').append(indented(engines.ours(explain)));
        reference
            .append("> ")
            .append(query)
            .append('\n')
            .append(indented(engines.reference(explain)));
      }
    }
    assertThat(ours.toString()).isEqualTo(reference.toString());
  }

  /** A plan with its lines indented: the numbers of the lines mean nothing. */
  private static String indented(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    Map<String, String> indents = new HashMap<>();
    for (List<String> line : lines) {
      String indent = indents.getOrDefault(line.get(1), "") + "  ";
      indents.put(line.get(0), indent);
      text.append(indent).append(line.get(3)).append('\n');
    }
    return text.toString();
  }
}
