package dev.tursojdbc.sql;

import java.util.Collections;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Lists in statements may have 2000 terms, as on the reference, and no more. */
class ColumnLimitDifferentialTest {
  @ParameterizedTest
  @ValueSource(ints = {2000, 2001})
  void listsAreAsLongAsOnTheReference(int count) {
    String ones = String.join(",", Collections.nCopies(count, "1"));
    String names = String.join(",", Collections.nCopies(count, "a"));
    ScriptComparison.compare(
        String.join(
            ";\n",
            "CREATE TABLE t(a)",
            "INSERT INTO t VALUES (1)",
            "SELECT count(*) FROM (SELECT " + ones + ")",
            "SELECT 1 GROUP BY " + ones,
            "SELECT 1 ORDER BY " + ones,
            "SELECT 1 UNION SELECT 2 ORDER BY " + ones,
            "UPDATE t SET " + String.join(",", Collections.nCopies(count, "a = 1")),
            "CREATE INDEX i ON t(" + names + ")",
            "CREATE TABLE k(a, PRIMARY KEY (" + names + "))",
            "CREATE TABLE wide(" + columns("") + ")",
            "INSERT INTO wide DEFAULT VALUES",
            "UPDATE wide SET " + columns(" = 1"),
            "SELECT sum(c0 + c1) FROM wide",
            "SELECT count(*) FROM (SELECT *, 1 FROM wide)"));
  }

  /** As many as a table may have. */
  private static String columns(String suffix) {
    return IntStream.range(0, 2000)
        .mapToObj(i -> "c" + i + suffix)
        .collect(Collectors.joining(","));
  }
}
