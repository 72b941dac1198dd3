package dev.tursojdbc.sql.value;

import static dev.tursojdbc.sql.value.ReferenceSqlite.describe;
import static dev.tursojdbc.sql.value.ReferenceSqlite.register;
import static org.assertj.core.api.Assertions.assertThat;

import dev.tursojdbc.storage.record.Collation;
import dev.tursojdbc.storage.record.Register;
import dev.tursojdbc.storage.record.TextEncoding;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** Operators and conversions over pairs of edge values, each compared with SQLite's answer. */
class ValueSemanticsTest {
  private static final ReferenceSqlite SQLITE = new ReferenceSqlite();

  private static final List<Object> EDGES = edges();

  private static List<Object> edges() {
    List<Object> edges = new ArrayList<>();
    edges.add(null);
    edges.addAll(
        List.of(0L, 1L, -1L, 2L, 3L, 7L, 63L, 64L, 65L, -63L, -64L, -65L, 1L << 31, 1L << 51));
    edges.addAll(
        List.of((1L << 53) + 1, 1L << 62, Long.MAX_VALUE, Long.MIN_VALUE, Long.MIN_VALUE + 1));
    edges.addAll(List.of(0.0, -0.0, 0.5, -1.5, 3.0, 1e15, 9007199254740992.0, 1e300, -1e300));
    edges.addAll(List.of(0x1p63, -0x1p63, 9.3e18, Double.MIN_VALUE, Double.POSITIVE_INFINITY));
    edges.addAll(List.of(Double.NEGATIVE_INFINITY, 2251799813685248.0, 0x1p52 + 0.5));
    edges.addAll(List.of("", "0", "1", "-1", "1.0", "1.5", " 2 ", "3x", "abc", "1e2", "1e400"));
    edges.addAll(List.of("9223372036854775807", "9223372036854775808", "-9223372036854775808"));
    edges.addAll(List.of("0.0", "-0", "2251799813685248.0", ".5", "5.", "1e", "ABC", "é", "inf"));
    edges.addAll(
        List.of("12\0b", "12345678901234567\0", "-0\0", "1.5\0x", "9223372036854775808\0"));
    edges.addAll(List.of(new byte[0], new byte[] {'1'}, new byte[] {'a'}, new byte[] {0, 1}));
    return edges;
  }

  @AfterAll
  static void close() {
    SQLITE.close();
  }

  private interface Binary {
    void apply(Register left, Register right, Register result);
  }

  private static void assertLikeSqlite(String expression, Binary operation) {
    for (Object left : EDGES) {
      for (Object right : EDGES) {
        Register result = new Register();
        operation.apply(register(left), register(right), result);
        assertThat(describe(result))
            .as(
                "%s with %s and %s",
                expression, describe(register(left)), describe(register(right)))
            .isEqualTo(SQLITE.evaluate(expression, register(left), register(right)));
      }
    }
  }

  @Test
  void arithmeticIsSqlites() {
    assertLikeSqlite("?1 + ?2", Arithmetic::add);
    assertLikeSqlite("?1 - ?2", Arithmetic::subtract);
    assertLikeSqlite("?1 * ?2", Arithmetic::multiply);
    assertLikeSqlite("?1 / ?2", Arithmetic::divide);
    assertLikeSqlite("?1 % ?2", Arithmetic::remainder);
  }

  @Test
  void bitOperatorsAreSqlites() {
    assertLikeSqlite("?1 & ?2", Arithmetic::bitAnd);
    assertLikeSqlite("?1 | ?2", Arithmetic::bitOr);
    assertLikeSqlite("?1 << ?2", Arithmetic::shiftLeft);
    assertLikeSqlite("?1 >> ?2", Arithmetic::shiftRight);
  }

  @Test
  void bitwiseNotIsSqlites() {
    for (Object edge : EDGES) {
      Register result = new Register();
      Arithmetic.bitNot(register(edge), result);
      assertThat(describe(result)).isEqualTo(SQLITE.evaluate("~?1", register(edge)));
    }
  }

  @Test
  void concatenationIsSqlites() {
    assertLikeSqlite(
        "?1 || ?2",
        (left, right, result) ->
            Arithmetic.concatenate(left, right, TextEncoding.UTF8, 1000, result));
  }

  @Test
  void negationIsSqlites() {
    for (Object edge : EDGES) {
      Register result = new Register();
      Arithmetic.negate(register(edge), result);
      assertThat(describe(result)).isEqualTo(SQLITE.evaluate("-?1", register(edge)));
    }
  }

  @Test
  void truthIsSqlites() {
    for (Object edge : EDGES) {
      String truth = NumericValue.isTrue(register(edge), false) ? "INTEGER 1" : "INTEGER 0";
      assertThat(truth).isEqualTo(SQLITE.evaluate("?1 IS TRUE", register(edge)));
      boolean isFalse = !NumericValue.isTrue(register(edge), true);
      assertThat(isFalse ? "INTEGER 1" : "INTEGER 0")
          .isEqualTo(SQLITE.evaluate("?1 IS FALSE", register(edge)));
    }
  }

  @Test
  void castsAreSqlites() {
    for (Object edge : EDGES) {
      for (Affinity affinity :
          List.of(
              Affinity.TEXT, Affinity.INTEGER, Affinity.REAL, Affinity.NUMERIC, Affinity.BLOB)) {
        Register result = new Register();
        Cast.cast(register(edge), affinity, TextEncoding.UTF8, result);
        assertThat(describe(result))
            .as("CAST(%s AS %s)", describe(register(edge)), affinity)
            .isEqualTo(SQLITE.evaluate("CAST(?1 AS " + affinity + ")", register(edge)));
      }
    }
  }

  @Test
  void affinityOnStoringIsSqlites() {
    for (Affinity affinity :
        List.of(Affinity.TEXT, Affinity.INTEGER, Affinity.REAL, Affinity.NUMERIC, Affinity.BLOB)) {
      String table = "stored_" + affinity;
      SQLITE.execute("CREATE TABLE " + table + "(v " + affinity + ")");
      for (Object edge : EDGES) {
        SQLITE.execute("DELETE FROM " + table);
        SQLITE.insert(table, register(edge));
        Register stored = register(edge);
        affinity.apply(stored);
        if (affinity == Affinity.REAL && stored.real == 0) {
          stored.real = 0.0; // Stored as the INTEGER 0, which has no sign.
        }
        assertThat(describe(stored))
            .as("%s in %s", describe(register(edge)), affinity)
            .isEqualTo(SQLITE.evaluate("v FROM " + table));
      }
    }
  }

  @Test
  void comparisonWithEachAffinityIsSqlites() {
    for (Affinity affinity :
        List.of(Affinity.TEXT, Affinity.INTEGER, Affinity.REAL, Affinity.NUMERIC, Affinity.BLOB)) {
      // A CAST inside a subquery's column gives the affinity without changing what is compared.
      String table = "compared_" + affinity;
      SQLITE.execute("CREATE TABLE " + table + "(v " + affinity + ")");
      for (Object left : EDGES) {
        SQLITE.execute("DELETE FROM " + table);
        SQLITE.insert(table, register(left));
        Register stored = register(left);
        affinity.apply(stored);
        for (Object right : EDGES) {
          if (left == null || right == null) {
            continue;
          }
          int order =
              Comparison.compare(
                  stored,
                  register(right),
                  Affinity.ofComparison(affinity, Affinity.NONE),
                  Collation.BINARY);
          assertThat("INTEGER " + Integer.signum(order))
              .as("%s in %s <> %s", describe(stored), affinity, describe(register(right)))
              .isEqualTo(SQLITE.evaluate("(v > ?1) - (v < ?1) FROM " + table, register(right)));
        }
      }
    }
  }

  @Test
  void likeAndGlobAreSqlites() {
    String[] parts = {"a", "A", "b", "%", "_", "*", "?", "[", "]", "^", "-", "é", "\\", "É", "z"};
    SplittableRandom random = new SplittableRandom(7);
    for (int i = 0; i < 20_000; i++) {
      String pattern = join(parts, random, 8);
      String text = join(parts, random, 8);
      assertThat(matches(WildcardPattern.LIKE, pattern, text))
          .as("'%s' LIKE '%s'", text, pattern)
          .isEqualTo(SQLITE.evaluate("?2 LIKE ?1", register(pattern), register(text)));
      assertThat(matches(WildcardPattern.GLOB, pattern, text))
          .as("'%s' GLOB '%s'", text, pattern)
          .isEqualTo(SQLITE.evaluate("?2 GLOB ?1", register(pattern), register(text)));
      String escape = parts[random.nextInt(parts.length)];
      assertThat(matches(WildcardPattern.like(escape.codePointAt(0), false), pattern, text))
          .as("'%s' LIKE '%s' ESCAPE '%s'", text, pattern, escape)
          .isEqualTo(
              SQLITE.evaluate(
                  "?2 LIKE ?1 ESCAPE ?3", register(pattern), register(text), register(escape)));
    }
  }

  private static String matches(WildcardPattern wildcards, String pattern, String text) {
    Register p = register(pattern);
    Register t = register(text);
    return "INTEGER "
        + (wildcards.matches(p.bytes, p.offset, p.length, t.bytes, t.offset, t.length) ? 1 : 0);
  }

  private static String join(String[] parts, SplittableRandom random, int limit) {
    StringBuilder text = new StringBuilder();
    for (int k = random.nextInt(limit); k > 0; k--) {
      text.append(parts[random.nextInt(parts.length)]);
    }
    return text.toString();
  }
}
